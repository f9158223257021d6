import { isTimeZone } from '../../lib/zoned-time.ts';
import type { Lower } from './table.ts';

/** Judges the time by a schedule of the project; without one the call goes on as when it is closed. */
export const lowerSchedule: Lower<'schedule'> = ({ data }, scope) => {
  const schedule = data.scheduleId === undefined ? undefined : scope.schedule(data.scheduleId);
  if (data.scheduleId === undefined) {
    scope.report('flow/no-schedule', 'No schedule is chosen: callers leave by "closed".');
  } else if (!schedule) {
    const message = 'The schedule is not in the project any more: callers leave by "closed".';
    scope.report('flow/unknown-schedule', message, { scheduleId: data.scheduleId });
  } else if (!isTimeZone(schedule.timeZone)) {
    const message = `The schedule "${schedule.name}" has an unknown time zone "${schedule.timeZone}": it is never open.`;
    scope.report('flow/unknown-time-zone', message, { schedule: schedule.name, timeZone: schedule.timeZone });
  }
  return {
    op: 'schedule',
    origin: scope.origin,
    scheduleId: schedule && data.scheduleId !== undefined ? data.scheduleId : null,
    open: scope.exit('open'),
    closed: scope.exit('closed'),
  };
};
