import { lookup } from '../../lib/record.ts';
import type { EngineEvent } from '../events.ts';
import type { Op, OpId } from '../program.ts';
import type { Wait } from '../state.ts';
import type { Next, Turn } from '../turn.ts';

type CallbackOp = Extract<Op, { op: 'callback' }>;
type Asking = Extract<Wait, { kind: 'callback' }>;

/** CB1, CB2: asks that the caller be called back; without a queue or a number there is nothing to ask for. */
export function enterCallback(turn: Turn, opId: OpId, op: CallbackOp): Next {
  const { number } = turn.call.caller;
  const { origin, queueId } = op;
  if (queueId === null || number === '') return { kind: 'go', origin, exit: op.exits['not-possible'] };
  const callbackId = turn.newId('callback');
  turn.do({ type: 'request-callback', callbackId, number, queueId });
  turn.trace({ type: 'callback', nodeId: origin.nodeId, queueId, number });
  return { kind: 'callback', opId, callbackId };
}

/** CB1: goes on by whether someone will call back. */
export function onCallback(op: CallbackOp, wait: Asking, event: EngineEvent): Next | null {
  if (event.type !== 'callback-requested' || event.callbackId !== wait.callbackId) return null;
  const exit = lookup(op.exits, event.outcome);
  return exit ? { kind: 'go', origin: op.origin, exit } : null;
}
