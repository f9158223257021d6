import { EncodedAudio } from '../encoded-audio.ts';
import { SAMPLE_RATE } from '../g711.ts';
import type { DtmfDigit } from '../telephone-event.ts';
import { COLUMNS_HZ, KEYS, ROWS_HZ, ZERO_DBM0 } from './frequencies.ts';

/** How long a key sounds, and how long it is silent after it, so that the same key again is told from it (ITU-T Q.24). */
const TONE = 0.1 * SAMPLE_RATE;
const PAUSE = 0.06 * SAMPLE_RATE;
/** 2 ms at both ends: no click, which would be heard as other frequencies. */
const RAMP = 0.002 * SAMPLE_RATE;
/** The column's tone is 2 dB stronger, as in telephone sets: cables take more of it (ETSI ES 201 235-2 4.2.4). */
const ROW_LEVEL = ZERO_DBM0 * 10 ** (-9 / 20);
const COLUMN_LEVEL = ZERO_DBM0 * 10 ** (-7 / 20);

/** Made at first use and shared by all calls. */
const tones = new Map<DtmfDigit, EncodedAudio>();

/** The sound of a key (ITU-T Q.23): 100 ms of its two frequencies and 60 ms of silence. */
export function keyTone(digit: DtmfDigit): EncodedAudio {
  const known = tones.get(digit);
  if (known !== undefined) return known;
  const row = KEYS.findIndex((keys) => keys.includes(digit));
  const column = KEYS[row]?.indexOf(digit) ?? 0;
  const [low, high] = [radiansOf(ROWS_HZ[row] ?? 0), radiansOf(COLUMNS_HZ[column] ?? 0)];
  const samples = new Int16Array(TONE + PAUSE);
  for (let n = 0; n < TONE; n++) {
    const ramp = Math.min(1, n / RAMP, (TONE - n) / RAMP);
    samples[n] = Math.round(ramp * (ROW_LEVEL * Math.sin(low * n) + COLUMN_LEVEL * Math.sin(high * n)));
  }
  const tone = new EncodedAudio(samples);
  tones.set(digit, tone);
  return tone;
}

function radiansOf(hz: number): number {
  return (2 * Math.PI * hz) / SAMPLE_RATE;
}
