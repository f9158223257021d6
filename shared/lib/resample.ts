/** Mono 16-bit sound. */
export interface Sound {
  /** Hz */
  readonly sampleRate: number;
  readonly samples: Int16Array;
}

/** Zero crossings of the sinc on each side; more is sharper and slower. */
const CROSSINGS = 16;
/** Kaiser window: about 80 dB of stop band. */
const KAISER_BETA = 8;
/** Part of the pass band that is kept; the rest is the filter's transition. */
const ROLL_OFF = 0.94;

/** Changes the sample rate with a polyphase windowed-sinc filter, any piece of the output by itself. */
export class Resampler {
  readonly #up: number;
  readonly #down: number;
  /** In units of the input rate. */
  readonly #cutoff: number;
  readonly #half: number;
  readonly #filters = new Map<number, Float64Array>();

  constructor(fromRate: number, toRate: number) {
    const divisor = gcd(fromRate, toRate);
    this.#up = toRate / divisor;
    this.#down = fromRate / divisor;
    // Cut at the lower of the two Nyquist frequencies.
    this.#cutoff = Math.min(1, this.#up / this.#down) * ROLL_OFF;
    this.#half = Math.ceil(CROSSINGS / this.#cutoff);
  }

  /** Output samples of a whole sound of that many. */
  lengthOf(samples: number): number {
    return Math.floor((samples * this.#up) / this.#down);
  }

  /** `length` samples of the output from `from` on. Before and after the sound there is silence. */
  render(samples: Int16Array, from: number, length: number): Int16Array {
    const output = new Int16Array(length);
    if (this.#up === this.#down) {
      output.set(samples.subarray(from, from + length));
      return output;
    }
    for (let n = 0; n < length; n++) {
      const position = (from + n) * this.#down;
      const phase = position % this.#up;
      const taps = this.#tapsOf(phase);
      const first = (position - phase) / this.#up - this.#half + 1;
      let sum = 0;
      for (let k = 0; k < taps.length; k++) sum += (taps[k] ?? 0) * (samples[first + k] ?? 0);
      output[n] = Math.max(-32_768, Math.min(32_767, Math.round(sum)));
    }
    return output;
  }

  #tapsOf(phase: number): Float64Array {
    let taps = this.#filters.get(phase);
    if (taps === undefined) {
      taps = filterFor(phase / this.#up, this.#cutoff, this.#half);
      this.#filters.set(phase, taps);
    }
    return taps;
  }
}

/**
 * Changes the sample rate of a sound. Yields every `sliceSamples` output samples so that a long prompt does not hold up
 * the 20 ms clock; returns the samples.
 */
export function* resampleInSlices(sound: Sound, toRate: number, sliceSamples = 4000): Generator<void, Int16Array> {
  const { samples, sampleRate } = sound;
  if (sampleRate === toRate) return samples;
  const resampler = new Resampler(sampleRate, toRate);
  const output = new Int16Array(resampler.lengthOf(samples.length));
  for (let at = 0; at < output.length; at += sliceSamples) {
    output.set(resampler.render(samples, at, Math.min(sliceSamples, output.length - at)), at);
    if (at + sliceSamples <= output.length) yield;
  }
  return output;
}

/** The same in one go. */
export function resample(sound: Sound, toRate: number): Int16Array {
  const slices = resampleInSlices(sound, toRate, Number.MAX_SAFE_INTEGER);
  for (;;) {
    const step = slices.next();
    if (step.done === true) return step.value;
  }
}

/** Taps for output samples that lie `fraction` of an input sample after one; normalised to a gain of 1. */
function filterFor(fraction: number, cutoff: number, half: number): Float64Array {
  const taps = new Float64Array(2 * half);
  let sum = 0;
  for (let k = 0; k < taps.length; k++) {
    const x = k - half + 1 - fraction;
    const tap = sinc(x * cutoff) * kaiser(x / half);
    taps[k] = tap;
    sum += tap;
  }
  return taps.map((tap) => tap / sum);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function kaiser(x: number): number {
  return Math.abs(x) >= 1 ? 0 : bessel0(KAISER_BETA * Math.sqrt(1 - x * x)) / bessel0(KAISER_BETA);
}

/** Modified Bessel function of order 0 by its series. */
function bessel0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > 1e-12 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
