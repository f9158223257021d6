import type { EngineEvent } from '../events.ts';
import type { Op, OpId } from '../program.ts';
import type { Wait } from '../state.ts';
import type { Next, Turn } from '../turn.ts';

type PlayOp = Extract<Op, { op: 'play' }>;
type Playing = Extract<Wait, { kind: 'message' }>;

/** EN8: says a message. */
export function enterPlay(turn: Turn, opId: OpId, op: PlayOp): Next {
  const playId = turn.startPrompts(op.origin, [op.prompt]);
  if (playId === null) return { kind: 'go', origin: op.origin, exit: op.error };
  return { kind: 'message', opId, playId };
}

/** EN8: goes on at its end, or at a key where it may be skipped. */
export function onMessage(turn: Turn, op: PlayOp, wait: Playing, event: EngineEvent): Next | null {
  const { nodeId } = op.origin;
  switch (event.type) {
    case 'prompt-finished':
      if (event.playId !== wait.playId) return null;
      turn.trace({ type: 'prompt-finished', nodeId });
      return { kind: 'go', origin: op.origin, exit: op.next };
    case 'prompt-failed':
      if (event.playId !== wait.playId) return null;
      turn.trace({ type: 'prompt-failed', nodeId, reason: event.reason });
      return { kind: 'go', origin: op.origin, exit: op.error };
    case 'digit':
      if (!op.skippable) return null;
      turn.interruptPrompts(op.origin, wait.playId);
      turn.trace({ type: 'digit', nodeId, digit: event.digit });
      turn.noteCallerInput();
      return { kind: 'go', origin: op.origin, exit: op.next };
    default:
      return null;
  }
}
