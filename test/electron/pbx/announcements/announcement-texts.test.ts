import { expect, test } from 'vitest';
import { announcementVoice } from '../../../../electron/pbx/announcements/announce-in-call.ts';
import { announcementText } from '../../../../electron/pbx/announcements/announcement-texts.ts';

const minutes = (count: number, language: 'en' | 'pl') =>
  announcementText({ position: undefined, remainingMs: count * 60_000 }, language).replace(/^[^:]+: /, '');

test('[QA3] the place, the time, both, nothing', () => {
  const told = { position: 3, remainingMs: 61_000 };
  expect(announcementText(told, 'en')).toBe('Your place in the queue: 3. Estimated waiting time: 2 minutes.');
  expect(announcementText(told, 'pl')).toBe('Twoje miejsce w kolejce: 3. Przewidywany czas oczekiwania: dwie minuty.');
  expect(announcementText({ position: 1, remainingMs: undefined }, 'pl')).toBe('Twoje miejsce w kolejce: 1.');
  expect(announcementText({ position: undefined, remainingMs: undefined }, 'en')).toBe('');
});

test('[QA3] minutes are rounded up; below one and above sixty there is no number', () => {
  expect([0, 0.5, 0.99, 1, 1.01, 60, 60.01].map((count) => minutes(count, 'en'))).toEqual([
    'less than a minute.',
    'less than a minute.',
    'less than a minute.',
    '1 minute.',
    '2 minutes.',
    '60 minutes.',
    'more than an hour.',
  ]);
});

test('[QA3] Polish numbers agree with the noun, as they are read', () => {
  expect(
    [0, 1, 2, 3, 4, 5, 11, 12, 13, 14, 20, 21, 22, 23, 24, 25, 32, 42, 52, 60, 61].map((n) => minutes(n, 'pl')),
  ).toEqual([
    'mniej niż minuta.',
    'jedna minuta.',
    'dwie minuty.',
    '3 minuty.',
    '4 minuty.',
    '5 minut.',
    '11 minut.',
    '12 minut.',
    '13 minut.',
    '14 minut.',
    '20 minut.',
    '21 minut.',
    'dwadzieścia dwie minuty.',
    '23 minuty.',
    '24 minuty.',
    '25 minut.',
    'trzydzieści dwie minuty.',
    'czterdzieści dwie minuty.',
    'pięćdziesiąt dwie minuty.',
    '60 minut.',
    'ponad godzina.',
  ]);
});

test('[QA4] the call’s language, else the project’s, else English; the voice is for the project’s language only', () => {
  const polish = { language: 'pl', speech: { voice: 'pl+f2', speed: 1.2 } };
  const plain = { kind: 'text', speed: 1.2, volume: 1 };
  expect(announcementVoice(polish, null)).toEqual({ ...plain, base: 'pl', language: 'pl', voice: 'pl+f2' });
  expect(announcementVoice(polish, 'en-GB')).toEqual({ ...plain, base: 'en', language: 'en-GB' });
  expect(announcementVoice(polish, 'de')).toEqual({ ...plain, base: 'pl', language: 'pl', voice: 'pl+f2' });
  expect(announcementVoice({ language: 'de', speech: { voice: 'de+m1' } }, null)).toEqual({
    kind: 'text',
    base: 'en',
    language: 'en',
    speed: 1,
    volume: 1,
  });
  // The voice's language may be another one than the project's.
  expect(announcementVoice({ language: 'en', speech: { language: 'pl-PL' } }, null)).toMatchObject({
    language: 'pl-PL',
  });
  expect(announcementVoice({}, 'pl')).toMatchObject({ base: 'pl', language: 'pl' });
});
