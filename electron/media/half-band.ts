import { saturate } from './g722/arithmetic.ts';

/** Taps on each side of the middle one. Flat to 3.4 kHz, 60 dB down from 4.6 kHz on at 16 kHz. */
const HALF = 23;
const KAISER_BETA = 6;

/** A low-pass at a quarter of the higher rate: a windowed sinc whose every other tap is 0. Gain 1. */
const TAPS = (() => {
  const taps = Float64Array.from({ length: 2 * HALF + 1 }, (_, k) => {
    const x = (k - HALF) / 2;
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    return sinc * bessel0(KAISER_BETA * Math.sqrt(1 - ((k - HALF) / (HALF + 1)) ** 2));
  });
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
})();

/** Modified Bessel function of order 0, by its series. */
function bessel0(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > 1e-12 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/** Halves the sample rate of a stream, piece by piece. Pieces have an even number of samples. */
export class Halver {
  #history = new Int16Array(2 * HALF);

  process(samples: Int16Array): Int16Array {
    const line = new Int16Array(2 * HALF + samples.length);
    line.set(this.#history);
    line.set(samples, 2 * HALF);
    this.#history = line.slice(samples.length);
    const output = new Int16Array(samples.length >> 1);
    for (let n = 0; n < output.length; n++) {
      let sum = (line[2 * n + HALF] ?? 0) * (TAPS[HALF] ?? 0);
      // HALF is odd: the taps that are not 0 have even places.
      for (let k = 0; k < TAPS.length; k += 2) sum += (line[2 * n + k] ?? 0) * (TAPS[k] ?? 0);
      output[n] = saturate(Math.round(sum));
    }
    return output;
  }
}

/** Doubles the sample rate of a stream, piece by piece. */
export class Doubler {
  #history = new Int16Array(HALF);

  process(samples: Int16Array): Int16Array {
    const line = new Int16Array(HALF + samples.length);
    line.set(this.#history);
    line.set(samples, HALF);
    this.#history = line.slice(samples.length);
    const output = new Int16Array(2 * samples.length);
    for (let n = 0; n < samples.length; n++) {
      // Between the samples there are zeros; the one at a sample's own place meets the middle tap alone.
      let between = 0;
      for (let k = 0; k <= HALF; k++) between += (line[n + k] ?? 0) * (TAPS[2 * k] ?? 0);
      output[2 * n] = saturate(Math.round(2 * between));
      output[2 * n + 1] = saturate(Math.round(2 * (TAPS[HALF] ?? 0) * (line[n + (HALF + 1) / 2] ?? 0)));
    }
    return output;
  }
}
