/** A wait that ended with an answer; when that was is wall-clock ms. */
export interface Wait {
  readonly waitedMs: number;
  readonly answeredAtMs: number;
}

/** So many are remembered: enough for a mean, few enough to follow the day. */
export const WAITS_KEPT = 20;
/** Older ones say nothing of how busy it is now. */
export const WAIT_COUNTS_FOR_MS = 2 * 3_600_000;

/** The latest waits of a queue, from which it is told how long callers are likely to wait (QD10). */
export class RecentWaits {
  #waits: readonly Wait[] = [];

  /** What is remembered, the last one at the end. */
  get all(): readonly Wait[] {
    return this.#waits;
  }

  /** Takes what was remembered before a restart. */
  restore(waits: readonly Wait[]): void {
    this.#waits = waits.slice(-WAITS_KEPT);
  }

  /** A caller was answered. */
  note(wait: Wait): void {
    this.#waits = [...this.#waits, wait].slice(-WAITS_KEPT);
  }

  /**
   * How much longer someone waits who has waited so long. Only waits that were longer than that can say it: who has
   * waited ten minutes in a queue of three is not promised that it is over soon.
   */
  remainingMs(waitedMs: number, nowMs: number): number | undefined {
    const longer = this.#waits.filter(
      (wait) => wait.waitedMs > waitedMs && nowMs - wait.answeredAtMs < WAIT_COUNTS_FOR_MS,
    );
    if (longer.length === 0) return undefined;
    return longer.reduce((sum, wait) => sum + wait.waitedMs - waitedMs, 0) / longer.length;
  }
}
