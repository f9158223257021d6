import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CallsState, PhoneCall, RegistrationState } from './phone-types.ts';

/** Ended calls that the list keeps. */
const KEEP_ENDED = 50;

export type RegistrationStore = StoreApi<RegistrationState>;
export interface CallsStore extends StoreApi<CallsState> {
  add(call: PhoneCall): void;
  /** Changes a call that is there; one that is not is left alone. */
  change(callId: string, part: Partial<PhoneCall>): void;
  remove(callId: string): void;
  find(callId: string): PhoneCall | undefined;
}

export function createRegistrationStore(): RegistrationStore {
  return createStore<RegistrationState>(() => ({ status: 'off', account: null, error: null }));
}

export function createCallsStore(): CallsStore {
  const store = createStore<CallsState>(() => ({ calls: [], microphoneError: null }));
  const set = (calls: readonly PhoneCall[]) => store.setState({ calls });
  return {
    ...store,
    add(call) {
      const { calls } = store.getState();
      const ended = calls.filter((entry) => entry.status === 'ended');
      const surplus = new Set(ended.slice(0, Math.max(0, ended.length - KEEP_ENDED)));
      set([...calls.filter((entry) => !surplus.has(entry)), call]);
    },
    change(callId, part) {
      set(store.getState().calls.map((call) => (call.id === callId ? { ...call, ...part } : call)));
    },
    remove(callId) {
      set(store.getState().calls.filter((call) => call.id !== callId));
    },
    find: (callId) => store.getState().calls.find((call) => call.id === callId),
  };
}

/** Calls that are not over, oldest first. */
export function liveCalls(state: CallsState): readonly PhoneCall[] {
  return state.calls.filter((call) => call.status !== 'ended');
}

/** The call that keys and shortcuts mean: the answered one that is not held, else the oldest live one. */
export function currentCall(state: CallsState): PhoneCall | undefined {
  const live = liveCalls(state);
  return live.find((call) => call.status === 'active' && !call.held) ?? live[0];
}
