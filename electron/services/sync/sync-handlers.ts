import type { BridgeHandlers } from '../../../shared/bridge/contract.ts';
import type { syncCalls } from '../../../shared/bridge/sync.ts';
import type { SyncService } from './sync-service.ts';

/** The calls of the contract that the synchronisation answers. */
export function syncHandlers(service: () => SyncService): Pick<BridgeHandlers, keyof typeof syncCalls> {
  return {
    'sync.state': async () => service().state(),
    'sync.test': ({ settings, credentials }) => service().test(settings, credentials),
    'sync.connect': ({ settings, credentials, takeRemote }) => service().connect(settings, credentials, takeRemote),
    'sync.disconnect': () => service().disconnect(),
    'sync.now': () => service().syncNow(),
    'sync.resolve': ({ id, pick }) => service().resolve(id, pick),
    'sync.overwriteRemote': () => service().overwriteRemote(),
  };
}
