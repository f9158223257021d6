/** How long to wait until the next round, in ms; jitter keeps many apps from asking at once (RS11). */
export class BackOff {
  readonly #random: () => number;
  readonly #pollMs: number;
  readonly #longestMs: number;
  #failures = 0;

  /** @param random From 0 to below 1. */
  constructor({ random = Math.random, pollMs = 15_000, longestMs = 120_000 } = {}) {
    this.#random = random;
    this.#pollMs = pollMs;
    this.#longestMs = longestMs;
  }

  succeeded(): number {
    this.#failures = 0;
    return this.#jittered(this.#pollMs);
  }

  /** Begins short and doubles. */
  failed(): number {
    const delayMs = Math.min(this.#longestMs, (this.#pollMs / 8) * 2 ** this.#failures++);
    return this.#jittered(delayMs);
  }

  /** ± 20 % */
  #jittered(delayMs: number): number {
    return Math.round(delayMs * (0.8 + 0.4 * this.#random()));
  }
}
