const MINUTE_MS = 60_000;
/** More minutes than these are no help to anyone who waits. */
const MOST_MINUTES = 60;

interface Words {
  readonly position: (position: number) => string;
  /** `minutes` is undefined for more than an hour, and 0 for less than a minute. */
  readonly holdTime: (minutes: number | undefined) => string;
}

/**
 * What is written is what a voice reads well: Polish numbers agree with "minuta", which a speech engine does not know
 * of digits.
 */
const WORDS: Readonly<Record<'en' | 'pl', Words>> = {
  en: {
    position: (position) => `Your place in the queue: ${position}.`,
    holdTime: (minutes) => `Estimated waiting time: ${minutesEn(minutes)}.`,
  },
  pl: {
    position: (position) => `Twoje miejsce w kolejce: ${position}.`,
    holdTime: (minutes) => `Przewidywany czas oczekiwania: ${minutesPl(minutes)}.`,
  },
};

/** What an announcement says. */
export interface Announcement {
  /** Undefined: the place is not told. */
  readonly position: number | undefined;
  /** Undefined: the time is not told. */
  readonly remainingMs: number | undefined;
}

/** The text of an announcement (QA3); empty when there is nothing to tell. */
export function announcementText({ position, remainingMs }: Announcement, language: 'en' | 'pl'): string {
  const words = WORDS[language];
  const parts = [
    ...(position === undefined ? [] : [words.position(position)]),
    ...(remainingMs === undefined ? [] : [words.holdTime(minutesOf(remainingMs))]),
  ];
  return parts.join(' ');
}

function minutesOf(remainingMs: number): number | undefined {
  if (remainingMs < MINUTE_MS) return 0;
  const minutes = Math.ceil(remainingMs / MINUTE_MS);
  return minutes > MOST_MINUTES ? undefined : minutes;
}

function minutesEn(minutes: number | undefined): string {
  if (minutes === undefined) return 'more than an hour';
  if (minutes === 0) return 'less than a minute';
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}

const TENS_PL = ['', '', 'dwadzieścia ', 'trzydzieści ', 'czterdzieści ', 'pięćdziesiąt '];

function minutesPl(minutes: number | undefined): string {
  if (minutes === undefined) return 'ponad godzina';
  if (minutes === 0) return 'mniej niż minuta';
  if (minutes === 1) return 'jedna minuta';
  const [tens, ones] = [Math.floor(minutes / 10), minutes % 10];
  const isTeen = tens === 1;
  // Two is feminine here: "dwie", which digits would be read as "dwa".
  if (ones === 2 && !isTeen) return `${TENS_PL[tens] ?? ''}dwie minuty`;
  return `${minutes} ${(ones === 3 || ones === 4) && !isTeen ? 'minuty' : 'minut'}`;
}
