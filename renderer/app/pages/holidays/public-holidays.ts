import Holidays from 'date-holidays';
import { z } from 'zod';

/** A day off of a country, as a schedule takes it: `MM-DD` where it is the same every year, else `YYYY-MM-DD`. */
export interface PublicHoliday {
  readonly date: string;
  readonly name: string;
}

export interface Place {
  readonly code: string;
  readonly name: string;
}

/** What is read of the library's answer. `rule` is how the day is found, e.g. `12-24 since 2025` or `easter 60`. */
const FoundSchema = z.array(
  z.object({ date: z.string().min(10), name: z.string(), type: z.string(), rule: z.string() }),
);

/** A rule that gives the same day every year. */
const SAME_EVERY_YEAR = /^(\d\d-\d\d)(?: since \d{4})?$/;

/** Countries by name in `language`, as `date-holidays` has them. */
export function countries(language: string): readonly Place[] {
  return named(new Holidays().getCountries(language), language);
}

/** States or regions of a country that have days of their own; none in many. */
export function regions(country: string, language: string): readonly Place[] {
  return named(new Holidays().getStates(country, language), language);
}

/**
 * The public holidays of a country, or one region of it, in each of `years`; once where they are the same every year.
 * Named in `language` where the library knows that, else in the country's own. In the order of the year.
 */
export function publicHolidays(
  country: string,
  region: string | null,
  years: readonly number[],
  language: string,
): readonly PublicHoliday[] {
  const calendar = region === null ? new Holidays(country) : new Holidays(country, region);
  const days = new Map<string, PublicHoliday>();
  for (const year of years) {
    for (const found of FoundSchema.parse(calendar.getHolidays(year, language) || [])) {
      if (found.type !== 'public') continue;
      const yearly = SAME_EVERY_YEAR.exec(found.rule)?.[1];
      const date = yearly ?? found.date.slice(0, 10);
      // Two on one day are one day off.
      if (!days.has(date)) days.set(date, { date, name: found.name.slice(0, 100) });
    }
  }
  return [...days.values()].sort((a, b) => inYear(a).localeCompare(inYear(b)));
}

/** `2026-04-05` and `04-05` sort by month and day, then by year. */
const inYear = ({ date }: PublicHoliday) => `${date.slice(-5)} ${date}`;

function named(places: Readonly<Record<string, string>> | undefined, language: string): readonly Place[] {
  return Object.entries(places ?? {})
    .map(([code, name]) => ({ code, name }))
    .sort((a, b) => a.name.localeCompare(b.name, language));
}

/** Zones by which a country can be told; for others a person chooses. */
const COUNTRY_OF_ZONE: Readonly<Record<string, string>> = {
  'Europe/Warsaw': 'PL',
  'Europe/London': 'GB',
  'Europe/Dublin': 'IE',
  'Europe/Berlin': 'DE',
  'Europe/Vienna': 'AT',
  'Europe/Zurich': 'CH',
  'Europe/Prague': 'CZ',
  'Europe/Bratislava': 'SK',
  'Europe/Vilnius': 'LT',
  'Europe/Kyiv': 'UA',
  'Europe/Paris': 'FR',
  'Europe/Madrid': 'ES',
  'Europe/Rome': 'IT',
  'Europe/Amsterdam': 'NL',
  'Europe/Brussels': 'BE',
  'Europe/Stockholm': 'SE',
  'America/New_York': 'US',
  'America/Chicago': 'US',
  'America/Denver': 'US',
  'America/Los_Angeles': 'US',
  'America/Toronto': 'CA',
  'Australia/Sydney': 'AU',
};

/** The country that a schedule's time zone tells, or null. */
export function countryOfZone(timeZone: string): string | null {
  return COUNTRY_OF_ZONE[timeZone] ?? null;
}
