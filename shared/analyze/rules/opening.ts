import type { Schedule } from '../../flow/schedule.ts';
import { sortedEntries } from '../../lib/record.ts';
import type { Rule } from './rule.ts';

const DAY_MINUTES = 1440;
const WEEK_DAYS = 7;

/** CK9: a schedule that never opens, or never closes, unless by hand. */
export const opening: Rule = ({ project, report }) => {
  for (const [scheduleId, schedule] of sortedEntries(project.schedules)) {
    const { name } = schedule;
    const params = { schedule: name, scheduleId };
    if (neverOpens(schedule)) {
      report('check/never-opens', { message: `The schedule "${name}" is never open: it has no hours.`, params });
    } else if (neverCloses(schedule)) {
      report('check/never-closes', { message: `The schedule "${name}" is always open.`, params });
    }
  }
};

function neverOpens({ weekly, holidays }: Schedule): boolean {
  const all = [...weekly, ...Object.values(holidays).flatMap(({ hours }) => hours)];
  return all.every(({ from, to }) => from === to);
}

/** Whether every minute of every day is open; a holiday that is closed for a minute closes. */
function neverCloses({ weekly, holidays }: Schedule): boolean {
  const open = new Uint8Array(WEEK_DAYS * DAY_MINUTES);
  for (const { day, from, to } of weekly) {
    const begin = (day - 1) * DAY_MINUTES + minutes(from);
    const length = minutes(to) - minutes(from);
    // engine/SPEC.md, SC2: `to` before `from` goes on over midnight.
    for (let i = 0; i < (length < 0 ? length + DAY_MINUTES : length); i++) open[(begin + i) % open.length] = 1;
  }
  const wholeDay = ({ hours }: Schedule['holidays'][string]) =>
    hours.some(({ from, to }) => from === '00:00' && to === '24:00');
  return open.every((minute) => minute === 1) && Object.values(holidays).every(wholeDay);
}

function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
