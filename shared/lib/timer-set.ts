import type { CancelTimer, Clock } from './clock.ts';

/** Named timers of one owner: setting a name again replaces it, `clear()` leaves nothing behind. */
export class TimerSet {
  readonly #clock: Clock;
  readonly #running = new Map<string, CancelTimer>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  set(name: string, delayMs: number, fire: () => void): void {
    this.cancel(name);
    this.#running.set(
      name,
      this.#clock.after(delayMs, () => {
        this.#running.delete(name);
        fire();
      }),
    );
  }

  /** Fires at `firstMs`, then at double the interval each time, at most `maxMs` apart, until cancelled. */
  repeat(name: string, firstMs: number, maxMs: number, fire: () => void): void {
    this.set(name, firstMs, () => {
      this.repeat(name, Math.min(2 * firstMs, maxMs), maxMs, fire);
      fire();
    });
  }

  has(name: string): boolean {
    return this.#running.has(name);
  }

  cancel(name: string): void {
    this.#running.get(name)?.();
    this.#running.delete(name);
  }

  clear(): void {
    for (const name of [...this.#running.keys()]) this.cancel(name);
  }
}
