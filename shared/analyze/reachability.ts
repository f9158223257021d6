import { type FlowProgram, INNER, type Op, type OpId, type Origin } from '../engine/program.ts';
import { referencesOf } from '../flow/catalogue.ts';
import type { FlowId, NodeId, PersonId, QueueId } from '../flow/ids.ts';
import type { Project } from '../flow/project.ts';
import { lookup, sortedEntries } from '../lib/record.ts';
import { exitsOf, leadsBesides } from './exits.ts';
import { Heap } from './explore/heap.ts';
import type { Target } from './explorer.ts';
import { latenciesOf } from './latency.ts';

/** Whom or what callers reach. */
export type Sought =
  | { readonly kind: 'person'; readonly personId: PersonId }
  | { readonly kind: 'queue'; readonly queueId: QueueId }
  | { readonly kind: 'node'; readonly flowId: FlowId; readonly nodeId: NodeId };

/** A node left by an output on the way. */
export interface WayStep {
  readonly origin: Origin;
  /** The output taken; `direct-dial` for an extension, `default` to the default handling, else as `leadsBesides`. */
  readonly output: string;
  /** Keys that the caller presses for it. */
  readonly keys?: string;
  /** The schedule that decides, which is open or closed as `output` says. */
  readonly scheduleId?: string;
}

/** A way from a number or flow to what is sought. */
export interface Way {
  readonly target: Target;
  readonly steps: readonly WayStep[];
  /** All keys on the way, in order. */
  readonly keys: readonly string[];
  /** The queue in which a person answers, where it is one. */
  readonly queueId?: QueueId;
}

export interface WaysOptions {
  /** Ways told of each target, the shortest first. */
  readonly perTarget?: number;
}

/** A key costs one, what goes by itself nothing, what must go wrong first more than a few keys. */
const COST = { key: 1, next: 0.01, schedule: 0.5, otherwise: 3 } as const;

/** Outputs that nothing must happen for. */
export const GOES_BY_ITSELF: ReadonlySet<string> = new Set(['next', 'default', 'call', 'return', 'go-to', INNER]);

interface Label {
  readonly opId: OpId;
  readonly cost: number;
  /** Of equal costs the one found first comes first. */
  readonly order: number;
  readonly before: Label | null;
  readonly step: WayStep | null;
}

/**
 * Who reaches it: from which numbers and flows, by which keys, when (SPEC.md, RE*). As drawn: schedules that are never
 * open together are not told apart. The shortest ways first; none goes through a node twice.
 */
export function waysTo(
  project: Project,
  program: FlowProgram,
  sought: Sought,
  options: WaysOptions = {},
): readonly Way[] {
  const { perTarget = 5 } = options;
  const targets: readonly { target: Target; entry: OpId | null; handling: OpId }[] = [
    ...sortedEntries(program.numbers).map(([numberId, { entry, defaultHandling }]) => ({
      target: { kind: 'number', numberId } as const,
      entry,
      handling: defaultHandling,
    })),
    ...sortedEntries(program.flows)
      // A flow that a number leads to is reached by that number.
      .filter(([, { entry }]) => !Object.values(program.numbers).some((number) => number.entry === entry))
      .map(([flowId, { entry, defaultHandling }]) => ({
        target: { kind: 'flow', flowId } as const,
        entry,
        handling: defaultHandling,
      })),
  ];
  const found = targets.flatMap((from) => waysFrom(project, program, sought, from, perTarget));
  return found.sort((a, b) => a.cost - b.cost).map(({ way }) => way);
}

function waysFrom(
  project: Project,
  program: FlowProgram,
  sought: Sought,
  from: { target: Target; entry: OpId | null; handling: OpId },
  limit: number,
): { way: Way; cost: number }[] {
  const found: { way: Way; cost: number }[] = [];
  const expanded = new Map<OpId, number>();
  const heap = new Heap<Label>((a, b) => a.cost < b.cost || (a.cost === b.cost && a.order < b.order));
  let order = 0;
  heap.push({ opId: from.entry ?? from.handling, cost: 0, order, before: null, step: null });
  for (let label = heap.pop(); label && found.length < limit; label = heap.pop()) {
    const { opId } = label;
    const op = lookup(program.ops, opId);
    const times = expanded.get(opId) ?? 0;
    if (!op || times >= limit || isOnWay(label.before, opId)) continue;
    expanded.set(opId, times + 1);
    for (const last of hits(project, op, sought)) {
      if (found.length >= limit) break;
      found.push({ way: wayOf(from.target, label, last), cost: label.cost + (last.step ? COST.key : 0) });
    }
    for (const { to, step, cost } of stepsFrom(program, op, from.handling)) {
      heap.push({ opId: to, cost: label.cost + cost, order: ++order, before: label, step });
    }
  }
  return found;
}

function isOnWay(label: Label | null, opId: OpId): boolean {
  for (let at = label; at; at = at.before) if (at.opId === opId) return true;
  return false;
}

/** Where an operation leads to, and what it takes. */
function stepsFrom(
  program: FlowProgram,
  op: Op,
  handling: OpId,
): readonly { to: OpId; step: WayStep | null; cost: number }[] {
  const { origin } = op;
  // Default handling is the end of the way.
  if (origin.flowId === '') return [];
  const exits = exitsOf(op).filter(({ output }) => output !== 'error');
  const others = leadsBesides(program, op).map((to) => ({ output: op.op, to }));
  const leaves = op.op === 'exit' ? [{ output: 'default', to: null }] : [...others, ...exits];
  return leaves.map(({ output, to }) => {
    const key = output.startsWith('key:') ? output.slice('key:'.length) : undefined;
    const schedule = op.op === 'schedule' && op.scheduleId !== null ? { scheduleId: op.scheduleId } : {};
    const step = { origin, output, ...(key !== undefined && { keys: key }), ...schedule };
    // Between the operations of one node nothing is left.
    return { to: to ?? handling, step: output === INNER ? null : step, cost: costOf(op, output, key) };
  });
}

function costOf({ op }: Op, output: string, key: string | undefined): number {
  if (key !== undefined) return COST.key;
  if (op === 'schedule') return COST.schedule;
  return GOES_BY_ITSELF.has(output) ? COST.next : COST.otherwise;
}

interface Hit {
  readonly step?: WayStep;
  readonly queueId?: QueueId;
}

/** How an operation reaches what is sought; nothing where it does not. */
function hits(project: Project, op: Op, sought: Sought): readonly Hit[] {
  const { origin } = op;
  if (sought.kind === 'node') {
    return origin.flowId === sought.flowId && origin.nodeId === sought.nodeId ? [{}] : [];
  }
  if (op.op === 'gather') {
    if (sought.kind === 'queue') return [];
    const shadowed = new Set(latenciesOf(op).flatMap((one) => (one.shadowedBy === undefined ? [] : [one.digits])));
    return op.matches.flatMap(({ digits, action }) =>
      action.kind === 'dial' && action.personId === sought.personId && !shadowed.has(digits)
        ? [{ step: { origin, output: 'direct-dial', keys: digits } }]
        : [],
    );
  }
  const { people, queues } = usedBy(project, op);
  if (sought.kind === 'queue') return queues.includes(sought.queueId) ? [{}] : [];
  if (people.includes(sought.personId)) return [{}];
  const queueId = queues.find((id) => isMember(project, id, sought.personId));
  return queueId === undefined ? [] : [{ queueId }];
}

/** People and queues that an operation of any kind uses. */
function usedBy(project: Project, op: Op): { people: readonly PersonId[]; queues: readonly QueueId[] } {
  const node = lookup(lookup(project.flows, op.origin.flowId)?.nodes ?? {}, op.origin.nodeId);
  const references = node ? referencesOf(node) : [];
  const named = (to: 'person' | 'queue') => references.flatMap((one) => (one.to === to ? [one.id] : []));
  // Default handling is no node.
  const people = op.op === 'dial' ? op.people : named('person');
  const queues = op.op === 'enqueue' ? (op.queueId === null ? [] : [op.queueId]) : named('queue');
  return { people, queues };
}

function isMember(project: Project, queueId: QueueId, personId: PersonId): boolean {
  return lookup(project.queues, queueId)?.members.some((member) => member.personId === personId) ?? false;
}

function wayOf(target: Target, end: Label, { step, queueId }: Hit): Way {
  const steps: WayStep[] = step ? [step] : [];
  for (let at: Label | null = end; at; at = at.before) if (at.step) steps.push(at.step);
  steps.reverse();
  const keys = steps.flatMap(({ keys }) => (keys === undefined ? [] : [keys]));
  return { target, steps, keys, ...(queueId !== undefined && { queueId }) };
}
