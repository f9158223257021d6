import type { CancelTimer, Clock } from '../../shared/lib/clock.ts';
import { FRAME_MS } from './g711.ts';

/** Called every 20 ms with the number of the tick; numbers may jump after a long stall, never go back. */
export type TickListener = (tick: number) => void;

/** After a stall at most this many ticks are made up for; what is older would be heard too late anyway. */
const MAX_CATCH_UP = 5;

/**
 * One 20 ms clock for every call. Each tick is due at a multiple of 20 ms from the start, not 20 ms after the last
 * one, so timers that fire late do not add up (per-call intervals drift to 48.8 packets/s). Stands still while nobody
 * listens.
 */
export class MediaClock {
  readonly #clock: Clock;
  readonly #onLate: (lateMs: number) => void;
  readonly #listeners = new Set<TickListener>();
  #startMs = 0;
  #tick = 0;
  #cancel: CancelTimer | undefined;

  /** `onLate` is told how much later than due each tick came, ms. */
  constructor(clock: Clock, onLate: (lateMs: number) => void = () => {}) {
    this.#clock = clock;
    this.#onLate = onLate;
  }

  /** Number of the last tick. */
  get tick(): number {
    return this.#tick;
  }

  /** Starts to call `listener`; returns the way to stop it. */
  add(listener: TickListener): () => void {
    this.#listeners.add(listener);
    if (this.#cancel === undefined) {
      this.#startMs = this.#clock.nowMs() - this.#tick * FRAME_MS;
      this.#schedule();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#cancel?.();
      this.#cancel = undefined;
    };
  }

  #schedule(): void {
    const dueMs = this.#startMs + (this.#tick + 1) * FRAME_MS;
    this.#cancel = this.#clock.after(Math.max(0, dueMs - this.#clock.nowMs()), () => this.#fire());
  }

  #fire(): void {
    const sinceStartMs = this.#clock.nowMs() - this.#startMs;
    this.#onLate(Math.max(0, sinceStartMs - (this.#tick + 1) * FRAME_MS));
    const due = Math.floor(sinceStartMs / FRAME_MS);
    // Timers may fire a fraction of a millisecond early: always make one tick.
    const last = Math.max(due, this.#tick + 1);
    if (last - this.#tick > MAX_CATCH_UP) this.#tick = last - MAX_CATCH_UP;
    while (this.#tick < last) {
      this.#tick++;
      for (const listener of [...this.#listeners]) listener(this.#tick);
    }
    this.#cancel = undefined;
    if (this.#listeners.size > 0) this.#schedule();
  }
}
