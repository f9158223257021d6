import { describe, expect, it } from 'vitest';
import {
  countries,
  countryOfZone,
  publicHolidays,
  regions,
} from '../../../../../renderer/app/pages/holidays/public-holidays.ts';
import { HolidayDateSchema } from '../../../../../shared/flow/schedule.ts';

const dates = (...args: Parameters<typeof publicHolidays>) => publicHolidays(...args).map(({ date }) => date);

describe('public holidays', () => {
  it('of Poland: the days of the act on days off, those by Easter for each year', () => {
    expect(dates('PL', null, [2026, 2027], 'pl')).toEqual([
      '01-01',
      '01-06',
      '2027-03-28',
      '2027-03-29',
      '2026-04-05',
      '2026-04-06',
      '05-01',
      '05-03',
      '2027-05-16',
      '2026-05-24',
      '2027-05-27',
      '2026-06-04',
      '08-15',
      '11-01',
      '11-11',
      '12-24',
      '12-25',
      '12-26',
    ]);
  });

  it('are named in the language of the window where they can be', () => {
    const named = (language: string) =>
      publicHolidays('PL', null, [2026], language).find(({ date }) => date === '11-11')?.name;
    expect(named('pl')).toBe('Narodowe Święto Niepodległości');
    expect(named('en')).toMatch(/independence/i);
  });

  it('of Germany differ by state', () => {
    expect(dates('DE', 'BY', [2026], 'en')).toContain('01-06');
    expect(dates('DE', 'BE', [2026], 'en')).not.toContain('01-06');
    expect(regions('DE', 'en').map(({ code }) => code)).toContain('BY');
    expect(regions('PL', 'en')).toEqual([]);
  });

  it('of every country are days that a schedule takes', () => {
    for (const { code } of countries('en')) {
      for (const { date, name } of publicHolidays(code, null, [2028], 'en')) {
        expect(HolidayDateSchema.safeParse(date).success, `${code} ${date}`).toBe(true);
        expect(name.length, `${code} ${date}`).toBeGreaterThan(0);
      }
    }
  });

  it('know many countries, in both languages, and which one a time zone is in', () => {
    expect(countries('pl').find(({ code }) => code === 'DE')).toBeDefined();
    expect(countries('en').length).toBeGreaterThan(150);
    expect(countryOfZone('Europe/Warsaw')).toBe('PL');
    expect(countryOfZone('Etc/UTC')).toBeNull();
  });
});
