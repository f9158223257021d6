import { multiply, saturate } from './arithmetic.ts';
import { Predictor } from './predictor.ts';
import { Scale } from './scale.ts';
import {
  ADAPTING_OUTPUTS,
  HIGH_BORDER,
  HIGH_OUTPUTS,
  HIGH_SCALE_CHANGES,
  LOW_BORDERS,
  LOW_CODES_NEGATIVE,
  LOW_CODES_POSITIVE,
  LOW_OUTPUTS,
  LOW_SCALE_CHANGES,
} from './tables.ts';

/** What the bands' samples are limited to: 15 bits. */
const limited = (value: number): number => Math.max(-16_384, Math.min(16_383, value));

/** Size of a difference in the quantisers: one's complement below zero. */
const sizeOf = (difference: number): number => (difference < 0 ? -(difference + 1) : difference);

/** The band below 4 kHz: ADPCM with 6 bits (ITU-T G.722 3.2–3.6). */
export class LowBand {
  readonly #predictor = new Predictor();
  readonly #scale = new Scale(18_432, 8);

  encode(sample: number): number {
    const difference = saturate(sample - this.#predictor.estimate);
    const size = sizeOf(difference);
    let place = 0;
    while (place < LOW_BORDERS.length && size >= ((LOW_BORDERS[place] ?? 0) * this.#scale.step) >> 12) place++;
    const code = (difference < 0 ? LOW_CODES_NEGATIVE : LOW_CODES_POSITIVE)[place] ?? 0;
    this.#adapt(code);
    return code;
  }

  decode(code: number): number {
    const sample = limited(this.#predictor.estimate + multiply(this.#scale.step, LOW_OUTPUTS[code] ?? 0));
    this.#adapt(code);
    return sample;
  }

  /** By the upper four bits: the lower two may be another's in the other modes of G.722. */
  #adapt(code: number): void {
    const upper = code >> 2;
    this.#predictor.update(multiply(this.#scale.step, ADAPTING_OUTPUTS[upper] ?? 0));
    this.#scale.adapt(LOW_SCALE_CHANGES[upper] ?? 0);
  }
}

/** The band above 4 kHz: ADPCM with 2 bits. */
export class HighBand {
  readonly #predictor = new Predictor();
  readonly #scale = new Scale(22_528, 10);

  encode(sample: number): number {
    const difference = saturate(sample - this.#predictor.estimate);
    const isLarge = sizeOf(difference) >= (HIGH_BORDER * this.#scale.step) >> 12;
    const code = (difference < 0 ? 0 : 2) + (isLarge ? 0 : 1);
    this.#adapt(code);
    return code;
  }

  decode(code: number): number {
    const difference = multiply(this.#scale.step, HIGH_OUTPUTS[code] ?? 0);
    const sample = limited(this.#predictor.estimate + difference);
    this.#adapt(code);
    return sample;
  }

  #adapt(code: number): void {
    this.#predictor.update(multiply(this.#scale.step, HIGH_OUTPUTS[code] ?? 0));
    this.#scale.adapt(HIGH_SCALE_CHANGES[code] ?? 0);
  }
}
