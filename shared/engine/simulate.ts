import { ManualClock } from '../lib/clock.ts';
import { SimulatedCall } from './driver.ts';
import type { CallInfo, TraceEntry } from './events.ts';
import type { FlowProgram } from './program.ts';
import type { FlowState } from './state.ts';
import type { CallerAction, World } from './world.ts';

/** A call to simulate. JSON only: a flow's tests are stored as such. */
export interface Script {
  readonly target: CallInfo['target'];
  readonly caller?: CallInfo['caller'];
  /** Wall clock at the start, ms since the epoch; without it 2026-01-05T09:00Z, a Monday. */
  readonly startedAtMs?: number;
  /** What the caller does, in any order; an action at the very time of something else comes first. */
  readonly actions?: readonly CallerAction[];
  readonly world?: World;
  /** When the caller gives up at the latest; without it after an hour. */
  readonly patienceMs?: number;
}

export interface Simulated {
  readonly trace: readonly TraceEntry[];
  /** The state at the end; its `wait` is always `ended`. */
  readonly state: FlowState;
}

const MONDAY_MORNING_MS = Date.UTC(2026, 0, 5, 9);
const HOUR_MS = 3_600_000;

/** Runs a whole call on a virtual clock, at once. Pure: the same script gives the same trace. */
export function simulate(program: FlowProgram, script: Script): Simulated {
  const { target, caller = { number: '' }, startedAtMs = MONDAY_MORNING_MS, patienceMs = HOUR_MS } = script;
  const clock = new ManualClock(startedAtMs);
  let call: SimulatedCall | undefined;
  for (const action of script.actions ?? []) {
    clock.after(action.atMs, () => ('key' in action ? call?.press(action.key) : call?.hangUp()));
  }
  clock.after(patienceMs, () => call?.hangUp());
  call = new SimulatedCall(program, { callId: 'simulated', caller, target, startedAtMs }, script.world ?? {}, clock);
  for (let dueMs = clock.nextDueMs; dueMs !== undefined && !call.hasEnded; dueMs = clock.nextDueMs) {
    clock.advance(dueMs - clock.nowMs());
  }
  return { trace: call.trace, state: call.state };
}
