/**
 * Local time of IANA time zones, by the language's own tables (ECMA-402). A local time is written as the milliseconds
 * that the same date and time would be in UTC: arithmetic on days and minutes is then plain.
 */

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  const known = formats.get(timeZone);
  if (known) return known;
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
    return format;
  } catch {
    // RangeError: not the name of a time zone.
    return null;
  }
}

/** Whether local times of this zone are known. */
export function isTimeZone(timeZone: string): boolean {
  return formatOf(timeZone) !== null;
}

/**
 * The local time at an instant (ms since the epoch), to the second.
 * @returns null for a zone that is not known, and for what is no instant.
 */
export function localMsAt(instantMs: number, timeZone: string): number | null {
  const format = formatOf(timeZone);
  if (!format || Number.isNaN(new Date(instantMs).getTime())) return null;
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instantMs)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Local time minus UTC at an instant, in ms; 0 where there is none. */
export function offsetMsAt(instantMs: number, timeZone: string): number {
  const wholeSecondMs = Math.floor(instantMs / 1000) * 1000;
  return (localMsAt(wholeSecondMs, timeZone) ?? wholeSecondMs) - wholeSecondMs;
}

/** The instants at which the clock on the wall shows a local time: one, two when it is put back, none when put on. */
export function instantsOf(localMs: number, timeZone: string): readonly number[] {
  const dayMs = 86_400_000;
  const offsets = new Set([offsetMsAt(localMs - dayMs, timeZone), offsetMsAt(localMs + dayMs, timeZone)]);
  return [...offsets]
    .map((offsetMs) => localMs - offsetMs)
    .filter((instantMs) => localMsAt(instantMs, timeZone) === localMs)
    .sort((a, b) => a - b);
}

/** The instant between two at which the offset changes; null when it is the same at both. Whole seconds. */
export function offsetChangeBetween(fromMs: number, toMs: number, timeZone: string): number | null {
  const before = offsetMsAt(fromMs, timeZone);
  if (before === offsetMsAt(toMs, timeZone)) return null;
  let low = Math.floor(fromMs / 1000);
  let high = Math.ceil(toMs / 1000);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMsAt(middle * 1000, timeZone) === before) low = middle;
    else high = middle;
  }
  return high * 1000;
}
