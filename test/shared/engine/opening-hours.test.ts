import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOpenAt, nextChange } from '../../../shared/engine/opening-hours.ts';
import { ScheduleSchema } from '../../../shared/flow/schedule.ts';

const schedule = (part: object = {}) =>
  ScheduleSchema.parse({
    name: 'Office',
    timeZone: 'Europe/Warsaw',
    weekly: [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:00' })),
    ...part,
  });
const at = (utc: string) => Date.parse(`${utc}Z`);
const isOpen = (part: object, utc: string) => isOpenAt(schedule(part), at(utc));
const next = (part: object, utc: string) => {
  const change = nextChange(schedule(part), at(utc));
  return change && `${change.open ? 'open' : 'closed'} ${new Date(change.atMs).toISOString().slice(0, 16)}`;
};

test('a schedule of an older file has no holidays and no override', () => {
  expect(schedule()).toMatchObject({ holidays: {}, override: 'auto' });
});

test.each(['2026-02-29', '02-30', '13-01', '2026-1-1', '00-10', '2026-12-24 '])(
  '%s is no date of a holiday',
  (date) => {
    expect(ScheduleSchema.safeParse({ ...schedule(), holidays: { [date]: {} } }).success).toBe(false);
  },
);

describe('hours of the week', () => {
  // 5 January 2026 is a Monday; Warsaw is one hour ahead of UTC in winter.
  test.each([
    ['2026-01-05T07:59:59', false],
    ['2026-01-05T08:00', true],
    ['2026-01-05T15:59:59', true],
    ['2026-01-05T16:00', false],
    ['2026-01-04T10:00', false],
  ])('[SC2] at %s', (utc, open) => {
    expect(isOpen({}, utc)).toBe(open);
  });

  test('[SC2] by the zone of the schedule', () => {
    expect(isOpen({ timeZone: 'America/New_York' }, '2026-01-05T08:00')).toBe(false);
    expect(isOpen({ timeZone: 'America/New_York' }, '2026-01-05T21:59')).toBe(true);
  });

  test('[SC2] over midnight, belonging to the day on which they began', () => {
    const night = { weekly: [{ day: 7, from: '22:00', to: '06:00' }] };
    expect(isOpen(night, '2026-01-04T20:59')).toBe(false);
    expect(isOpen(night, '2026-01-04T21:00')).toBe(true);
    expect(isOpen(night, '2026-01-05T04:59')).toBe(true);
    expect(isOpen(night, '2026-01-05T05:00')).toBe(false);
    expect(isOpen(night, '2026-01-05T22:00')).toBe(false);
    expect(next(night, '2026-01-04T22:00')).toBe('closed 2026-01-05T05:00');
  });

  test('[SC2] to the end of the day, and never where both are equal', () => {
    expect(isOpen({ weekly: [{ day: 1, from: '00:00', to: '24:00' }] }, '2026-01-05T22:59:59')).toBe(true);
    expect(isOpen({ weekly: [{ day: 1, from: '00:00', to: '24:00' }] }, '2026-01-05T23:00')).toBe(false);
    expect(isOpen({ weekly: [{ day: 1, from: '10:00', to: '10:00' }] }, '2026-01-05T09:00')).toBe(false);
  });

  test('[SC2] never in a time zone that is not known, nor at what is no time', () => {
    expect(isOpen({ timeZone: 'Nowhere/Else' }, '2026-01-05T10:00')).toBe(false);
    expect(next({ timeZone: 'Nowhere/Else' }, '2026-01-05T10:00')).toBeNull();
    expect(isOpenAt(schedule(), Number.NaN)).toBe(false);
    expect(nextChange(schedule(), Number.NaN)).toBeNull();
  });
});

describe('an override', () => {
  test('[SC1] decides alone, and does not change by itself', () => {
    expect(isOpen({ override: 'open', timeZone: 'Nowhere/Else' }, '2026-01-04T03:00')).toBe(true);
    expect(isOpen({ override: 'closed' }, '2026-01-05T10:00')).toBe(false);
    expect(next({ override: 'open' }, '2026-01-05T10:00')).toBeNull();
  });
});

describe('holidays', () => {
  const holidays = {
    '12-25': { name: 'Christmas' },
    '2026-12-24': { hours: [{ from: '09:00', to: '12:00' }] },
    '12-24': {},
    '2026-01-10': { name: 'worked Saturday', hours: [{ from: '10:00', to: '14:00' }] },
  };

  test('[SC3] are closed, every year', () => {
    expect(isOpen({ holidays }, '2026-12-25T10:00')).toBe(false);
    expect(isOpen({ holidays }, '2028-12-25T10:00')).toBe(false);
  });

  test('[SC3] have hours of their own, also on a day off', () => {
    expect(isOpen({ holidays }, '2026-12-24T10:00')).toBe(true);
    expect(isOpen({ holidays }, '2026-12-24T11:00')).toBe(false);
    expect(isOpen({ holidays }, '2026-01-10T09:00')).toBe(true);
    expect(isOpen({ holidays }, '2026-01-17T09:00')).toBe(false);
  });

  test('[SC3] with a year win over those of every year', () => {
    expect(isOpen({ holidays }, '2026-12-24T08:00')).toBe(true);
    expect(isOpen({ holidays }, '2027-12-24T08:00')).toBe(false);
  });

  test('[SC3] are days of the local calendar', () => {
    const all = { weekly: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: '00:00', to: '24:00' })), holidays };
    expect(isOpen(all, '2026-12-24T22:59')).toBe(false);
    expect(isOpen(all, '2026-12-25T23:00')).toBe(true);
    expect(next(all, '2026-11-01T00:00')).toBe('closed 2026-12-23T23:00');
  });
});

describe('when the clock is changed', () => {
  // 29 March 2026, 02:00 → 03:00; 25 October 2026, 03:00 → 02:00. Both are Sundays.
  const sunday = (from: string, to: string) => ({ weekly: [{ day: 7, from, to }] });

  test('[SC4] 02:30 that does not exist: opening happens at the change', () => {
    expect(next(sunday('02:30', '05:00'), '2026-03-28T12:00')).toBe('open 2026-03-29T01:00');
    expect(isOpen(sunday('02:30', '05:00'), '2026-03-29T00:59:59')).toBe(false);
    expect(isOpen(sunday('02:30', '05:00'), '2026-03-29T01:00')).toBe(true);
  });

  test('[SC4] 02:30 that does not exist: closing happens at the change', () => {
    expect(next(sunday('01:00', '02:30'), '2026-03-29T00:30')).toBe('closed 2026-03-29T01:00');
  });

  test('[SC4] hours that lie in the gap are never', () => {
    expect(next(sunday('02:10', '02:50'), '2026-03-28T12:00')).toBe('open 2026-04-05T00:10');
  });

  test('[SC4] 02:30 that exists twice: open both times', () => {
    const twice = sunday('02:30', '02:45');
    expect(next(twice, '2026-10-24T12:00')).toBe('open 2026-10-25T00:30');
    expect(next(twice, '2026-10-25T00:30')).toBe('closed 2026-10-25T00:45');
    expect(next(twice, '2026-10-25T00:45')).toBe('open 2026-10-25T01:30');
    expect(next(twice, '2026-10-25T01:30')).toBe('closed 2026-10-25T01:45');
  });

  test('[SC4] closing at 02:30 that exists twice: open again when the clock is put back', () => {
    expect(next(sunday('01:00', '02:30'), '2026-10-25T00:30')).toBe('open 2026-10-25T01:00');
  });
});

describe('the next change', () => {
  test('[SC7] is found over nights, weekends and holidays', () => {
    expect(next({}, '2026-01-05T10:00')).toBe('closed 2026-01-05T16:00');
    expect(next({}, '2026-01-09T16:00')).toBe('open 2026-01-12T08:00');
    expect(next({ holidays: { '01-12': {} } }, '2026-01-09T16:00')).toBe('open 2026-01-13T08:00');
  });

  test('[SC7] is none where it is always open, or never', () => {
    expect(next({ weekly: [] }, '2026-01-05T10:00')).toBeNull();
    const always = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: '00:00', to: '24:00' }));
    expect(next({ weekly: always }, '2026-01-05T10:00')).toBeNull();
  });

  test('[SC7] the day before the clock changes does not hide what comes before that', () => {
    const sundays = schedule({ weekly: [{ day: 7, from: '00:00', to: '02:15' }] });
    const opening = Date.UTC(2026, 9, 24, 22);
    for (const from of [Date.UTC(2026, 9, 23), Date.UTC(2026, 9, 24, 12)]) {
      expect(nextChange(sundays, from)).toEqual({ atMs: opening, open: true });
    }
  });

  test('[SC7] agrees with a look at every quarter of an hour', () => {
    const time = (last: number) =>
      fc.tuple(fc.nat(last), fc.constantFrom('00', '15', '30')).map(([h, m]) => `${String(h).padStart(2, '0')}:${m}`);
    const weekly = fc.array(fc.record({ day: fc.integer({ min: 1, max: 7 }), from: time(23), to: time(23) }), {
      maxLength: 4,
    });
    const days = fc.constantFrom('2026-03-27', '2026-10-23', '2026-06-01');
    const zones = fc.constantFrom('Europe/Warsaw', 'America/New_York', 'Australia/Lord_Howe');
    const quarterMs = 900_000;
    fc.assert(
      fc.property(weekly, days, zones, (week, day, timeZone) => {
        const hours = schedule({ weekly: week, timeZone });
        const fromMs = at(`${day}T00:00`);
        const change = nextChange(hours, fromMs);
        const open = isOpenAt(hours, fromMs);
        let seenMs: number | undefined;
        for (let n = 1; n <= 4 * 96 && seenMs === undefined; n++) {
          if (isOpenAt(hours, fromMs + n * quarterMs) !== open) seenMs = fromMs + n * quarterMs;
        }
        if (seenMs !== undefined) expect(change?.atMs).toBe(seenMs);
        else if (change) expect(change.atMs).toBeGreaterThan(fromMs + 4 * 96 * quarterMs);
      }),
      { numRuns: 40 },
    );
  });
});
