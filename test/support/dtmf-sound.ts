/** Sounds of keys, as trunks and old phones send them in the audio. Samples are 16-bit, mono, 8000 Hz. */

const ROWS = [697, 770, 852, 941] as const;
const COLUMNS = [1209, 1336, 1477, 1633] as const;
const KEYS = '123A456B789C*0#D';
export const ALL_KEYS: readonly string[] = [...KEYS];

/** Amplitude of a sine of 0 dBm0 in 16-bit samples. */
const ZERO_DBM0 = 32_256 * 10 ** (-3.14 / 20);

export interface KeySound {
  readonly key: string;
  readonly toneMs?: number;
  readonly pauseMs?: number;
  /** Of the stronger tone. */
  readonly dbm0?: number;
  /** How much stronger the column's tone is than the row's, dB. */
  readonly twistDb?: number;
  /** Both frequencies are off by that part. */
  readonly offFrequency?: number;
}

/** A pause of half of `pauseMs`, the key, and the other half. */
export function keySound(sound: KeySound): Int16Array {
  const { key, toneMs = 80, pauseMs = 80, dbm0 = -10, twistDb = 0, offFrequency = 0 } = sound;
  const index = KEYS.indexOf(key);
  const [row, column] = [ROWS[index >> 2] ?? 0, COLUMNS[index & 3] ?? 0].map((hz) => hz * (1 + offFrequency));
  const strong = ZERO_DBM0 * 10 ** (dbm0 / 20);
  const weak = strong * 10 ** (-Math.abs(twistDb) / 20);
  const [low, high] = twistDb > 0 ? [weak, strong] : [strong, weak];
  const [pause, tone] = [Math.round(pauseMs * 4), Math.round(toneMs * 8)];
  const samples = new Int16Array(2 * pause + tone);
  for (let n = 0; n < tone; n++) {
    const at = (2 * Math.PI * n) / 8000;
    const value = low * Math.sin(at * (row ?? 0)) + high * Math.sin(at * (column ?? 0) + 1);
    samples[pause + n] = Math.max(-32_768, Math.min(32_767, Math.round(value)));
  }
  return samples;
}

/** With white noise that is `snrDb` weaker than a signal of `rms`. */
export function noisy(samples: Int16Array, rms: number, snrDb: number, random: () => number): Int16Array {
  const level = rms * 10 ** (-snrDb / 20);
  return samples.map((sample) => {
    const gauss = Math.sqrt(-2 * Math.log(random() || 1e-9)) * Math.cos(2 * Math.PI * random());
    return Math.max(-32_768, Math.min(32_767, Math.round(sample + level * gauss)));
  });
}
