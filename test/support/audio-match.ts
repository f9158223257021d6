/**
 * Judges sound by ear, as far as a test can: is this prompt in what was heard, and is that tone? Both survive a
 * telephone codec, resampling, a change of loudness and an unknown delay; neither is fooled by packets of silence.
 */
export interface Sound {
  readonly sampleRateHz: number;
  /** −1 … 1 */
  readonly samples: Float32Array;
}

const FRAME_MS = 20;
const BANDS = 16;
const LOWEST_HZ = 200;
const HIGHEST_HZ = 3400;
/** One second, and how far a second may be out of place: 120 ms. */
const PIECE_FRAMES = 50;
const SHIFT_FRAMES = 6;

/** Sound from 16-bit samples. */
export function soundOf(samples: Int16Array, sampleRateHz: number): Sound {
  return { sampleRateHz, samples: Float32Array.from(samples, (value) => value / 32_768) };
}

/** Sound of a canonical mono 16-bit WAV. */
export function soundOfWav(wav: Buffer): Sound {
  const samples = new Int16Array((wav.length - 44) >> 1);
  for (let i = 0; i < samples.length; i++) samples[i] = wav.readInt16LE(44 + i * 2);
  return soundOf(samples, wav.readUInt32LE(24));
}

/** Power of one frequency in a stretch of sound (Goertzel), as a share of the stretch's whole power: 0 … 1. */
export function toneShare({ samples, sampleRateHz }: Sound, frequencyHz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequencyHz) / sampleRateHz);
  let s1 = 0;
  let s2 = 0;
  let power = 0;
  for (const sample of samples) {
    const s0 = sample + coefficient * s1 - s2;
    s2 = s1;
    s1 = s0;
    power += sample * sample;
  }
  if (power < 1e-6 * samples.length) return 0;
  return (2 * (s1 * s1 + s2 * s2 - coefficient * s1 * s2)) / (samples.length * power);
}

/** The longest time, in ms, that a tone is heard without a break longer than 60 ms. */
export function longestToneMs(sound: Sound, frequencyHz: number, leastShare = 0.5): number {
  const frame = Math.max(1, Math.round((sound.sampleRateHz * FRAME_MS) / 1000));
  let longest = 0;
  let run = 0;
  let gap = 0;
  for (let at = 0; at + frame <= sound.samples.length; at += frame) {
    const samples = sound.samples.subarray(at, at + frame);
    if (toneShare({ ...sound, samples }, frequencyHz) > leastShare) {
      run += gap + 1;
      gap = 0;
      longest = Math.max(longest, run);
    } else if (run > 0 && ++gap > 3) {
      run = 0;
      gap = 0;
    }
  }
  return longest * FRAME_MS;
}

/** Loudness of a sound, root mean square, 0 … 1. */
export function loudness({ samples }: Sound): number {
  let power = 0;
  for (const sample of samples) power += sample * sample;
  return Math.sqrt(power / Math.max(1, samples.length));
}

/**
 * Looks for `prompt` in `heard`.
 * @returns The best likeness (1 = the same, other speech of the same voice stays under 0.76) and where it begins, in ms.
 */
export function findPrompt(heard: Sound, prompt: Sound): { score: number; atMs: number } {
  const needle = spectrogram(prompt);
  const hay = spectrogram(heard);
  if (needle.length === 0) return { score: 0, atMs: 0 };
  let best = { score: 0, at: 0 };
  for (let at = 0; at + needle.length <= hay.length; at++) {
    const score = likeness(needle, hay, at);
    if (score > best.score) best = { score, at };
  }
  return {
    score: best.score === 0 ? 0 : Math.max(best.score, piecewise(needle, hay, best.at)),
    atMs: best.at * FRAME_MS,
  };
}

/**
 * Likeness second by second, each allowed to come a little early or late: a jitter buffer stretches and squeezes
 * speech on a busy machine, which no person notices.
 */
function piecewise(needle: readonly Float64Array[], hay: readonly Float64Array[], at: number): number {
  let sum = 0;
  let count = 0;
  for (let from = 0; from + PIECE_FRAMES <= needle.length; from += PIECE_FRAMES) {
    const piece = needle.slice(from, from + PIECE_FRAMES);
    let best = 0;
    for (let shift = -SHIFT_FRAMES; shift <= SHIFT_FRAMES; shift++) {
      const start = at + from + shift;
      if (start >= 0 && start + piece.length <= hay.length) best = Math.max(best, likeness(piece, hay, start));
    }
    sum += best;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

/** Loudness in each band of each 20 ms, on a scale that the ear uses (logarithmic above a floor). */
function spectrogram({ samples, sampleRateHz }: Sound): Float64Array[] {
  const frame = Math.round((sampleRateHz * FRAME_MS) / 1000);
  if (frame === 0) return []; // nothing was heard yet, so there is no rate either
  const window = Float64Array.from({ length: frame }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / frame));
  const centres = Array.from({ length: BANDS }, (_, i) => LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ) ** (i / (BANDS - 1)));
  const rows: Float64Array[] = [];
  for (let at = 0; at + frame <= samples.length; at += frame) {
    const row = new Float64Array(BANDS);
    for (let band = 0; band < BANDS; band++) {
      const coefficient = 2 * Math.cos((2 * Math.PI * centres[band]!) / sampleRateHz);
      let s1 = 0;
      let s2 = 0;
      for (let i = 0; i < frame; i++) {
        const s0 = samples[at + i]! * window[i]! + coefficient * s1 - s2;
        s2 = s1;
        s1 = s0;
      }
      row[band] = Math.log10((s1 * s1 + s2 * s2 - coefficient * s1 * s2) / frame ** 2 + 1e-7);
    }
    rows.push(row);
  }
  return rows;
}

/** Correlation of two stretches of spectrogram, each taken about its own mean. */
function likeness(needle: readonly Float64Array[], hay: readonly Float64Array[], at: number): number {
  let meanA = 0;
  let meanB = 0;
  for (let i = 0; i < needle.length; i++) {
    for (let band = 0; band < BANDS; band++) {
      meanA += needle[i]![band]!;
      meanB += hay[at + i]![band]!;
    }
  }
  meanA /= needle.length * BANDS;
  meanB /= needle.length * BANDS;
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < needle.length; i++) {
    for (let band = 0; band < BANDS; band++) {
      const a = needle[i]![band]! - meanA;
      const b = hay[at + i]![band]! - meanB;
      ab += a * b;
      aa += a * a;
      bb += b * b;
    }
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}
