import type { CancelTimer, Clock } from '../../shared/lib/clock.ts';

/** The machine's clock and timers. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  wallMs: () => Date.now(),
  after(delayMs: number, fire: () => void): CancelTimer {
    const timer = setTimeout(fire, delayMs);
    return () => clearTimeout(timer);
  },
};
