/** A cancelled timer never fires; cancelling twice is harmless. */
export type CancelTimer = () => void;

/** Time from outside, so that tests can turn it by hand. All times in milliseconds. */
export interface Clock {
  /** Monotonic milliseconds; only differences mean anything. */
  nowMs(): number;
  /** Wall-clock milliseconds since 1970-01-01T00:00Z. */
  wallMs(): number;
  /** Calls `fire` once, `delayMs` from now. */
  after(delayMs: number, fire: () => void): CancelTimer;
}

/** A clock that moves only when told to; timers fire in order of their time, then of their making. */
export class ManualClock implements Clock {
  #nowMs = 0;
  #nextId = 1;
  readonly #startWallMs: number;
  readonly #timers = new Map<number, { atMs: number; fire: () => void }>();

  constructor(startWallMs = Date.UTC(2026, 0, 5, 9, 0, 0)) {
    this.#startWallMs = startWallMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return this.#startWallMs + this.#nowMs;
  }

  after(delayMs: number, fire: () => void): CancelTimer {
    const id = this.#nextId++;
    this.#timers.set(id, { atMs: this.#nowMs + Math.max(0, delayMs), fire });
    return () => {
      this.#timers.delete(id);
    };
  }

  /** How many timers wait: a test for leaks asserts 0. */
  get pending(): number {
    return this.#timers.size;
  }

  /** When the next timer is due (same scale as `nowMs`), or undefined. */
  get nextDueMs(): number | undefined {
    let due: number | undefined;
    for (const timer of this.#timers.values()) if (due === undefined || timer.atMs < due) due = timer.atMs;
    return due;
  }

  /** Moves on by `byMs`, firing what falls due on the way, timers made meanwhile too. */
  advance(byMs: number): void {
    const untilMs = this.#nowMs + byMs;
    for (;;) {
      let next: { id: number; atMs: number; fire: () => void } | undefined;
      for (const [id, timer] of this.#timers) {
        if (timer.atMs <= untilMs && (next === undefined || timer.atMs < next.atMs)) next = { id, ...timer };
      }
      if (next === undefined) break;
      this.#timers.delete(next.id);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.fire();
    }
    this.#nowMs = untilMs;
  }
}
