import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Bridge } from '../../shared/bridge/contract.ts';
import type { Version } from '../../shared/bridge/versions.ts';
import type { Project } from '../../shared/flow/project.ts';
import type { ProjectStore } from './project-store.ts';
import type { ProjectSync } from './project-sync.ts';

export interface PublishedState {
  /** The version that is out; null: none is, or it is not known yet. */
  readonly version: Version | null;
  /** How many things of the project are not as they are in it; what only moved on the canvas does not count. */
  readonly changes: number;
}

export interface PublishedStore {
  readonly state: Pick<StoreApi<PublishedState>, 'getState' | 'getInitialState' | 'subscribe'>;
  /** Asks which version is published: at the start, and after anything was done with versions. Never fails. */
  refresh(): Promise<void>;
  dispose(): void;
}

/** Which version callers have, and how far the project has gone from it; judged whenever the project was saved. */
export function createPublishedStore(bridge: Bridge, project: ProjectStore, sync: ProjectSync): PublishedStore {
  const store = createStore<PublishedState>(() => ({ version: null, changes: 0 }));
  let out: Project | null = null;
  let turn = 0;

  async function judge(): Promise<void> {
    if (!out) return;
    const before = out;
    // Comparing is loaded when there is something to compare with.
    const { structuralDiff } = await import('../../shared/analyze/diff/structure.ts');
    if (before !== out) return;
    const changes = structuralDiff(before, project.state.getState().project).filter(({ how }) => how !== 'moved');
    store.setState({ changes: changes.length });
  }

  const unsubscribe = sync.state.subscribe(({ revision }, earlier) => {
    if (revision !== earlier.revision) void judge();
  });

  return {
    state: store,
    async refresh() {
      const mine = ++turn;
      try {
        const { versions } = await bridge.call('versions.list', {});
        const version = versions.find(({ published }) => published) ?? null;
        const isKnown = version !== null && version.id === store.getState().version?.id;
        const loaded = version && !isKnown ? (await bridge.call('versions.get', { id: version.id })).project : out;
        if (mine !== turn) return;
        out = version && loaded;
        store.setState({ version, ...(out === null && { changes: 0 }) });
        await judge();
      } catch {
        // The page of versions tells what is wrong with them; the header says nothing then.
        if (mine !== turn) return;
        out = null;
        store.setState({ version: null, changes: 0 });
      }
    },
    dispose: unsubscribe,
  };
}
