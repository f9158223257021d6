import type { CallInfo, Effect, EngineEvent, EventWithoutTime, TraceEntry } from '../../engine/events.ts';
import { type Outcome, outcomes } from '../../engine/outcomes.ts';
import type { FlowProgram } from '../../engine/program.ts';
import { type Script, simulate } from '../../engine/simulate.ts';
import { type StepResult, start, step } from '../../engine/step.ts';
import { type CallerAction, playing, type ScriptedAnswer } from '../../engine/world.ts';
import { type Path, traceOf } from './graph.ts';

/** A call that shows something: run by `simulate`, it goes this way. */
export interface Witness {
  readonly script: Script;
  /** What happens at each wait, as of `outcomes`. */
  readonly outcomes: readonly string[];
}

/** How long a caller takes for a key, and whatever answers at once for that. */
const QUICK_MS = 200;
/** Something that comes too late to matter. */
const LATE_MS = 10_000;
/** Schedules that are asked more than once may need another day; this many are tried. */
const MAX_STARTS = 100;
const YEAR_MS = 370 * 86_400_000;

/**
 * Makes a script of a path, at a time when its schedules are as the path needs them, and replays it (SPEC.md, EX4).
 * @returns null where no start within a year makes a call go this way: schedules contradict each other.
 */
export function witnessOf(program: FlowProgram, path: Path): Witness | null {
  let { startedAtMs } = path.call;
  for (let tried = 0; tried < MAX_STARTS; tried++) {
    const walked = walk(program, { ...path.call, startedAtMs }, path.outcomes);
    if (walked === null) return null;
    if ('laterMs' in walked) {
      startedAtMs += walked.laterMs;
      if (startedAtMs - path.call.startedAtMs > YEAR_MS) return null;
      continue;
    }
    const witness = { script: walked.script, outcomes: path.outcomes };
    return goesThatWay(simulate(program, walked.script).trace, walked.trace) ? witness : null;
  }
  return null;
}

/** Whether a trace begins as another one, whatever the times. */
function goesThatWay(trace: readonly TraceEntry[], expected: readonly TraceEntry[]): boolean {
  return expected.every((entry, index) => {
    const other = trace[index];
    return other !== undefined && JSON.stringify({ ...other, atMs: 0 }) === JSON.stringify({ ...entry, atMs: 0 });
  });
}

interface Walked {
  readonly script: Script;
  readonly trace: readonly TraceEntry[];
}

/** Goes a path at the pace of a real call. `laterMs`: it would go on this way in a call that started so much later. */
function walk(program: FlowProgram, call: CallInfo, path: readonly string[]): Walked | { laterMs: number } | null {
  const actions: CallerAction[] = [];
  const answers: Record<string, ScriptedAnswer> = {};
  const trace: TraceEntry[] = [];
  let playMs = 0;
  let { state }: StepResult = note(start(program, call));

  function note(result: StepResult): StepResult {
    trace.push(...traceOf(result.effects));
    playMs = lastPlayMs(program, result.effects);
    return result;
  }

  for (const id of path) {
    const possible = outcomes(program, state);
    const outcome = possible.find((one) => one.id === id);
    if (!outcome) return null;
    const { event } = outcome;
    if (event.type === 'time' && event.wallMs !== undefined && event.wallMs > call.startedAtMs + state.atMs) {
      return { laterMs: event.wallMs - call.startedAtMs - state.atMs };
    }
    const delayMs = delayOf(event, state.atMs, playMs);
    const action = actionOf(event, state.atMs + delayMs);
    if (action) {
      actions.push(action);
      holdUp(possible, playMs, answers);
    } else {
      const effectId = effectOf(event);
      if (effectId !== undefined) answers[effectId] = { afterMs: delayMs, event: withoutTime(event) };
    }
    ({ state } = note(step(program, state, { ...event, atMs: state.atMs + delayMs })));
  }
  const { caller, target, startedAtMs } = call;
  const world = { talkMs: QUICK_MS, ...(Object.keys(answers).length > 0 && { answers }) };
  return { script: { target, caller, startedAtMs, actions, world, patienceMs: state.atMs + QUICK_MS * 2 }, trace };
}

function lastPlayMs(program: FlowProgram, effects: readonly Effect[]): number {
  const play = effects.findLast((effect) => effect.type === 'play');
  return play ? playing({}, program, play.prompts).durationMs : 0;
}

function delayOf(event: EngineEvent, nowMs: number, playMs: number): number {
  switch (event.type) {
    case 'prompt-finished':
      return playMs;
    case 'prompt-failed':
    case 'time':
      return 0;
    default:
      return Math.max(event.atMs - nowMs, QUICK_MS);
  }
}

/** What the caller does for an event, if it is the caller's. */
function actionOf(event: EngineEvent, atMs: number): CallerAction | null {
  if (event.type === 'digit') return { atMs, key: event.digit };
  if (event.type === 'caller-hung-up') return { atMs, hangUp: true };
  if ('key' in event && event.key !== undefined) return { atMs, key: event.key };
  return null;
}

/** The caller is quicker than what would else happen here. */
function holdUp(possible: readonly Outcome[], playMs: number, answers: Record<string, ScriptedAnswer>): void {
  for (const { event } of possible) {
    if (event.type === 'prompt-finished' && playMs > QUICK_MS) return;
    const effectId = actionOf(event, 0) ? undefined : effectOf(event);
    if (effectId === undefined) continue;
    answers[effectId] = { afterMs: LATE_MS, event: withoutTime(event) };
    return;
  }
}

/** The effect that an event answers; none for time that passes by itself and for a talk's end. */
function effectOf(event: EngineEvent): string | undefined {
  if (event.type === 'timer' || event.type === 'time') return undefined;
  const answered = Object.entries(event).find(
    ([name, value]) => name.endsWith('Id') && /^[a-z]+-\d+$/.test(`${value}`),
  );
  return answered?.[1] as string | undefined;
}

function withoutTime(event: EngineEvent): EventWithoutTime {
  const { atMs: _, ...rest } = event;
  return rest;
}
