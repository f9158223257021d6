import { SimulatedCall } from '../../engine/driver.ts';
import type { CallInfo, TraceEntry } from '../../engine/events.ts';
import type { FlowProgram } from '../../engine/program.ts';
import type { FlowState } from '../../engine/state.ts';
import type { World } from '../../engine/world.ts';
import type { ProjectTest } from '../../flow/project-test.ts';
import { ManualClock } from '../../lib/clock.ts';
import { instantsOf, isTimeZone, offsetMsAt } from '../../lib/zoned-time.ts';
import { ScriptedCaller } from './scripted-caller.ts';

/** What a call is taken for that says nothing of its time: a Monday. */
export const MONDAY_MORNING_MS = Date.UTC(2026, 0, 5, 9);
/** How long people talk in tests. */
const TALK_MS = 1000;
/** When a caller who has nothing more to do gives up. */
const PATIENCE_MS = 3_600_000 * 2;

export interface TestCall {
  readonly trace: readonly TraceEntry[];
  readonly state: FlowState;
  /** How many of the test's steps were done. */
  readonly stepsDone: number;
}

/** Runs the call of a test on a virtual clock, at once. Pure. */
export function runCall(program: FlowProgram, test: ProjectTest, timeZone: string): TestCall {
  const startedAtMs = startOf(test.startsAt, timeZone);
  const clock = new ManualClock(startedAtMs);
  const caller = { number: test.caller.number, ...(test.caller.name === undefined ? {} : { name: test.caller.name }) };
  const info: CallInfo = { callId: 'test', caller, target: test.target, startedAtMs };
  const call = new SimulatedCall(program, info, worldOf(test), clock);
  clock.after(PATIENCE_MS, () => call.hangUp());
  const scripted = new ScriptedCaller(program, call, clock, test.steps);
  for (;;) {
    scripted.look();
    const dueMs = clock.nextDueMs;
    if (call.hasEnded || dueMs === undefined) break;
    clock.advance(dueMs - clock.nowMs());
  }
  return { trace: call.trace, state: call.state, stepsDone: scripted.done };
}

/** TS2: the instant of a local time; the earlier one of two, and where there is none, as the clock stood before. */
function startOf(local: string | undefined, timeZone: string): number {
  if (local === undefined) return MONDAY_MORNING_MS;
  const localMs = Date.parse(`${local}Z`);
  if (!isTimeZone(timeZone)) return localMs;
  return instantsOf(localMs, timeZone)[0] ?? localMs - offsetMsAt(localMs - 86_400_000, timeZone);
}

/** The world of a test, without members that have no value. */
function worldOf({ world }: ProjectTest): World {
  return { ...(JSON.parse(JSON.stringify(world)) as World), talkMs: TALK_MS };
}
