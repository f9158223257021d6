import { describe, expect, it } from 'vitest';
import { ScheduleSchema } from '../../../../shared/flow/schedule.ts';
import { scheduleOf } from '../../../../shared/import/asterisk/times.ts';

/** A schedule as `days from-to` and dates. */
function shown(timing: string): string | undefined {
  const schedule = scheduleOf(timing, 'Europe/Warsaw');
  if (!schedule) return undefined;
  const { weekly, holidays } = ScheduleSchema.parse(schedule);
  const spans = Map.groupBy(weekly, ({ from, to }) => `${from}-${to}`);
  return [
    ...[...spans].map(([span, days]) => `${days.map(({ day }) => day).join('')} ${span}`),
    ...Object.keys(holidays),
  ].join(' ');
}

describe('times of GotoIfTime', () => {
  it.each([
    ['9:00-16:59,mon-fri,*,*', '12345 09:00-17:00'],
    ['9:00-17:00|mon&wed|*|*', '13 09:00-17:00'],
    ['*,sat-mon,*,*', '671 00:00-24:00'],
    ['22:00-5:59,*,*,*', '1234567 22:00-06:00'],
    ['00:00-23:59,sun,*,*', '7 00:00-24:00'],
    ['*,*,24-26,dec', '12-24 12-25 12-26'],
    ['*,*,31,apr-may', '05-31'],
    ['*,*,1,jan,Europe/London', '01-01'],
  ])('%s is %s', (timing, expected) => expect(shown(timing)).toBe(expected));

  it.each(['9-17,mon-fri,*,*', '*,xyz,*,*', '*,mon,1,jan', '*,*,1,*', '25:00-26:00,*,*,*'])(
    '%s has no translation',
    (timing) => {
      expect(shown(timing)).toBeUndefined();
    },
  );
});
