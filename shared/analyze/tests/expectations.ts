import type { FlowProgram } from '../../engine/program.ts';
import type { Project } from '../../flow/project.ts';
import type { Destination, ProjectTest } from '../../flow/project-test.ts';
import { lookup } from '../../lib/record.ts';
import { sameJson } from '../../lib/same-json.ts';
import { destinationsOf, reachedMs, saidIn, type Visit, variablesOf, visitsIn } from './call-facts.ts';
import type { TestCall } from './run-call.ts';

/** What of a test was not so. */
export interface Failure {
  readonly expectation: 'target' | 'steps' | 'visits' | 'destination' | 'hears' | 'withinMs' | 'variables';
  /** In English: what was expected, and what happened instead. */
  readonly message: string;
}

/** Compares a call with what its test expects (SPEC.md, TS4–TS8), in the order a person would look. */
export function failuresOf(project: Project, program: FlowProgram, test: ProjectTest, call: TestCall): Failure[] {
  const { visits, destination, hears, withinMs, variables } = test.expect;
  const { trace, state } = call;
  const failures: Failure[] = [];
  const fail = (expectation: Failure['expectation'], message: string) => failures.push({ expectation, message });

  if (!targetExists(program, test)) fail('target', 'The number or flow that the test calls is not in the project.');
  const step = test.steps[call.stepsDone];
  if (step) {
    const what = step.kind === 'press' ? `press ${step.keys.join(' ')}` : step.kind.replaceAll('-', ' ');
    fail('steps', `The caller could not do step ${call.stepsDone + 1} (${what}): the call was over before its time.`);
  }
  const entered = visitsIn(trace);
  const missing = firstMissing(visits ?? [], entered, (name, { flowId, nodeId }) =>
    name.includes('/') ? name === `${flowId}/${nodeId}` : name === nodeId,
  );
  if (missing !== null) {
    const names = entered.map((visit) => nodeName(project, visit)).join(' → ') || 'no node at all';
    fail('visits', `The call should have come to ${named(project, visits ?? [], missing)}; it went: ${names}.`);
  }
  if (destination) {
    const reached = destinationsOf(trace);
    if (!reached.some((one) => sameJson(one, destination))) {
      const got = reached.map((one) => describe(project, one)).join(', then ') || 'nowhere: the caller hung up';
      fail('destination', `The call should have got to ${describe(project, destination)}; it got to ${got}.`);
    }
  }
  const said = saidIn(program, trace);
  const unheard = firstMissing(hears ?? [], said, (part, text) => text.includes(part));
  if (unheard !== null) {
    const all = said.map((text) => `"${text}"`).join(', ') || 'nothing';
    fail(
      'hears',
      `The caller should have heard "${(hears ?? [])[unheard]}"${unheard > 0 ? ' next' : ''}; was told: ${all}.`,
    );
  }
  if (withinMs !== undefined && reachedMs(trace) > withinMs) {
    fail(
      'withinMs',
      `The call should have been there within ${seconds(withinMs)}; it took ${seconds(reachedMs(trace))}.`,
    );
  }
  for (const [name, value] of Object.entries(variables ?? {})) {
    const actual = lookup(variablesOf(state), name);
    if (!sameJson(actual, value)) {
      const is = actual === undefined ? 'it was never set' : `it was ${JSON.stringify(actual)}`;
      fail('variables', `The variable "${name}" should have been ${JSON.stringify(value)}; ${is}.`);
    }
  }
  return failures;
}

function targetExists(program: FlowProgram, { target }: ProjectTest): boolean {
  const known =
    target.kind === 'number' ? lookup(program.numbers, target.numberId) : lookup(program.flows, target.flowId);
  return known !== undefined;
}

/** Index of the first that does not follow the one before it; null when all do. */
function firstMissing<Item>(
  wanted: readonly string[],
  items: readonly Item[],
  fits: (want: string, item: Item) => boolean,
): number | null {
  let from = 0;
  for (const [index, want] of wanted.entries()) {
    const at = items.findIndex((item, place) => place >= from && fits(want, item));
    if (at < 0) return index;
    from = at + 1;
  }
  return null;
}

/** What people call a node; its id where it has no name or is gone. */
export function nodeName(project: Project, { flowId, nodeId }: Visit): string {
  return lookup(lookup(project.flows, flowId)?.nodes ?? {}, nodeId)?.name || nodeId;
}

function named(project: Project, visits: readonly string[], index: number): string {
  const name = (id: string | undefined) => {
    const [nodeId = '', flowId] = (id ?? '').split('/').reverse();
    const flow = flowId ?? Object.keys(project.flows).find((one) => lookup(project.flows[one]?.nodes ?? {}, nodeId));
    return `"${nodeName(project, { flowId: flow ?? '', nodeId })}"`;
  };
  return index === 0 ? name(visits[0]) : `${name(visits[index])} after ${name(visits[index - 1])}`;
}

function describe(project: Project, destination: Destination): string {
  switch (destination.kind) {
    case 'person':
      return lookup(project.people, destination.personId)?.name ?? `somebody unknown (${destination.personId})`;
    case 'queue':
      return `the queue "${lookup(project.queues, destination.queueId)?.name ?? destination.queueId}"`;
    case 'hang-up':
      return `a hang-up (${destination.cause})`;
    case 'default-handling':
      return 'the default handling of the number';
    case 'voicemail':
      return 'a voicemail';
    case 'external':
      return 'an external number';
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
