import type { Op } from '../program.ts';
import type { Next, Turn } from '../turn.ts';

type GoToOp = Extract<Op, { op: 'go-to' }>;

/** GO1–GO3: goes on at a node, or at a menu that the caller has been in; where there is none, as an exit. */
export function enterGoTo(turn: Turn, { origin, target }: GoToOp): Next {
  if (target.kind === 'node') return { kind: 'go', origin, exit: target.exit };
  const to = (target.kind === 'back' ? turn.menus.at(-2) : turn.menus.at(-1)) ?? null;
  return { kind: 'go', origin, exit: { output: target.kind, to } };
}
