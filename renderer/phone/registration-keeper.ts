import type { CancelTimer, Clock } from '../../shared/lib/clock.ts';

const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;

/**
 * When to try REGISTER again: JsSIP itself never does after a failure. Waits double up to 30 s and start anew after a
 * success. A refused password is not tried again: a third try could lock the account.
 */
export class RegistrationKeeper {
  readonly #clock: Clock;
  readonly #register: () => void;
  #waitMs = FIRST_RETRY_MS;
  #cancel: CancelTimer | undefined;

  constructor(clock: Clock, register: () => void) {
    this.#clock = clock;
    this.#register = register;
  }

  handleRegistered(): void {
    this.stop();
    this.#waitMs = FIRST_RETRY_MS;
  }

  /** @returns Whether it is tried again. */
  handleFailed(statusCode: number | undefined): boolean {
    this.stop();
    if (statusCode === 401 || statusCode === 403 || statusCode === 407) return false;
    this.#cancel = this.#clock.after(this.#waitMs, this.#register);
    this.#waitMs = Math.min(this.#waitMs * 2, LONGEST_RETRY_MS);
    return true;
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
