import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Bridge } from '../../shared/bridge/contract.ts';
import type { VoicemailMessage } from '../../shared/bridge/voicemail.ts';

export interface VoicemailState {
  /** The newest first. */
  readonly messages: readonly VoicemailMessage[];
}

export interface VoicemailStore extends StoreApi<VoicemailState> {
  /** Asks for the messages; at the start and when the connection came back. */
  refresh(): Promise<void>;
  dispose(): void;
}

/** The messages that callers left, in every mailbox. */
export function createVoicemailStore(bridge: Bridge): VoicemailStore {
  const store = createStore<VoicemailState>(() => ({ messages: [] }));
  const unsubscribe = bridge.on('voicemail.changed', ({ messages }) => store.setState({ messages }));
  return {
    ...store,
    async refresh() {
      store.setState({ messages: await bridge.call('voicemail.list', {}) });
    },
    dispose: unsubscribe,
  };
}
