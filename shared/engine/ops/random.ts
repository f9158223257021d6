import type { EngineEvent } from '../events.ts';
import type { Exit, Op, OpId } from '../program.ts';
import type { Wait } from '../state.ts';
import type { Next, Turn } from '../turn.ts';

type RandomOp = Extract<Op, { op: 'random' }>;
type Drawing = Extract<Wait, { kind: 'random' }>;

/** A branch that may be taken, with its part of the numbers from 0 to 1. */
export interface Share {
  readonly exit: Exit;
  /** The first number that is its own. */
  readonly from: number;
  /** The first number that is not its own any more. */
  readonly to: number;
}

/** RN1, RN2: the parts of the branches that have a weight, side by side in their order. */
export function sharesOf(op: RandomOp): readonly Share[] {
  const branches = op.branches.filter(({ weight }) => weight > 0);
  const total = branches.reduce((sum, { weight }) => sum + weight, 0);
  let before = 0;
  return branches.map(({ weight, exit }) => {
    const from = before / total;
    before += weight;
    return { exit, from, to: before / total };
  });
}

/** RN1, RN2: asks for a number, unless there is nothing to choose. */
export function enterRandom(turn: Turn, opId: OpId, op: RandomOp): Next {
  const shares = sharesOf(op);
  if (shares.length < 2) return { kind: 'go', origin: op.origin, exit: shares[0]?.exit ?? op.otherwise };
  const randomId = turn.newId('random');
  turn.do({ type: 'random', randomId });
  return { kind: 'random', opId, randomId };
}

/** RN1: the number decides. One that is none from 0 to just before 1 has no meaning. */
export function onRandom(op: RandomOp, wait: Drawing, event: EngineEvent): Next | null {
  if (event.type !== 'random' || event.randomId !== wait.randomId) return null;
  const share = event.value >= 0 ? sharesOf(op).find(({ to }) => event.value < to) : undefined;
  return share ? { kind: 'go', origin: op.origin, exit: share.exit } : null;
}
