import { callerClasses } from '../../engine/caller-classes.ts';
import type { EngineEvent } from '../../engine/events.ts';
import { lowerProject } from '../../engine/lower/index.ts';
import { type Outcome, outcomes } from '../../engine/outcomes.ts';
import type { FlowProgram, Origin } from '../../engine/program.ts';
import { start, step } from '../../engine/step.ts';
import { outputsOf } from '../../flow/catalogue.ts';
import type { Id } from '../../flow/ids.ts';
import type { Project } from '../../flow/project.ts';
import { type ProjectTest, ProjectTestSchema, type TestStep } from '../../flow/project-test.ts';
import { contentHash } from '../../lib/content-hash.ts';
import { lookup } from '../../lib/record.ts';
import { type Place, placeKey } from '../explore/facts.ts';
import { type Path, pathTo } from '../explore/graph.ts';
import { exploreTarget, targetsOf } from '../explorer.ts';
import { nodeName } from '../names.ts';
import { wayOf } from './coverage.ts';
import { expectTrace } from './expect-trace.ts';
import { runCall } from './run-call.ts';

export interface Generated {
  /** One for each output that can be taken, by new ids. */
  readonly tests: Readonly<Record<Id, ProjectTest>>;
  /** Outputs that no test was found for: never taken, beyond the limit, or at contradicting times only. */
  readonly without: readonly Place[];
}

/** States of one target that are looked at. */
const MAX_STATES = 50_000;

/**
 * Makes tests out of what the explorer finds: one for each output of each node that calls can take, which expects what
 * the call does now (SPEC.md, TS12). `isWanted` leaves outputs out, such as those that are covered already.
 */
export function generateTests(project: Project, isWanted: (place: Place) => boolean = () => true): Generated {
  const { program } = lowerProject(project);
  const callers = callerClasses(program);
  const open = new Map<string, Place>();
  for (const [flowId, { nodes }] of Object.entries(project.flows)) {
    for (const [nodeId, node] of Object.entries(nodes)) {
      for (const { id: output } of outputsOf(node)) {
        const place = { flowId, nodeId, output };
        if (isWanted(place)) open.set(placeKey(place), place);
      }
    }
  }
  const tests: Record<Id, ProjectTest> = {};
  for (const target of targetsOf(program)) {
    if (open.size === 0) break;
    const { facts, graph } = exploreTarget(program, target, { callers, maxStates: MAX_STATES });
    for (const [key, { place, path }] of facts.taken) {
      if (!open.has(key)) continue;
      const test = testOf(project, program, pathTo(graph, path.index, path.further), place);
      if (!test) continue;
      tests[`auto-${contentHash(key).slice(0, 12)}`] = test;
      open.delete(key);
    }
  }
  return { tests, without: [...open.values()] };
}

/** A test that goes a path, checked by running it; null where it goes another way. */
function testOf(project: Project, program: FlowProgram, path: Path, place: Place): ProjectTest | null {
  const steps: TestStep[] = [];
  const nodes: Record<string, string[]> = {};
  let { state } = start(program, path.call);
  for (const id of path.outcomes) {
    const possible = outcomes(program, state);
    const outcome = possible.find((one) => one.id === id);
    if (!outcome || state.wait.kind === 'ended') return null;
    const origin = lookup(program.ops, state.wait.opId)?.origin ?? { flowId: '', nodeId: '' };
    const step_ = stepFor(outcome.event, possible, origin);
    if (step_ === 'answer') {
      const key = origin.flowId === '' ? origin.nodeId : `${origin.flowId}/${origin.nodeId}`;
      nodes[key] = [...(nodes[key] ?? []), id];
    } else if (step_ !== null) {
      steps.push(step_);
    }
    ({ state } = step(program, state, outcome.event));
  }
  const { caller, target } = path.call;
  const name = `${nodeName(project, place)}: ${place.output}`.slice(0, 200);
  const parsed = ProjectTestSchema.safeParse({ name, target, caller, steps, world: { nodes } });
  if (!parsed.success) return null;
  const call = runCall(program, parsed.data, project.settings.timeZone);
  if (call.stepsDone < steps.length || !wayOf(call.trace).includes(placeKey(place))) return null;
  return { ...parsed.data, expect: expectTrace(program, call.trace) };
}

/** What the caller does for an event; null for what happens by itself, `answer` for what the world has a say in. */
function stepFor(event: EngineEvent, possible: readonly Outcome[], { nodeId }: Origin): TestStep | 'answer' | null {
  if (event.type === 'prompt-finished') return null;
  if (event.type === 'timer') return { kind: 'stay-silent' };
  const key = event.type === 'digit' ? event.digit : 'key' in event ? event.key : undefined;
  if (key === undefined) return 'answer';
  const isSpeaking = possible.some((one) => one.event.type === 'prompt-finished');
  return {
    kind: 'press',
    keys: [key],
    when: { kind: isSpeaking ? 'during-prompt' : 'prompt-end', nodeId, delayMs: 0 },
  };
}
