import { performance } from 'node:perf_hooks';
import type { CancelTimer, Clock } from '../../shared/lib/clock.ts';

/** How often the load is judged, ms. */
const WINDOW_MS = 250;
/** Of the time in a window: above it the next calls would be heard by all. */
const BUSY_SHARE = 0.85;
/** The 20 ms clock may be so late, on average over a window, before packets come in bursts. */
const LATE_MS = 8;
/** One window may be a stall that is over; so many in a row are load. */
const WINDOWS = 2;
/** With fewer calls than these it is something else that keeps the machine busy: nobody is refused for that. */
const MIN_CALLS = 50;

export interface LoadGaugeOptions {
  readonly clock: Clock;
  /** Calls that there are now. */
  readonly calls: () => number;
  /** Share of the time since the last question that this process worked, from 0 to 1. */
  readonly busyShare?: () => number;
}

/**
 * Tells whether this process can take another call without hurting those it has. Measured, not counted: a machine may
 * be slow, or busy with other things.
 */
export class LoadGauge {
  readonly #clock: Clock;
  readonly #calls: () => number;
  readonly #busyShare: () => number;
  #cancel: CancelTimer;
  #lateMs = 0;
  #ticks = 0;
  #busyWindows = 0;

  constructor({ clock, calls, busyShare = loopShare() }: LoadGaugeOptions) {
    this.#clock = clock;
    this.#calls = calls;
    this.#busyShare = busyShare;
    this.#cancel = this.#judgeLater();
  }

  /** Whether a new call is to be refused (503) now. */
  get isFull(): boolean {
    return this.#busyWindows >= WINDOWS && this.#calls() >= MIN_CALLS;
  }

  /** A tick of the media clock came so much later than it was due, ms. */
  noteLate(lateMs: number): void {
    this.#lateMs += lateMs;
    this.#ticks++;
  }

  stop(): void {
    this.#cancel();
  }

  #judgeLater(): CancelTimer {
    return this.#clock.after(WINDOW_MS, () => {
      const lateMs = this.#ticks === 0 ? 0 : this.#lateMs / this.#ticks;
      const isBusy = this.#busyShare() > BUSY_SHARE || lateMs > LATE_MS;
      this.#busyWindows = isBusy ? this.#busyWindows + 1 : 0;
      this.#lateMs = 0;
      this.#ticks = 0;
      this.#cancel = this.#judgeLater();
    });
  }
}

/** Share of the time that the event loop of this process worked since it was last asked. */
function loopShare(): () => number {
  let last = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return utilization;
  };
}
