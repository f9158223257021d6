import type { Schedule } from '../../flow/schedule.ts';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * The schedule that is open when a `GotoIfTime` leads away (pbx.c, ast_build_timing): times, week days, days of the
 * month, months, each `*`, one, or a range. Undefined where it has no translation: days of a month without the month.
 */
export function scheduleOf(timing: string, timeZone: string): Schedule | undefined {
  const [times = '*', weekDays = '*', monthDays = '*', months = '*', zone = ''] = timing
    .split(/[,|]/)
    .map((part) => part.trim().toLowerCase());
  const hours = hoursOf(times);
  const days = rangeOf(weekDays, DAYS);
  if (!hours || !days) return undefined;
  const name = [times, weekDays, monthDays, months].filter((part) => part !== '*').join(' ') || '*';
  const schedule = { name: name.slice(0, 90), timeZone: zone === '' ? timeZone : zone, override: 'auto' } as const;
  if (monthDays === '*' && months === '*') {
    const weekly = days.flatMap((day) => hours.map((span) => ({ day: day + 1, ...span })));
    return { ...schedule, weekly, holidays: {} };
  }
  // Certain days of the year: open on these only, whatever the day of the week.
  const month = rangeOf(months, MONTHS);
  const dates = rangeOf(
    monthDays,
    Array.from({ length: 31 }, (_, day) => String(day + 1)),
  );
  if (weekDays !== '*' || months === '*' || !month || !dates) return undefined;
  const holidays = month.flatMap((inYear) =>
    dates
      .filter((date) => date < new Date(Date.UTC(2024, inYear + 1, 0)).getUTCDate())
      .map((date) => [`${two(inYear + 1)}-${two(date + 1)}`, { name: '', hours }] as const),
  );
  return { ...schedule, weekly: [], holidays: Object.fromEntries(holidays) };
}

const two = (number: number) => String(number).padStart(2, '0');

/** The last minute belongs to the range: `9:00-16:59` ends when it is 17:00. */
function hoursOf(times: string): { from: string; to: string }[] | undefined {
  if (times === '*') return [{ from: '00:00', to: '24:00' }];
  const [, fromHour, fromMinute, toHour, toMinute] = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/.exec(times) ?? [];
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const last = Number(toHour) * 60 + Number(toMinute);
  if (!(from < 1440 && last <= 1440)) return undefined;
  // An end on a full hour is meant as the end, 16:59 as "until 17:00".
  const to = last % 10 === 9 ? last + 1 : last;
  return [{ from: clock(from), to: clock(to) }];
}

function clock(minutes: number): string {
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Indexes of a range of names, around the end where it is written so (`fri-mon`); undefined when a name is unknown. */
function rangeOf(text: string, names: readonly string[]): number[] | undefined {
  if (text === '*' || text === '') return names.map((_, index) => index);
  const found: number[] = [];
  for (const part of text.split('&')) {
    const [from, to] = part.split('-').map((name) =>
      names.indexOf(
        name
          .trim()
          .replace(/^0(?=\d)/, '')
          .slice(0, 3),
      ),
    );
    if (from === undefined || from < 0 || (to !== undefined && to < 0)) return undefined;
    for (let index = from; ; index = (index + 1) % names.length) {
      found.push(index);
      if (index === (to ?? from)) break;
    }
  }
  return found;
}
