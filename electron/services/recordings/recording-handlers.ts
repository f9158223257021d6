import type { BridgeHandlers } from '../../../shared/bridge/contract.ts';
import type { CallSummary } from '../../../shared/bridge/pbx.ts';
import type { RecordingAction, recordingCalls } from '../../../shared/bridge/recordings.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import type { RecordingStore } from './recording-store.ts';

export interface RecordingHandlersContext {
  readonly store: RecordingStore;
  /** The calls that last. */
  readonly active: () => readonly CallSummary[];
  /** Tells the PBX. */
  readonly send: (callId: string, action: RecordingAction) => void;
  readonly onChanged: (callId: string) => void;
}

/** The calls of the contract about recordings. */
export function recordingHandlers(
  theContext: () => RecordingHandlersContext,
): Pick<BridgeHandlers, keyof typeof recordingCalls> {
  return {
    'calls.record': async ({ callId, action }) => {
      const { active, send } = theContext();
      requireAllowed(
        active().find((call) => call.callId === callId),
        action,
      );
      send(callId, action);
      return {};
    },
    'recordings.ofCall': async ({ callId }) => ({ recordings: await theContext().store.ofCall(callId) }),
    'recordings.audio': async ({ id, from }) => {
      const { bytes, totalBytes } = await theContext().store.piece(id, from);
      return { base64: bytes.toString('base64'), totalBytes };
    },
    'recordings.remove': async ({ id }) => {
      const { store, onChanged } = theContext();
      onChanged(await store.remove(id));
      return {};
    },
  };
}

/** RE4, RE8: what the PBX would not do is told, not left undone silently. */
function requireAllowed(call: CallSummary | undefined, action: RecordingAction): void {
  if (!call) {
    throw new DialtreeError({ code: 'recording/no-call', message: 'This call is over, so it cannot be recorded.' });
  }
  if (!call.recording) {
    throw new DialtreeError({
      code: 'recording/not-allowed',
      message: 'This call is not recorded.',
      hint: 'Its queue says whether it may be: on the page Queues & team.',
    });
  }
  if (call.recordingConsent === false) {
    throw new DialtreeError({ code: 'recording/refused', message: 'The caller does not agree to be recorded.' });
  }
  if (action === 'stop' && call.recording.mode === 'always') {
    throw new DialtreeError({
      code: 'recording/always',
      message: 'Every call of this queue is recorded; it can be paused, not stopped.',
    });
  }
}
