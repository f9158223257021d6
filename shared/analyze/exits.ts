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

/** Where an operation leads to, by its exits and besides them; null is the default handling. */
export function leadsTo(program: FlowProgram, op: Op): readonly (OpId | null)[] {
  return [...exitsOf(op).map(({ to }) => to), ...leadsBesides(program, op)];
}

/**
 * Where an operation leads to without an exit of its own: into a flow that it calls, back to a menu of its flow, from
 * a called flow to the exits of the nodes that call it.
 */
export function leadsBesides(program: FlowProgram, op: Op): readonly (OpId | null)[] {
  switch (op.op) {
    case 'call':
      return entriesOf(op);
    case 'go-to':
      return op.target.kind === 'node' ? [] : (placesOf(program).menus.get(op.origin.flowId) ?? []);
    case 'return': {
      const callers = placesOf(program).callers.get(op.origin.flowId) ?? [];
      return callers.map(({ exits, otherwise }) => {
        const exit = exits.find(({ result }) => result === op.result)?.exit ?? otherwise;
        return exit.to;
      });
    }
    default:
      return [];
  }
}

/** Where the flow is entered that an operation calls. */
export function entriesOf(op: Op): readonly OpId[] {
  return op.op === 'call' && op.flow ? [op.flow.entry] : [];
}

type CallOp = Extract<Op, { op: 'call' }>;

/** By flow: the menus that jumps may come back to, and the operations that call it. */
interface Places {
  readonly menus: ReadonlyMap<string, readonly OpId[]>;
  readonly callers: ReadonlyMap<string, readonly CallOp[]>;
}

const knownPlaces = new WeakMap<FlowProgram, Places>();

function placesOf(program: FlowProgram): Places {
  const known = knownPlaces.get(program);
  if (known) return known;
  const ops = Object.entries(program.ops);
  const menus = Map.groupBy(
    ops.flatMap(([opId, op]) => (op.op === 'gather' && op.trail === true ? [{ opId, flowId: op.origin.flowId }] : [])),
    ({ flowId }) => flowId,
  );
  const callers = Map.groupBy(
    ops.flatMap(([, op]) => (op.op === 'call' && op.flow ? [op] : [])),
    ({ flow }) => flow?.flowId ?? '',
  );
  const places = { menus: new Map([...menus].map(([flowId, of]) => [flowId, of.map(({ opId }) => opId)])), callers };
  knownPlaces.set(program, places);
  return places;
}

/** The operations that can be entered from these, themselves included. Those that are not in the program are left out. */
export function reachableFrom(program: FlowProgram, entries: readonly OpId[]): ReadonlySet<OpId> {
  const reached = new Set(entries.filter((opId) => lookup(program.ops, opId)));
  // A set that grows is walked to its new end.
  for (const opId of reached) {
    const op = lookup(program.ops, opId);
    for (const to of op ? leadsTo(program, op) : []) if (to !== null && lookup(program.ops, to)) reached.add(to);
  }
  return reached;
}
