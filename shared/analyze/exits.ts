import type { Exit, FlowProgram, Op, OpId } from '../engine/program.ts';
import { lookup } from '../lib/record.ts';

/**
 * Every way on that an operation has, in the order it writes them; found by their shape, so that an operation of any
 * kind, and one yet to come, has its exits seen.
 */
export function exitsOf(op: Op): readonly Exit[] {
  const found = known.get(op);
  if (found) return found;
  const exits: Exit[] = [];
  for (const [member, value] of Object.entries(op)) if (member !== 'origin') collect(value, exits);
  known.set(op, exits);
  return exits;
}

/** Operations are never written to, and asked for more than once. */
const known = new WeakMap<Op, readonly Exit[]>();

function collect(value: unknown, exits: Exit[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (isExit(value)) exits.push(value);
  else for (const member of Object.values(value)) collect(member, exits);
}

function isExit(value: object): value is Exit {
  const { output, to } = value as Partial<Exit>;
  return typeof output === 'string' && (to === null || typeof to === 'string');
}

/** The operations that can be entered from these, themselves included. Those that are not in the program are left out. */
export function reachableFrom(program: FlowProgram, entries: readonly OpId[]): ReadonlySet<OpId> {
  const reached = new Set(entries.filter((opId) => lookup(program.ops, opId)));
  // A set that grows is walked to its new end.
  for (const opId of reached) {
    const op = lookup(program.ops, opId);
    for (const { to } of op ? exitsOf(op) : []) if (to !== null && lookup(program.ops, to)) reached.add(to);
  }
  return reached;
}
