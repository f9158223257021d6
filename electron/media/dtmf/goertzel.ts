/** One frequency of a piece of sound: its strength and phase, as a complex number. */
export interface Phasor {
  readonly re: number;
  readonly im: number;
}

/**
 * Goertzel's algorithm: the discrete Fourier transform of `samples` from `from` on at one frequency, with the phase at the
 * end of the piece. For a sine of amplitude A at that frequency its magnitude is A·length/2.
 */
export function goertzel(samples: Float64Array, from: number, length: number, radians: number): Phasor {
  const cos = Math.cos(radians);
  const factor = 2 * cos;
  let [last, before] = [0, 0];
  for (let n = from; n < from + length; n++) {
    const now = (samples[n] ?? 0) + factor * last - before;
    before = last;
    last = now;
  }
  return { re: last - before * cos, im: before * Math.sin(radians) };
}

export function power({ re, im }: Phasor): number {
  return re * re + im * im;
}
