import type { Hours, Schedule } from '../flow/schedule.ts';
import { lookup } from '../lib/record.ts';
import { instantsOf, localMsAt, offsetChangeBetween } from '../lib/zoned-time.ts';

/** What decides whether a schedule is open. */
export type OpeningHours = Pick<Schedule, 'timeZone' | 'weekly' | 'holidays' | 'override'>;

/** Open or closed from an instant on. */
export interface Change {
  readonly atMs: number;
  readonly open: boolean;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A little more than a year, so that every yearly day is in it. */
const HORIZON_DAYS = 370;

/** SC1–SC4: whether it is open at an instant (ms since the epoch). Total: an unknown time zone is never open. */
export function isOpenAt(hours: OpeningHours, instantMs: number): boolean {
  if (hours.override !== 'auto') return hours.override === 'open';
  const localMs = localMsAt(instantMs, hours.timeZone);
  if (localMs === null) return false;
  const dayMs = startOfDay(localMs);
  const minutes = (localMs - dayMs) / MINUTE_MS;
  const today = hoursOn(hours, dayMs).some(({ from, to }) =>
    toMinutes(from) <= toMinutes(to)
      ? toMinutes(from) <= minutes && minutes < toMinutes(to)
      : minutes >= toMinutes(from),
  );
  // SC2: what goes on over midnight belongs to the day on which it began.
  return today || hoursOn(hours, dayMs - DAY_MS).some((one) => isOverMidnight(one) && minutes < toMinutes(one.to));
}

/**
 * When it changes next after an instant: from open to closed, or the other way round. Null when it does not within a
 * year: overridden by hand, always open, never open.
 */
export function nextChange(hours: OpeningHours, instantMs: number): Change | null {
  const localMs = hours.override === 'auto' ? localMsAt(instantMs, hours.timeZone) : null;
  if (localMs === null) return null;
  const open = isOpenAt(hours, instantMs);
  const todayMs = startOfDay(localMs);
  for (let day = 0; day <= HORIZON_DAYS; day++) {
    for (const atMs of boundariesOf(hours, todayMs + day * DAY_MS)) {
      if (atMs > instantMs && isOpenAt(hours, atMs) !== open) return { atMs, open: !open };
    }
  }
  return null;
}

/** Instants of a local day at which something may change, in order. */
function boundariesOf(hours: OpeningHours, dayMs: number): readonly number[] {
  const minutes = new Set([0]);
  for (const { from, to } of hoursOn(hours, dayMs)) minutes.add(toMinutes(from)).add(toMinutes(to));
  for (const one of hoursOn(hours, dayMs - DAY_MS)) if (isOverMidnight(one)) minutes.add(toMinutes(one.to));
  const instants = [...minutes].flatMap((minute) => instantsOf(dayMs + minute * MINUTE_MS, hours.timeZone));
  // SC4: a time that is left out is passed at the moment when the clock is put on.
  const clockChangeMs = offsetChangeBetween(dayMs - DAY_MS, dayMs + 2 * DAY_MS, hours.timeZone);
  // Only on the day it falls on: an earlier day would have it before what happens on the days in between.
  const changeLocalMs = clockChangeMs === null ? null : localMsAt(clockChangeMs, hours.timeZone);
  const isToday = changeLocalMs !== null && startOfDay(changeLocalMs) === dayMs;
  return (clockChangeMs !== null && isToday ? [...instants, clockChangeMs] : instants).sort((a, b) => a - b);
}

/** SC3: hours of a local day: a holiday's own, the dated one before the yearly one, else the week's. */
function hoursOn({ weekly, holidays }: OpeningHours, dayMs: number): readonly Hours[] {
  const date = new Date(dayMs).toISOString().slice(0, 10);
  const holiday = lookup(holidays, date) ?? lookup(holidays, date.slice('YYYY-'.length));
  if (holiday) return holiday.hours;
  const weekday = new Date(dayMs).getUTCDay() || 7;
  return weekly.filter(({ day }) => day === weekday);
}

function startOfDay(localMs: number): number {
  return Math.floor(localMs / DAY_MS) * DAY_MS;
}

function isOverMidnight({ from, to }: Hours): boolean {
  return toMinutes(to) < toMinutes(from);
}

function toMinutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
