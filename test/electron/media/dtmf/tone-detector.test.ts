import { beforeAll, describe, expect, test } from 'vitest';
import { ToneDetector } from '../../../../electron/media/dtmf/tone-detector.ts';
import { decodeG711, encodeG711 } from '../../../../electron/media/g711.ts';
import { beep, busyTone, musicOnHold, ringback } from '../../../../electron/media/tones.ts';
import { Synthesizer } from '../../../../electron/services/speech/synthesizer.ts';
import { resample } from '../../../../shared/lib/resample.ts';
import { ALL_KEYS, keySound, noisy } from '../../../support/dtmf-sound.ts';
import { seededRandom } from '../../../support/seeded-random.ts';
import { rms, sine } from '../../../support/sound.ts';

/** The keys found in a sound that came through G.711. */
function keysIn(...sounds: readonly Int16Array[]): string {
  let found = '';
  const detector = new ToneDetector((key) => {
    found += key;
  });
  for (const sound of sounds) detector.receive(decodeG711('PCMU', encodeG711('PCMU', sound)));
  return found;
}

const ALL = ALL_KEYS.join('');
const allKeys = (options: Omit<Parameters<typeof keySound>[0], 'key'>) =>
  ALL_KEYS.map((key) => keySound({ key, ...options }));

describe('[DT1] all sixteen keys', () => {
  const levels = [0, -5, -10, -15, -20, -25];
  const twists = [-6, 0, 6];
  const cases = levels.flatMap((dbm0) => twists.map((twistDb) => ({ dbm0, twistDb })));

  test.each(cases.filter(({ dbm0, twistDb }) => dbm0 > -25 || twistDb === 0))(
    'at $dbm0 dBm0 with a twist of $twistDb dB, on and 1.5 % beside their frequencies, 40 ms long',
    ({ dbm0, twistDb }) => {
      for (const offFrequency of [-0.015, 0, 0.015]) {
        expect(keysIn(...allKeys({ dbm0, twistDb, offFrequency, toneMs: 40, pauseMs: 40 }))).toBe(ALL);
      }
    },
  );

  test.each(cases)(
    'at $dbm0 dBm0 with a twist of $twistDb dB in noise 15 dB below, 40 ms long',
    ({ dbm0, twistDb }) => {
      const random = seededRandom(dbm0 * 10 + twistDb + 1000);
      const sounds = allKeys({ dbm0, twistDb, toneMs: 40, pauseMs: 40 });
      // Half of each is pause.
      expect(keysIn(...sounds.map((sound) => noisy(sound, rms(sound) * Math.SQRT2, 15, random)))).toBe(ALL);
    },
  );

  test('not the ones of −40 dBm0, and not with one tone alone', () => {
    expect(keysIn(...allKeys({ dbm0: -40 }))).toBe('');
    expect(keysIn(...allKeys({ twistDb: 14 }))).toBe('');
  });
});

describe('[DT2] lengths', () => {
  test('40 ms and 40 ms, the same key each time, wherever it begins', () => {
    for (let shift = 0; shift < 40; shift++) {
      const beginning = new Int16Array(shift);
      const sounds = Array.from({ length: 10 }, () => keySound({ key: '5', toneMs: 40, pauseMs: 40 }));
      expect(keysIn(beginning, ...sounds)).toBe('5555555555');
    }
  });

  test('22 ms is no key', () => {
    expect(keysIn(...allKeys({ toneMs: 22 }))).toBe('');
  });

  test('a second is one key, with a break of 10 ms too; two without a pause are two', () => {
    const long = keySound({ key: '8', toneMs: 1000, pauseMs: 0 });
    expect(keysIn(long)).toBe('8');
    expect(keysIn(long, new Int16Array(80), long)).toBe('8');
    expect(keysIn(long, keySound({ key: '9', toneMs: 60, pauseMs: 0 }))).toBe('89');
  });
});

describe('[DT3] what is no key', () => {
  let synthesizer: Synthesizer;
  beforeAll(async () => {
    synthesizer = await Synthesizer.load();
  });

  test.each([
    ['en', 'Welcome to our shop. For sales press one, for invoices press two, to hear this again press the star key.'],
    ['en', 'Your number in the queue is seventeen. We are closed from nine to eleven on Wednesdays; see you soon.'],
    [
      'pl',
      'Dzień dobry, tu przychodnia. Aby umówić wizytę, wciśnij jeden. Wszystkie rozmowy są nagrywane, życzymy zdrowia.',
    ],
    [
      'pl',
      'Twoja pozycja w kolejce: dwadzieścia trzy. Szacowany czas oczekiwania to sześć minut i trzydzieści sekund.',
    ],
    ['de', 'Guten Tag, alle Leitungen sind belegt. Bitte legen Sie nicht auf, Sie werden gleich verbunden.'],
    ['fr', 'Bonjour, toutes nos lignes sont occupées. Veuillez patienter, un conseiller va vous répondre.'],
  ])('speech (%s): %s', (language, text) => {
    for (const speed of [0.8, 1, 1.4]) {
      const pcm = synthesizer.speak({ kind: 'text', language, text, speed });
      const sound = { sampleRate: pcm.sampleRateHz, samples: pcm.samples };
      // As it is, and as higher voices.
      for (const pitch of [1, 1.2, 1.4]) {
        expect(keysIn(resample({ ...sound, sampleRate: Math.round(sound.sampleRate * pitch) }, 8000))).toBe('');
      }
    }
  });

  test('music on hold, ringback, busy tone, beep, a single tone, noise', () => {
    for (const sound of [musicOnHold(), ringback(), busyTone(), beep()]) {
      const detector = new ToneDetector((key) => {
        throw new Error(key);
      });
      for (const frame of sound.frames('PCMU')) detector.receive(decodeG711('PCMU', frame));
    }
    for (const hz of [697, 770, 852, 941, 1209, 1336, 1477, 1633]) expect(keysIn(sine(hz, 500))).toBe('');
    expect(keysIn(noisy(new Int16Array(80_000), 8000, 0, seededRandom(3)))).toBe('');
  });

  test('tones 3.5 % beside the frequencies', () => {
    for (const offFrequency of [-0.035, 0.035]) expect(keysIn(...allKeys({ offFrequency, toneMs: 200 }))).toBe('');
  });
});

test('[DT4] a piece of 20 ms that is missing within a key; after 80 ms it may be another', () => {
  const sound = keySound({ key: '6', toneMs: 200, pauseMs: 0 });
  for (const [missing, expected] of [
    [160, '6'],
    [480, '6'],
    [640, '66'],
  ] as const) {
    let found = '';
    const detector = new ToneDetector((key) => {
      found += key;
    });
    detector.receive(sound.subarray(0, 800));
    detector.skip(missing);
    detector.receive(sound.subarray(800));
    expect(found).toBe(expected);
  }
});
