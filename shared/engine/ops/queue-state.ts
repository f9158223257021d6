import type { EngineEvent, QueueSnapshot } from '../events.ts';
import type { Op, OpId } from '../program.ts';
import type { Wait } from '../state.ts';
import type { Next, Turn } from '../turn.ts';

type QueueStateOp = Extract<Op, { op: 'queue-state' }>;
type Asking = Extract<Wait, { kind: 'queue-state' }>;

/** QS1: asks how the queue stands; one that does not exist has nobody. */
export function enterQueueState(turn: Turn, opId: OpId, op: QueueStateOp): Next {
  if (op.queueId === null) return { kind: 'go', origin: op.origin, exit: op.exits.nobody };
  const queryId = turn.newId('query');
  turn.do({ type: 'queue-state', queryId, queueId: op.queueId });
  return { kind: 'queue-state', opId, queryId };
}

/** QS2: goes on by how the queue stands. */
export function onQueueState(turn: Turn, op: QueueStateOp, wait: Asking, event: EngineEvent): Next | null {
  if (event.type !== 'queue-state' || event.queryId !== wait.queryId) return null;
  const { queue = null } = event;
  turn.trace({ type: 'queue-state', nodeId: op.origin.nodeId, queue });
  return { kind: 'go', origin: op.origin, exit: op.exits[standing(op, queue)] };
}

function standing({ crowdedAt }: QueueStateOp, queue: QueueSnapshot | null): keyof QueueStateOp['exits'] {
  if (!queue || !(queue.here > 0)) return 'nobody';
  if (crowdedAt !== undefined && queue.waiting >= crowdedAt) return 'crowded';
  return queue.free > 0 ? 'free' : 'busy';
}
