import { lookup } from '../../lib/record.ts';
import type { EngineEvent } from '../events.ts';
import { isOpenAt } from '../opening-hours.ts';
import type { Op, OpId } from '../program.ts';
import type { Wait } from '../state.ts';
import type { Next, Turn } from '../turn.ts';

type ScheduleOp = Extract<Op, { op: 'schedule' }>;
type Judging = Extract<Wait, { kind: 'schedule' }>;

/** SC5, SC6: asks for the time; without a schedule there is nothing to judge. */
export function enterSchedule(turn: Turn, opId: OpId, op: ScheduleOp): Next {
  if (op.scheduleId === null || !lookup(turn.program.schedules, op.scheduleId)) {
    return { kind: 'go', origin: op.origin, exit: op.closed };
  }
  const timeId = turn.newId('time');
  turn.do({ type: 'time', timeId });
  return { kind: 'schedule', opId, timeId };
}

/** SC5: goes on by the opening hours at that time. */
export function onSchedule(turn: Turn, op: ScheduleOp, wait: Judging, event: EngineEvent): Next | null {
  if (event.type !== 'time' || event.timeId !== wait.timeId) return null;
  const hours = op.scheduleId === null ? undefined : lookup(turn.program.schedules, op.scheduleId);
  const isOpen = hours !== undefined && isOpenAt(hours, event.wallMs ?? turn.call.startedAtMs + turn.atMs);
  return { kind: 'go', origin: op.origin, exit: isOpen ? op.open : op.closed };
}
