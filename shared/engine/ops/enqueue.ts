import { lookup } from '../../lib/record.ts';
import type { EngineEvent } from '../events.ts';
import type { Op, OpId } from '../program.ts';
import type { Wait } from '../state.ts';
import type { Next, Turn } from '../turn.ts';

type EnqueueOp = Extract<Op, { op: 'enqueue' }>;
type Queued = Extract<Wait, { kind: 'queue' }>;

/** QU1, QU3: the call waits in the queue; a queue that does not exist has nobody who could answer. */
export function enterEnqueue(turn: Turn, opId: OpId, op: EnqueueOp): Next {
  const { queueId, maxWaitMs, breakOutKey } = op;
  if (queueId === null) return { kind: 'go', origin: op.origin, exit: op.exits['join-empty'] };
  turn.ensureAnswered();
  const enqueueId = turn.newId('queue');
  const key = breakOutKey === undefined ? {} : { breakOutKey };
  turn.do({ type: 'enqueue', enqueueId, queueId, maxWaitMs, ...key });
  turn.trace({ type: 'queued', nodeId: op.origin.nodeId, queueId });
  return { kind: 'queue', opId, enqueueId };
}

/** QU2: someone answers, or the node is left by how the wait ended. */
export function onQueue(turn: Turn, op: EnqueueOp, wait: Queued, event: EngineEvent): Next | null {
  if (event.type !== 'queue-ended' || event.enqueueId !== wait.enqueueId) return null;
  const { nodeId } = op.origin;
  if (event.outcome === 'answered') {
    turn.trace({ type: 'answered', nodeId, by: event.by ?? '' });
    return { kind: 'talking', opId: wait.opId };
  }
  const exit = lookup(op.exits, event.outcome);
  if (!exit) return null;
  if (event.outcome === 'key-pressed') {
    if (event.key !== undefined) turn.trace({ type: 'digit', nodeId, digit: event.key });
    turn.noteCallerInput();
  }
  return { kind: 'go', origin: op.origin, exit };
}
