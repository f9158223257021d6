import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Bridge } from '../../shared/bridge/contract.ts';
import type { Voice } from '../../shared/bridge/speech.ts';

export interface VoicesState {
  /** Null before the answer is there. */
  readonly voices: readonly Voice[] | null;
}

export interface VoicesStore extends StoreApi<VoicesState> {
  /** Asks for the voices, once; a failure is not kept: who comes next asks again. */
  load(): void;
  dispose(): void;
}

/** What texts can be read with on this machine. Not asked for before somebody wants to know: it wakes the engines. */
export function createVoicesStore(bridge: Bridge): VoicesStore {
  const store = createStore<VoicesState>(() => ({ voices: null }));
  /** Only the answer to the last question counts. */
  let asked = 0;
  let isAsking = false;

  function ask(): void {
    const question = ++asked;
    isAsking = true;
    bridge.call('speech.voices', {}).then(
      (voices) => {
        if (question !== asked) return;
        isAsking = false;
        store.setState({ voices });
      },
      () => {
        if (question === asked) isAsking = false;
      },
    );
  }

  const unsubscribe = bridge.on('speech.changed', () => {
    if (isAsking || store.getState().voices !== null) ask();
  });
  return {
    ...store,
    load() {
      if (!isAsking && store.getState().voices === null) ask();
    },
    dispose: unsubscribe,
  };
}
