import { useCallback, useEffect, useState } from 'react';
import type { VersionList } from '../../../../shared/bridge/versions.ts';
import type { Project } from '../../../../shared/flow/project.ts';
import { DialtreeError } from '../../../../shared/lib/errors.ts';
import { useStores, useSync } from '../../../store/react.tsx';
import { notifyFailure } from '../../../ui/notify.ts';

/** The versions of the project, asked for anew whenever it was saved, and what can be done with them. */
export function useVersions() {
  const { bridge, project, sync, published } = useStores();
  const revision = useSync((state) => state.revision);
  const [list, setList] = useState<VersionList | null>(null);

  const refresh = useCallback(async () => {
    try {
      setList(await bridge.call('versions.list', {}));
      void published.refresh();
    } catch (error) {
      notifyFailure(error);
    }
  }, [bridge, published]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a save may have kept a version by itself
  useEffect(() => void refresh(), [refresh, revision]);

  /** Does something and shows the list as it is then; what goes wrong is told. */
  const run = useCallback(
    async (work: () => Promise<unknown>): Promise<boolean> => {
      try {
        await work();
        return true;
      } catch (error) {
        notifyFailure(error);
        return false;
      } finally {
        await refresh();
      }
    },
    [refresh],
  );

  /** Takes a project as the document, as one undo step; what it was before is kept as a version first. */
  const restoreFrom = (load: () => Promise<Project>) =>
    run(async () => {
      await sync.flush();
      const old = await load();
      await bridge.call('versions.create', { message: '', kind: 'before-restore' });
      project.replace(old);
      await sync.flush();
    });
  const load = async (id: string) => (await bridge.call('versions.get', { id })).project;

  return {
    list,
    keep: (message: string) =>
      run(async () => {
        // A version is of the saved project: what is still on its way goes first.
        await sync.flush();
        await bridge.call('versions.create', { message, kind: 'named' });
      }),
    /** Keeps it, puts it on the embedded PBX, and says that it is the one that is out. */
    publish: (message: string) =>
      run(async () => {
        await sync.flush();
        const version = await bridge.call('versions.create', { message, kind: 'named' });
        const { promptProblems } = await bridge.call('pbx.deploy', {});
        const [problem] = promptProblems;
        if (problem) throw new DialtreeError({ code: problem.code, message: problem.message });
        await bridge.call('versions.markPublished', { id: version.id });
      }),
    rename: (id: string, message: string) => run(() => bridge.call('versions.rename', { id, message })),
    markPublished: (id: string | null) => run(() => bridge.call('versions.markPublished', { id })),
    remove: (id: string) => run(() => bridge.call('versions.remove', { id })),
    restore: (id: string) => restoreFrom(() => load(id)),
    restoreFrom,
    get: orNothing(load),
  };
}

/** Null, and it is told, where what is asked for cannot be had. */
export function orNothing(load: (id: string) => Promise<Project>): (id: string) => Promise<Project | null> {
  return async (id) => {
    try {
      return await load(id);
    } catch (error) {
      notifyFailure(error);
      return null;
    }
  };
}

export type Versions = ReturnType<typeof useVersions>;
