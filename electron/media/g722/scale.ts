import { POWERS } from './tables.ts';

/** The adaptive scale of a band's quantiser, in the logarithm to the base of 2 (ITU-T G.722 3.5). */
export class Scale {
  /** The width of a step. */
  step: number;
  readonly #highest: number;
  readonly #shift: number;
  #level = 0;

  /** `highest`: of the logarithm. `shift`: how many powers of 2 the step of level 0 lies below 2048·4. */
  constructor(highest: number, shift: number) {
    this.#highest = highest;
    this.#shift = shift;
    this.step = this.#stepOf(0);
  }

  /** LOGSCL and SCALEL, or LOGSCH and SCALEH: larger after large differences, else slowly back. */
  adapt(change: number): void {
    const level = ((this.#level * 127) >> 7) + change;
    this.#level = Math.max(0, Math.min(this.#highest, level));
    this.step = this.#stepOf(this.#level);
  }

  #stepOf(level: number): number {
    const mantissa = POWERS[(level >> 6) & 31] ?? 0;
    const shift = this.#shift - (level >> 11);
    return (shift < 0 ? mantissa << -shift : mantissa >> shift) << 2;
  }
}
