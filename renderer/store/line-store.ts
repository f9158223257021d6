import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Bridge, CallInput } from '../../shared/bridge/contract.ts';
import { TRUNK_OFF, type TrunkView } from '../../shared/bridge/trunk.ts';

export interface LineStore extends StoreApi<TrunkView> {
  /** Asks how the line is set and stands; at the start and when the connection came back. */
  refresh(): Promise<void>;
  /** Sets the line. @throws DialtreeError `trunk/…` */
  save(input: CallInput<'trunk.set'>): Promise<void>;
  dispose(): void;
}

/** The outside line, as the main process tells it. */
export function createLineStore(bridge: Bridge): LineStore {
  const store = createStore<TrunkView>(() => ({ settings: null, hasPassword: false, state: TRUNK_OFF }));
  const unsubscribe = bridge.on('trunk.state', (state) => store.setState({ state }));
  return {
    ...store,
    async refresh() {
      store.setState(await bridge.call('trunk.get', {}), true);
    },
    async save(input) {
      const { settings, hasPassword } = await bridge.call('trunk.set', input);
      // The state comes by events: the one in the answer may be older than the last.
      store.setState({ settings, hasPassword });
    },
    dispose: unsubscribe,
  };
}
