/** A filter of second order; `a0` is 1. */
export interface Biquad {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number];
}

/**
 * The two filters of K-weighting (ITU-R BS.1770-4, annex 1) at any sample rate: the standard gives coefficients for
 * 48 kHz only; these are the analogue filters that they come from, put through the bilinear transform again.
 */
export function kWeighting(sampleRateHz: number): readonly [shelf: Biquad, highPass: Biquad] {
  return [headShelf(sampleRateHz), lowCut(sampleRateHz)];
}

/** The head's effect: 4 dB more above about 1.7 kHz. */
function headShelf(sampleRateHz: number): Biquad {
  const [f0Hz, gainDb, q] = [1681.974450955533, 3.999843853973347, 0.7071752369554196];
  const k = Math.tan((Math.PI * f0Hz) / sampleRateHz);
  const high = 10 ** (gainDb / 20);
  const band = high ** 0.4996667741545416;
  const a0 = 1 + k / q + k * k;
  return {
    b: [(high + (band * k) / q + k * k) / a0, (2 * (k * k - high)) / a0, (high - (band * k) / q + k * k) / a0],
    a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0],
  };
}

/** The ear's deafness to low tones ("RLB"). */
function lowCut(sampleRateHz: number): Biquad {
  const [f0Hz, q] = [38.13547087602444, 0.5003270373238773];
  const k = Math.tan((Math.PI * f0Hz) / sampleRateHz);
  const a0 = 1 + k / q + k * k;
  return { b: [1, -2, 1], a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0] };
}

/** The samples after a filter (direct form II transposed). */
export function filtered(samples: Float32Array | Float64Array, { b, a }: Biquad): Float64Array {
  const output = new Float64Array(samples.length);
  let s1 = 0;
  let s2 = 0;
  for (let i = 0; i < samples.length; i++) {
    const input = samples[i]!;
    const value = b[0] * input + s1;
    s1 = b[1] * input - a[0] * value + s2;
    s2 = b[2] * input - a[1] * value;
    output[i] = value;
  }
  return output;
}
