import { callerClasses } from '../engine/caller-classes.ts';
import { lowerProject } from '../engine/lower/index.ts';
import type { Project } from '../flow/project.ts';
import type { Fact, PathEnd, Place } from './explore/facts.ts';
import { isRare } from './explore/graph.ts';
import type { Witness } from './explore/witness.ts';
import {
  type Exploration,
  type ExploreOptions,
  exploreTarget,
  neverSeen,
  targetsOf,
  witnessAt,
  witnessOfWay,
} from './explorer.ts';
import { type Finding, PROOFS, type ProofCode, sortFindings } from './finding.ts';
import { nodeName, numberAt, targetName } from './names.ts';

export interface ProveOptions extends Partial<ExploreOptions> {
  /** "A person is reachable within so many keys and so long": what is checked beyond that one is reachable at all. */
  readonly person?: { readonly keys: number; readonly ms: number };
}

/** What exploring a whole project shows. */
export interface Proof {
  readonly explorations: readonly Exploration[];
  readonly findings: readonly Finding<ProofCode>[];
  /** Whether every state of every target was looked at: only then does nothing found mean nothing there. */
  readonly complete: boolean;
}

/** Explores calls to every number and flow, and says what was found, each with a call that shows it (SPEC.md, EX*). */
export function proveProject(project: Project, options: ProveOptions = {}): Proof {
  const { program } = lowerProject(project);
  const { person, callers = callerClasses(program), ...rest } = options;
  const explorations = targetsOf(program).map((target) => exploreTarget(program, target, { callers, ...rest }));
  const report = new Report(project);
  for (const exploration of explorations) {
    report.ends(exploration);
    report.person(exploration, person);
  }
  const complete = explorations.every((one) => one.complete);
  if (complete) report.neverSeen(explorations);
  return { explorations, findings: sortFindings([...report.findings.values()]), complete };
}

type Words = Readonly<Record<string, string | number>>;

/** Findings, each place and kind once: what calls to several numbers meet is told with the first of them. */
class Report {
  readonly findings = new Map<string, Finding<ProofCode>>();
  readonly #project: Project;

  constructor(project: Project) {
    this.#project = project;
  }

  ends(exploration: Exploration): void {
    const { facts, graph, target } = exploration;
    for (const index of exploration.traps) {
      const opId = graph.nodes[index]?.state.wait;
      const origin = opId && 'opId' in opId ? graph.program.ops[opId.opId]?.origin : undefined;
      const message = 'Calls that come here never end by themselves: only the safety stop gets them out.';
      if (origin)
        this.#shown(exploration, 'prove/no-end', { place: origin, path: { index, further: [] } }, () => message);
    }
    for (const fact of facts.silentEnds.values()) {
      this.#shown(
        exploration,
        'prove/silent-end',
        fact,
        () => 'The call ends here though the caller has heard nothing.',
      );
    }
    for (const fact of facts.failedEnds.values()) {
      const words = { target: targetName(this.#project, target) };
      const message = `A call to ${words.target} can be cut off: its default handling has nobody who takes it.`;
      this.#shown(exploration, 'prove/failed-end', fact, () => message, words);
    }
    for (const fact of facts.guards.values()) {
      const message = 'Callers who press nothing go round in a circle here, until the safety stop ends it.';
      this.#shown(exploration, 'prove/endless-loop', fact, () => message);
    }
    if (exploration.complete) return;
    const { notReached } = exploration;
    const words = { target: targetName(this.#project, target), states: graph.nodes.length, nodes: notReached.length };
    const message = `Calls to ${words.target} can go more ways than were tried: ${words.states} states were found, ${words.nodes} nodes were not reached.`;
    this.#add('prove/incomplete', message, words, null);
  }

  person(exploration: Exploration, limit: ProveOptions['person']): void {
    if (!exploration.complete) return;
    const target = targetName(this.#project, exploration.target);
    const { ways } = exploration;
    if (ways.length === 0) {
      this.#add('prove/no-person', `Whoever calls ${target} reaches no person, whatever they do.`, { target }, null);
      return;
    }
    if (!limit || ways.some(({ keys, ms }) => keys <= limit.keys && ms <= limit.ms)) return;
    const [quickest] = ways;
    if (!quickest) return;
    const words = { target, keys: quickest.keys, seconds: Math.round(quickest.ms / 1000) };
    const message = `Whoever calls ${target} needs ${words.keys} keys and ${words.seconds} s at least to reach a person.`;
    this.#add('prove/person-too-far', message, words, null, witnessOfWay(exploration, quickest));
  }

  neverSeen(explorations: readonly Exploration[]): void {
    const { nodes, outputs } = neverSeen(this.#project, explorations);
    for (const place of nodes) this.#add('prove/never-entered', 'No call ever comes here.', {}, place);
    for (const place of outputs) {
      const output = place.output ?? '';
      this.#add('prove/never-taken', `No call ever leaves by "${output}".`, { output }, place);
    }
  }

  /** Adds a finding that a call shows. One that no call can show is not believed (engine/SPEC.md, SC7). */
  #shown(
    exploration: Exploration,
    code: ProofCode,
    { place, path }: { place: Fact['place']; path: PathEnd },
    message: () => string,
    words: Words = {},
  ): void {
    if (this.findings.has(keyOf(code, this.#at(place), words))) return;
    const witness = witnessAt(exploration, path);
    if (witness) this.#add(code, message(), words, place, witness);
  }

  #add(code: ProofCode, message: string, words: Words, place: Place | null, witness: Witness | null = null): void {
    const at = this.#at(place);
    const number = place === null ? null : numberAt(this.#project, place);
    const params = {
      ...words,
      ...(number !== null && { number }),
      ...(at.nodeId !== null && place && { node: nodeName(this.#project, place) }),
    };
    // What takes a prompt that fails is worth knowing, no more.
    const severity = witness?.outcomes.some(isRare) ? 'info' : PROOFS[code];
    const finding = { code, severity, message, params, ...at, ...(witness && { witness }) };
    this.findings.set(keyOf(code, at, words), finding);
  }

  #at(place: Place | null) {
    const { flowId, nodeId, output = null } = place ?? { flowId: '', nodeId: '' };
    return flowId === '' ? { flowId: null, nodeId: null, output: null } : { flowId, nodeId, output };
  }
}

function keyOf(
  code: ProofCode,
  at: { flowId: string | null; nodeId: string | null; output: string | null },
  words: Words,
) {
  return JSON.stringify([code, at, at.flowId === null ? words : null]);
}
