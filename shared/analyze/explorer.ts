import type { CallInfo } from '../engine/events.ts';
import type { FlowProgram, OpId, Origin } from '../engine/program.ts';
import { outputsOf } from '../flow/catalogue.ts';
import type { Project } from '../flow/project.ts';
import { lookup, sortedEntries } from '../lib/record.ts';
import { reachableFrom } from './exits.ts';
import { type Fact, Facts, type PathEnd, type Place, placeKey } from './explore/facts.ts';
import { pathTo, StateExplorer, type StateGraph } from './explore/graph.ts';
import { goRoundLoops } from './explore/loops.ts';
import { type WayToPerson, waysToPerson } from './explore/person.ts';
import { trapsIn } from './explore/traps.ts';
import { type Witness, witnessOf } from './explore/witness.ts';

export type Target = CallInfo['target'];

export interface ExploreOptions {
  /** Callers' numbers to begin with: one of each class that the program tells apart (engine/SPEC.md, CN4). */
  readonly callers: readonly string[];
  /** States of one target that are looked at; what lies beyond is `incomplete`. */
  readonly maxStates?: number;
  /** Wall clock at the start of each call, ms since the epoch. */
  readonly startedAtMs?: number;
}

/** Everything that calls to one target can meet. */
export interface Exploration {
  readonly target: Target;
  readonly graph: StateGraph;
  readonly facts: Facts;
  /** Whether every state was looked at. */
  readonly complete: boolean;
  /** Where it is not complete: nodes that could be entered as far as the drawing says, but were not. */
  readonly notReached: readonly Origin[];
  /** States from which no end can be reached but by a guard. */
  readonly traps: readonly number[];
  /** Ways to a person: the quickest first, each further one with fewer keys. None: nobody can be reached. */
  readonly ways: readonly WayToPerson[];
}

const MAX_STATES = 300_000;
const MONDAY_MORNING_MS = Date.UTC(2026, 0, 5, 9);

/**
 * Where calls can enter: each number, then each flow (a test call). A flow that a number leads to, with the same
 * default handling, is left out: calls to it go the same ways (EX1).
 */
export function targetsOf(program: FlowProgram): readonly Target[] {
  const seen = new Set<string>();
  const isNew = (entry: OpId | null, defaultHandling: OpId) => {
    const key = JSON.stringify([entry, defaultHandling]);
    return !seen.has(key) && seen.add(key);
  };
  const numbers = sortedEntries(program.numbers)
    .filter(([, number]) => isNew(number.entry, number.defaultHandling))
    .map(([numberId]) => ({ kind: 'number', numberId }) as const);
  const flows = sortedEntries(program.flows)
    .filter(([, flow]) => isNew(flow.entry, flow.defaultHandling))
    .map(([flowId]) => ({ kind: 'flow', flowId }) as const);
  return [...numbers, ...flows];
}

/** Explores every path of calls to one target, up to a limit of states (SPEC.md, EX*). */
export function exploreTarget(program: FlowProgram, target: Target, options: ExploreOptions): Exploration {
  const { callers, maxStates = MAX_STATES, startedAtMs = MONDAY_MORNING_MS } = options;
  const facts = new Facts();
  const explorer: StateExplorer = new StateExplorer(program, maxStates, (seen) => facts.note(explorer, seen));
  for (const number of callers) explorer.begin({ callId: 'explored', caller: { number }, target, startedAtMs });
  explorer.run();
  const goneRound = new Set<number>();
  while (explorer.complete && goRoundLoops(explorer, goneRound)) explorer.run();
  return {
    target,
    graph: explorer,
    facts,
    complete: explorer.complete,
    notReached: explorer.complete ? [] : notReached(program, target, facts),
    traps: trapsIn(explorer),
    ways: waysToPerson(explorer),
  };
}

/** The script that shows a fact; null where schedules never let a call go that way. */
export function witnessAt({ graph }: Pick<Exploration, 'graph'>, { index, further }: PathEnd): Witness | null {
  return witnessOf(graph.program, pathTo(graph, index, further));
}

/** The script of a way to a person. */
export function witnessOfWay({ graph }: Exploration, way: WayToPerson): Witness | null {
  return witnessOf(graph.program, pathTo(graph, way.from, way.outcomes));
}

/** Nodes that no call enters, and outputs that none takes, in any of the explorations. */
export function neverSeen(project: Project, explorations: readonly Exploration[]) {
  const isSeen = (of: (facts: Facts) => ReadonlyMap<string, Fact>, place: Place) =>
    explorations.some(({ facts }) => of(facts).has(placeKey(place)));
  const nodes: Origin[] = [];
  const outputs: Place[] = [];
  for (const [flowId, flow] of sortedEntries(project.flows)) {
    for (const [nodeId, node] of sortedEntries(flow.nodes)) {
      if (!isSeen(({ entered }) => entered, { flowId, nodeId })) {
        nodes.push({ flowId, nodeId });
        continue;
      }
      for (const { id: output } of outputsOf(node)) {
        if (!isSeen(({ taken }) => taken, { flowId, nodeId, output })) outputs.push({ flowId, nodeId, output });
      }
    }
  }
  return { nodes, outputs };
}

function notReached(program: FlowProgram, target: Target, { entered }: Facts): readonly Origin[] {
  const { entry = null } =
    (target.kind === 'number' ? lookup(program.numbers, target.numberId) : lookup(program.flows, target.flowId)) ?? {};
  if (entry === null) return [];
  return [...reachableFrom(program, [entry])]
    .flatMap((opId) => lookup(program.ops, opId)?.origin ?? [])
    .filter((origin) => origin.flowId !== '' && !entered.has(placeKey(origin)));
}
