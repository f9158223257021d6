/** Sounds to play and measures of what was heard. Samples are 16-bit, mono. */

/** A sine wave. `level` is its amplitude, 32767 at most. */
export function sine(frequencyHz: number, durationMs: number, sampleRate = 8000, level = 10_000): Int16Array {
  const length = Math.round((durationMs * sampleRate) / 1000);
  return Int16Array.from({ length }, (_, n) =>
    Math.round(level * Math.sin((2 * Math.PI * frequencyHz * n) / sampleRate)),
  );
}

/** A tone that rises through the voice band: no two parts of it sound alike, so it can be found by correlation. */
export function chirp(durationMs: number, sampleRate = 8000, level = 10_000): Int16Array {
  const length = Math.round((durationMs * sampleRate) / 1000);
  const [from, to] = [400, 3000];
  return Int16Array.from({ length }, (_, n) => {
    const t = n / sampleRate;
    const phase = 2 * Math.PI * (from * t + ((to - from) * t * t) / (2 * (durationMs / 1000)));
    return Math.round(level * Math.sin(phase));
  });
}

/** Part of the energy that lies at a frequency, 0 to 1 (Goertzel). */
export function toneShare(samples: Int16Array, frequencyHz: number, sampleRate = 8000): number {
  const w = (2 * Math.PI * frequencyHz) / sampleRate;
  let [s1, s2, energy] = [0, 0, 0];
  for (const sample of samples) {
    const s0 = sample + 2 * Math.cos(w) * s1 - s2;
    s2 = s1;
    s1 = s0;
    energy += sample * sample;
  }
  if (energy === 0) return 0;
  const power = s1 * s1 + s2 * s2 - 2 * Math.cos(w) * s1 * s2;
  return (2 * power) / (samples.length * energy);
}

export function rms(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}

/** Best normalised correlation of `pattern` anywhere in `heard`, −1 to 1, and where it begins. */
export function findSound(heard: Int16Array, pattern: Int16Array): { match: number; at: number } {
  let best = { match: -1, at: -1 };
  const patternEnergy = pattern.reduce((sum, sample) => sum + sample * sample, 0);
  for (let at = 0; at + pattern.length <= heard.length; at++) {
    let [cross, energy] = [0, 0];
    for (let n = 0; n < pattern.length; n++) {
      const sample = heard[at + n] ?? 0;
      cross += sample * (pattern[n] ?? 0);
      energy += sample * sample;
    }
    const match = energy === 0 ? 0 : cross / Math.sqrt(energy * patternEnergy);
    if (match > best.match) best = { match, at };
  }
  return best;
}

/** Signal-to-noise ratio of a copy, dB. */
export function snrDb(original: Int16Array, copy: Int16Array): number {
  let [signal, noise] = [0, 0];
  for (let n = 0; n < Math.min(original.length, copy.length); n++) {
    const sample = original[n] ?? 0;
    signal += sample ** 2;
    noise += (sample - (copy[n] ?? 0)) ** 2;
  }
  return noise === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10(signal / noise);
}
