/** First wait after a failure, ms; the next ones double. */
const BASE_MS = 5000;
/** Longest wait before trying again, ms. */
const LONGEST_MS = 600_000;

/**
 * How long to wait before registering again: RFC 5626 4.5, `W = min(longest, base * 2^failures)`, of which a random
 * part between 50 and 100 % keeps many lines from coming back at once. The RFC's own base of 30 s is for phones that
 * have another way to be reached; a trunk has none.
 */
export class RegistrationBackOff {
  readonly #random: () => number;
  #failures = 0;

  /** `random`: from 0 to below 1. */
  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  /** The wait after one more failure, ms. `atLeastMs`: what the server asked for (Retry-After). */
  failed(atLeastMs = 0): number {
    const upperMs = Math.min(LONGEST_MS, BASE_MS * 2 ** this.#failures);
    this.#failures += 1;
    return Math.max(atLeastMs, Math.round(upperMs * (0.5 + 0.5 * this.#random())));
  }
}
