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

/**
 * Changes the sample rate with a polyphase windowed-sinc filter. Yields every `sliceSamples` output samples so that a
 * long prompt does not hold up the 20 ms clock; returns the samples.
 */
export function* resampleInSlices(sound: Sound, toRate: number, sliceSamples = 4000): Generator<void, Int16Array> {
  const { samples, sampleRate } = sound;
  if (sampleRate === toRate) return samples;
  const divisor = gcd(sampleRate, toRate);
  const up = toRate / divisor;
  const down = sampleRate / divisor;
  // Cut at the lower of the two Nyquist frequencies; in units of the input rate.
  const cutoff = Math.min(1, up / down) * ROLL_OFF;
  const half = Math.ceil(CROSSINGS / cutoff);
  const filters = new Map<number, Float64Array>();
  const output = new Int16Array(Math.floor((samples.length * up) / down));
  for (let n = 0; n < output.length; n++) {
    const position = n * down;
    const phase = position % up;
    let taps = filters.get(phase);
    if (taps === undefined) {
      taps = filterFor(phase / up, cutoff, half);
      filters.set(phase, taps);
    }
    const first = (position - phase) / up - half + 1;
    let sum = 0;
    for (let k = 0; k < taps.length; k++) sum += (taps[k] ?? 0) * (samples[first + k] ?? 0);
    output[n] = Math.max(-32_768, Math.min(32_767, Math.round(sum)));
    if (n % sliceSamples === sliceSamples - 1) yield;
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
