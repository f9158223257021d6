import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Bridge } from '../../shared/bridge/contract.ts';
import type { RemoteState, SyncConflict } from '../../shared/bridge/sync.ts';
import type { FlowId, NodeId } from '../../shared/flow/ids.ts';

export interface RemoteStore extends StoreApi<RemoteState> {
  /** Asks how the endpoint stands; at the start and when the connection came back. */
  refresh(): Promise<void>;
  dispose(): void;
}

const OFF: RemoteState = {
  status: 'off',
  busy: false,
  settings: null,
  hasCredentials: false,
  sinceMs: 0,
  lastSyncAtMs: null,
  nextTryAtMs: null,
  error: null,
  conflicts: [],
};

/** How the endpoint of the project stands, as the main process tells it. */
export function createRemoteStore(bridge: Bridge): RemoteStore {
  const store = createStore<RemoteState>(() => OFF);
  const unsubscribe = bridge.on('sync.state', (state) => store.setState(state, true));
  return {
    ...store,
    async refresh() {
      store.setState(await bridge.call('sync.state', {}), true);
    },
    dispose: unsubscribe,
  };
}

/** The node that a conflict is about; null when it is about something else. */
export function nodeOf({ path }: Pick<SyncConflict, 'path'>): { flowId: FlowId; nodeId: NodeId } | null {
  const [root, flowId, nodes, nodeId] = path;
  return root === 'flows' && nodes === 'nodes' && flowId !== undefined && nodeId !== undefined
    ? { flowId, nodeId }
    : null;
}
