import { lookup } from '../../lib/record.ts';
import type { Op, OpId } from '../program.ts';
import type { Next, Turn } from '../turn.ts';
import { assign } from './set.ts';

type CallOp = Extract<Op, { op: 'call' }>;
type ReturnOp = Extract<Op, { op: 'return' }>;

/** SF1, SF4, SF6: enters the called flow, from which the call comes back here. */
export function enterCall(turn: Turn, opId: OpId, op: CallOp): Next {
  if (op.flow === null) return { kind: 'go', origin: op.origin, exit: op.otherwise };
  if (!assign(turn, op.origin, op.parameters)) return { kind: 'go', origin: op.origin, exit: op.error };
  if (!turn.pushFrame({ flowId: op.flow.flowId, opId }, op.origin)) return { kind: 'leave-flow' };
  return { kind: 'enter', opId: op.flow.entry };
}

/** SF2: goes on where the flow was called; with nobody to come back to, the call leaves the flow. */
export function enterReturn(turn: Turn, op: ReturnOp): Next {
  const frame = turn.popFrame();
  const caller = frame && lookup(turn.program.ops, frame.opId);
  if (caller?.op !== 'call') return { kind: 'leave-flow' };
  const { origin, exits, otherwise } = caller;
  turn.trace({ type: 'returned', flowId: origin.flowId, nodeId: origin.nodeId, result: op.result });
  return { kind: 'go', origin, exit: exits.find(({ result }) => result === op.result)?.exit ?? otherwise };
}
