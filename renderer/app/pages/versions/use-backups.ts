import { useCallback, useEffect, useState } from 'react';
import type { Backup } from '../../../../shared/bridge/backups.ts';
import type { Project } from '../../../../shared/flow/project.ts';
import { useStores, useSync } from '../../../store/react.tsx';
import { notifyFailure } from '../../../ui/notify.ts';

/** The backups of the project, asked for anew whenever it was saved; `load` gives one, or throws what is wrong. */
export function useBackups() {
  const { bridge } = useStores();
  const revision = useSync((state) => state.revision);
  const [backups, setBackups] = useState<readonly Backup[]>([]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a save may have made one
  useEffect(() => {
    bridge.call('backups.list', {}).then(setBackups, (error: unknown) => notifyFailure(error));
  }, [bridge, revision]);

  const load = useCallback(
    async (name: string): Promise<Project> => (await bridge.call('backups.get', { name })).project,
    [bridge],
  );
  return { backups, load };
}
