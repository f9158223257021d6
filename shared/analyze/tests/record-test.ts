import { HIDDEN, type TraceEntry } from '../../engine/events.ts';
import { lowerProject } from '../../engine/lower/index.ts';
import { outputsOf } from '../../flow/catalogue.ts';
import type { Project } from '../../flow/project.ts';
import {
  type ProjectTest,
  ProjectTestSchema,
  type StepTiming,
  type TestStep,
  type TestWorld,
} from '../../flow/project-test.ts';
import { DialtreeError } from '../../lib/errors.ts';
import { invariant } from '../../lib/invariant.ts';
import { lookup } from '../../lib/record.ts';
import { localMsAt } from '../../lib/zoned-time.ts';
import { expectTrace } from './expect-trace.ts';
import { failuresOf } from './expectations.ts';
import { runCall } from './run-call.ts';

/**
 * Makes a test of a call that took place, from its trace: the same keys at the same places, the same people answering,
 * the same ends of everything else; it expects the same way, words and destination (SPEC.md, TS11). The project must be
 * the one that the call ran.
 * @param startedAtMs Wall clock at the start of the call, ms since the epoch.
 * @param told What is known of the call's world beside its trace: what web services answered, how queues stood.
 * @throws DialtreeError `tests/secret-typed`: a call in which the caller typed a secret cannot be repeated, for it is
 * written nowhere.
 */
export function recordTest(
  project: Project,
  trace: readonly TraceEntry[],
  name: string,
  startedAtMs: number,
  told: Pick<TestWorld, 'requests' | 'queueStates'> = {},
): ProjectTest {
  const begun = trace[0];
  invariant(begun?.type === 'call-started', 'a trace begins with the start of the call');
  refuseSecrets(trace);
  const recorder = new Recorder(project, told);
  for (const entry of trace) recorder.take(entry);
  const { program } = lowerProject(project);
  const localMs = localMsAt(startedAtMs, project.settings.timeZone) ?? startedAtMs;
  const test = ProjectTestSchema.parse({
    name,
    target: begun.target,
    caller: { number: begun.caller },
    startsAt: new Date(localMs).toISOString().slice(0, 19),
    steps: recorder.steps,
    world: {
      people: Object.fromEntries(recorder.people),
      queues: Object.fromEntries(recorder.queues),
      nodes: Object.fromEntries(recorder.nodes),
      ...told,
    },
    expect: expectTrace(program, trace),
  });
  const failures = failuresOf(project, program, test, runCall(program, test, project.settings.timeZone));
  // Who of several answered when one node was rung again cannot be said in a test.
  if (!failures.some(({ expectation }) => expectation === 'destination')) return test;
  const { destination: _, ...expect } = test.expect;
  return { ...test, expect };
}

/**
 * What the caller did in a call, to be done again at the same places.
 * @throws DialtreeError `tests/secret-typed`, as `recordTest`.
 */
export function stepsOfCall(project: Project, trace: readonly TraceEntry[]): readonly TestStep[] {
  refuseSecrets(trace);
  const recorder = new Recorder(project, {});
  for (const entry of trace) recorder.take(entry);
  return recorder.steps;
}

function refuseSecrets(trace: readonly TraceEntry[]): void {
  if (!trace.some((entry) => entry.type === 'digit' && entry.digit === HIDDEN)) return;
  throw new DialtreeError({
    code: 'tests/secret-typed',
    message: 'The caller typed a secret in this call. It is written nowhere, so no test can repeat the call.',
    hint: 'Write the test by hand, with a made-up secret.',
  });
}

/** Caller's doings and world's answers, as they follow from the trace. */
class Recorder {
  readonly steps: TestStep[] = [];
  readonly people = new Map<string, { outcome: 'answered' | 'no-answer'; afterMs?: number }>();
  readonly queues = new Map<string, { outcome: 'answered'; afterMs: number; by?: string }>();
  readonly nodes = new Map<string, string[]>();
  readonly #project: Project;
  readonly #answers: NonNullable<TestWorld['requests']>;
  #nodeId = '';
  #flowId = '';
  readonly #visits = new Map<string, number>();
  /** What the call waits for, as far as a trace shows it. */
  #waits: TraceEntry | null = null;
  #answered = false;

  constructor(project: Project, { requests = {} }: Pick<TestWorld, 'requests'>) {
    this.#project = project;
    this.#answers = requests;
  }

  take(entry: TraceEntry): void {
    // These only tell more of what stands beside them.
    if (entry.type === 'variables' || entry.type === 'recording-consent') return;
    if (entry.type === 'recording-ended' && entry.reason === 'hang-up') return;
    const before = this.#waits;
    this.#waits = entry;
    switch (entry.type) {
      case 'node-entered':
        this.#nodeId = entry.nodeId;
        this.#visits.set(entry.nodeId, (this.#visits.get(entry.nodeId) ?? 0) + 1);
        this.#flowId = entry.flowId;
        break;
      case 'default-handling':
        this.#nodeId = `default:${entry.numberId ?? ''}`;
        this.#flowId = '';
        break;
      case 'digit':
        // A message that a key ends is planned by how its node is left.
        if (entry.digit === HIDDEN || before?.type === 'recording-started') break;
        this.steps.push({ kind: 'press', keys: [entry.digit], when: this.#timing(before, entry) });
        break;
      case 'timer-fired':
        this.steps.push({ kind: 'stay-silent' });
        break;
      case 'outcome':
        if (before && !CALLERS_DOING.has(before.type) && !this.#isOnlyWay()) this.#plan(entry.output);
        break;
      case 'prompt-failed':
        if (before?.type === 'prompt-started') this.#plan('prompt-failed');
        break;
      case 'answered':
        this.#answer(before, entry);
        break;
      case 'ended':
        if (entry.by === 'caller' && !this.#answered) this.#hangUp(before, entry);
        break;
    }
  }

  #hangUp(before: TraceEntry | null, entry: TraceEntry): void {
    // Where the node's other ends are planned, they would come at once.
    const isPlanned = before?.type === 'request-started' && this.nodes.has(this.#key());
    if (isPlanned) this.#plan('caller-hung-up');
    else this.steps.push({ kind: 'hang-up', when: this.#timing(before, entry) });
  }

  #key(): string {
    return this.#flowId === '' ? this.#nodeId : `${this.#flowId}/${this.#nodeId}`;
  }

  /** When the caller did something, by what came before it. */
  #timing(before: TraceEntry | null, { atMs }: TraceEntry): StepTiming {
    const delayMs = Math.max(0, Math.round(atMs - (before?.atMs ?? 0)));
    const nodeId = this.#nodeId;
    const visit = this.#visits.get(nodeId) ?? 0;
    const place = { nodeId, ...(visit > 1 && { visit }) };
    switch (before?.type) {
      case 'prompt-started':
      case 'prompt-interrupted':
        return { kind: 'during-prompt', ...place, delayMs: 0 };
      case 'prompt-finished':
      case 'digit':
      case 'timer-fired':
        return { kind: 'prompt-end', ...place, delayMs };
      case 'recording-started':
        return { kind: 'prompt-end', ...place, delayMs: Math.min(delayMs, MESSAGE_MS) };
      case 'queued':
      case 'dialled':
        // At once, before whatever the world would do meanwhile.
        return { kind: 'at-node', ...place, delayMs: 0 };
      default:
        return nodeId === '' ? { kind: 'after', delayMs } : { kind: 'at-node', ...place, delayMs };
    }
  }

  /** A node with one output says nothing about the world. */
  #isOnlyWay(): boolean {
    const node = lookup(lookup(this.#project.flows, this.#flowId)?.nodes ?? {}, this.#nodeId);
    return node !== undefined && outputsOf(node).length < 2;
  }

  #plan(output: string): void {
    // What is answered here is known in full; a plan would go before it.
    if (lookup(this.#answers, this.#nodeId)) return;
    const key = this.#key();
    this.nodes.set(key, [...(this.nodes.get(key) ?? []), output]);
  }

  #answer(before: TraceEntry | null, { by, atMs }: Extract<TraceEntry, { type: 'answered' }>): void {
    this.#answered = true;
    const afterMs = Math.max(0, Math.round(atMs - (before?.atMs ?? atMs)));
    const key = this.#key();
    if (this.nodes.has(key)) this.#plan('answered');
    else if (before?.type === 'queued') {
      this.queues.set(before.queueId, { outcome: 'answered', afterMs, ...(by !== '' && { by }) });
    } else if (before?.type === 'dialled' && before.number === undefined) {
      for (const personId of before.people) this.people.set(personId, { outcome: 'no-answer' });
      this.people.set(by, { outcome: 'answered', afterMs: 1 });
    }
  }
}

/** Messages of simulated callers last longer than this. */
const MESSAGE_MS = 4000;

/** Entries that a way out follows without anything outside the flow having a say. */
const CALLERS_DOING: ReadonlySet<TraceEntry['type']> = new Set([
  'digit',
  'timer-fired',
  'prompt-finished',
  'prompt-interrupted',
  'prompt-failed',
]);
