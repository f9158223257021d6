import type { backupCalls } from '../../../shared/bridge/backups.ts';
import type { BridgeHandlers } from '../../../shared/bridge/contract.ts';
import type { BackupRing } from './backups.ts';
import { parseFile } from './project-file.ts';

/** The calls of the contract about backups. `ring`: of the project that is open. */
export function backupHandlers(ring: () => Promise<BackupRing>): Pick<BridgeHandlers, keyof typeof backupCalls> {
  return {
    'backups.list': async () => [...(await (await ring()).list())],
    'backups.get': async ({ name }) => ({ project: parseFile(name, await (await ring()).read(name)) }),
  };
}
