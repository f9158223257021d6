import { multiply, saturate } from './arithmetic.ts';

const ZEROS = 6;
/** What is left of a coefficient from one sample to the next, Q15: 255/256 for all, 127/128 for the second pole. */
const LEAK = 32_640;
const SECOND_POLE_LEAK = 32_512;

/**
 * The adaptive predictor of a band (ITU-T G.722 3.6: two poles, six zeros), the same in encoder and decoder: fed with the
 * quantised differences only, so that both stay in step.
 */
export class Predictor {
  /** What is expected next. */
  estimate = 0;
  /** The part of it that the zeros give. */
  #fromZeros = 0;
  readonly #zeros = new Int32Array(ZEROS);
  /** The last differences, the latest first. */
  readonly #differences = new Int32Array(ZEROS);
  #pole1 = 0;
  #pole2 = 0;
  /** The last reconstructed samples, and partly reconstructed ones (without the poles). */
  #sample1 = 0;
  #partial1 = 0;
  #partial2 = 0;

  /** Learns the difference from what was expected. */
  update(difference: number): void {
    const sample = saturate(this.estimate + difference);
    const partial = saturate(this.#fromZeros + difference);
    this.#adaptPoles(partial);
    this.#adaptZeros(difference);
    const fromPoles = saturate(
      multiply(this.#pole1, saturate(2 * sample)) + multiply(this.#pole2, saturate(2 * this.#sample1)),
    );
    this.#sample1 = sample;
    this.#partial2 = this.#partial1;
    this.#partial1 = partial;
    this.#filterZeros();
    this.estimate = saturate(fromPoles + this.#fromZeros);
  }

  /** UPPOL2 and UPPOL1: by the signs of the partly reconstructed samples, within bounds that keep it stable. */
  #adaptPoles(partial: number): void {
    const isNegative = partial < 0;
    const same1 = isNegative === this.#partial1 < 0;
    const same2 = isNegative === this.#partial2 < 0;
    const first = saturate(4 * this.#pole1);
    const towards = Math.min(32_767, same1 ? -first : first);
    const pole2 = (same2 ? 128 : -128) + (towards >> 7) + multiply(this.#pole2, SECOND_POLE_LEAK);
    this.#pole2 = Math.max(-12_288, Math.min(12_288, pole2));
    const pole1 = saturate((same1 ? 192 : -192) + multiply(this.#pole1, LEAK));
    const bound = saturate(15_360 - this.#pole2);
    this.#pole1 = Math.max(-bound, Math.min(bound, pole1));
  }

  /** UPZERO: by the signs of the differences. */
  #adaptZeros(difference: number): void {
    const change = difference === 0 ? 0 : 128;
    const isNegative = difference < 0;
    for (let i = 0; i < ZEROS; i++) {
      const same = isNegative === (this.#differences[i] ?? 0) < 0;
      this.#zeros[i] = saturate((same ? change : -change) + multiply(this.#zeros[i] ?? 0, LEAK));
    }
    this.#differences.copyWithin(1, 0);
    this.#differences[0] = difference;
  }

  /** FILTEZ */
  #filterZeros(): void {
    let sum = 0;
    for (let i = ZEROS - 1; i >= 0; i--) {
      sum = saturate(sum + multiply(this.#zeros[i] ?? 0, saturate(2 * (this.#differences[i] ?? 0))));
    }
    this.#fromZeros = sum;
  }
}
