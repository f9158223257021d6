import { z } from 'zod';

const DAY_MS = 86_400_000;

/** Whether a date is in the calendar; a yearly one counts when it is in some year (29 February is). */
function isCalendarDate(text: string): boolean {
  const date = text.length === 5 ? `2024-${text}` : text;
  const ms = Date.parse(`${date}T00:00Z`);
  return Number.isFinite(ms) && new Date(ms - (ms % DAY_MS)).toISOString().slice(0, 10) === date;
}

/** `2026-12-24`, or `12-24` for every year. */
export const HolidayDateSchema = z
  .string()
  .regex(/^(\d{4}-)?\d{2}-\d{2}$/, 'a date YYYY-MM-DD, or MM-DD for every year')
  .refine(isCalendarDate, 'a date that is in the calendar');

/** A time of opening. */
export const FromTimeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM');
/** A time of closing; 24:00 is the end of the day. */
export const ToTimeSchema = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'HH:MM');

/** From–to by the clock on the wall; to before from is over midnight (engine/SPEC.md, SC2). */
const hours = { from: FromTimeSchema, to: ToTimeSchema };
const HoursSchema = z.strictObject(hours);
export type Hours = z.infer<typeof HoursSchema>;

/** A day that differs from its week: closed, or with hours of its own. */
export const HolidaySchema = z.strictObject({
  name: z.string().max(100).default(''),
  hours: z.array(HoursSchema).default([]),
});
export type Holiday = z.infer<typeof HolidaySchema>;

/** Opening hours; meaning: engine/SPEC.md, rules SC*. */
export const ScheduleSchema = z.strictObject({
  name: z.string().min(1).max(100),
  /** IANA name, e.g. `Europe/Warsaw`. */
  timeZone: z.string().min(1).max(64),
  weekly: z.array(
    z.strictObject({
      /** 1 = Monday … 7 = Sunday. */
      day: z.number().int().min(1).max(7),
      ...hours,
    }),
  ),
  /** By date; a date wins over the same day of every year. */
  holidays: z.record(HolidayDateSchema, HolidaySchema).default({}),
  /** By hand, over everything else. */
  override: z.enum(['auto', 'open', 'closed']).default('auto'),
});
export type Schedule = z.infer<typeof ScheduleSchema>;
