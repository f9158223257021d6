import type { EngineEvent } from '../events.ts';
import type { OpId, VoicemailOp } from '../program.ts';
import type { Wait } from '../state.ts';
import type { Next, Turn } from '../turn.ts';

type Greeting = Extract<Wait, { kind: 'greeting' }>;
type Recording = Extract<Wait, { kind: 'recording' }>;

/** The key that ends a message (VM3). */
export const END_KEY = '#';

/** VM1: the greeting first, if there is one. */
export function enterVoicemail(turn: Turn, opId: OpId, op: VoicemailOp): Next {
  if (op.greetingPrompt === undefined) return record(turn, opId, op);
  const playId = turn.startPrompts(op.origin, [op.greetingPrompt]);
  return playId === null
    ? { kind: 'go', origin: op.origin, exit: op.exits.failed }
    : { kind: 'greeting', opId, playId };
}

/** VM1: any key skips the greeting; one that cannot be played is no reason to take no message. */
export function onGreeting(turn: Turn, op: VoicemailOp, wait: Greeting, event: EngineEvent): Next | null {
  const { nodeId } = op.origin;
  if (event.type === 'digit') {
    turn.interruptPrompts(op.origin, wait.playId);
    turn.noteCallerInput();
    return record(turn, wait.opId, op);
  }
  if ((event.type !== 'prompt-finished' && event.type !== 'prompt-failed') || event.playId !== wait.playId) return null;
  if (event.type === 'prompt-failed') turn.trace({ type: 'prompt-failed', nodeId, reason: event.reason });
  else turn.trace({ type: 'prompt-finished', nodeId });
  return record(turn, wait.opId, op);
}

/** VM2–VM4: while the message is recorded. */
export function onRecording(turn: Turn, op: VoicemailOp, wait: Recording, event: EngineEvent): Next | null {
  const { nodeId } = op.origin;
  if (event.type === 'digit') {
    if (event.digit !== END_KEY || wait.stopping) return null;
    turn.trace({ type: 'digit', nodeId, digit: event.digit });
    turn.noteCallerInput();
    turn.do({ type: 'stop-recording', recordingId: wait.recordingId });
    return { ...wait, stopping: true };
  }
  if (event.type !== 'recording-ended' || event.recordingId !== wait.recordingId) return null;
  const durationMs = Number.isFinite(event.durationMs) ? Math.max(0, event.durationMs) : 0;
  const failed = event.reason === 'failed';
  turn.trace({ type: 'recording-ended', nodeId, reason: event.reason, durationMs });
  const exit = failed ? 'failed' : durationMs < op.minMs ? 'too-short' : 'done';
  return { kind: 'go', origin: op.origin, exit: op.exits[exit] };
}

function record(turn: Turn, opId: OpId, op: VoicemailOp): Wait {
  turn.ensureAnswered();
  const recordingId = turn.newId('recording');
  const { mailbox, maxMs, silenceMs, minMs } = op;
  turn.do({ type: 'record', recordingId, nodeId: op.origin.nodeId, mailbox, maxMs, silenceMs, minMs });
  turn.trace({ type: 'recording-started', nodeId: op.origin.nodeId, mailbox });
  return { kind: 'recording', opId, recordingId, sinceMs: turn.atMs, stopping: false };
}
