import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Bridge } from '../../shared/bridge/contract.ts';
import type { OperatorState } from '../../shared/bridge/desk.ts';
import type { PersonId } from '../../shared/flow/ids.ts';

export interface DeskState {
  /** Everyone of whom something is known. */
  readonly operators: Readonly<Record<PersonId, OperatorState>>;
}

export interface DeskStore extends StoreApi<DeskState> {
  /** Asks for everyone's state; at the start and when the connection came back. */
  refresh(): Promise<void>;
  dispose(): void;
}

/** How operators stand. */
export function createDeskStore(bridge: Bridge): DeskStore {
  const store = createStore<DeskState>(() => ({ operators: {} }));
  const take = (operators: readonly OperatorState[]) =>
    store.setState((state) => ({
      operators: { ...state.operators, ...Object.fromEntries(operators.map((one) => [one.personId, one])) },
    }));
  const unsubscribe = bridge.on('desk.changed', ({ operators }) => {
    told = [...told, ...operators];
    take(operators);
  });
  let told: readonly OperatorState[] = [];
  return {
    ...store,
    async refresh() {
      told = [];
      const { operators } = await bridge.call('desk.state', {});
      take(operators);
      // What was told while we asked is newer.
      take(told);
    },
    dispose: unsubscribe,
  };
}
