import type { Clock } from '../../shared/lib/clock.ts';

export interface FailureLimits {
  /** Failures within `windowMs` after which the key is blocked for `blockMs`. */
  readonly maxFailures: number;
  readonly windowMs: number;
  readonly blockMs: number;
}

const MAX_KEYS = 10_000;

/** Counts failures by key and blocks a key that fails too often: a brake on guessing passwords. */
export class FailureLimiter {
  readonly #clock: Clock;
  readonly #limits: FailureLimits;
  readonly #keys = new Map<string, { failures: number; sinceMs: number; blockedUntilMs: number }>();

  constructor(clock: Clock, limits: FailureLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** How long the key is blocked for, ms; 0 when it is not. */
  blockedForMs(key: string): number {
    const entry = this.#keys.get(key);
    return entry === undefined ? 0 : Math.max(0, entry.blockedUntilMs - this.#clock.nowMs());
  }

  fail(key: string): void {
    const nowMs = this.#clock.nowMs();
    let entry = this.#keys.get(key);
    if (entry === undefined || nowMs - entry.sinceMs > this.#limits.windowMs) {
      this.#makeRoom(nowMs);
      entry = { failures: 0, sinceMs: nowMs, blockedUntilMs: entry?.blockedUntilMs ?? 0 };
      this.#keys.set(key, entry);
    }
    entry.failures += 1;
    if (entry.failures < this.#limits.maxFailures) return;
    entry.blockedUntilMs = nowMs + this.#limits.blockMs;
    entry.failures = 0;
    entry.sinceMs = nowMs;
  }

  succeed(key: string): void {
    this.#keys.delete(key);
  }

  #makeRoom(nowMs: number): void {
    if (this.#keys.size < MAX_KEYS) return;
    for (const [key, entry] of this.#keys) {
      if (nowMs - entry.sinceMs > this.#limits.windowMs && entry.blockedUntilMs <= nowMs) this.#keys.delete(key);
    }
    // Still full: someone makes up users. Drop the oldest entry rather than grow.
    const oldest = this.#keys.keys().next();
    if (this.#keys.size >= MAX_KEYS && oldest.done !== true) this.#keys.delete(oldest.value);
  }
}
