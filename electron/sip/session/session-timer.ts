import type { TimerSet } from '../../../shared/lib/timer-set.ts';
import type { SipResponse } from '../message.ts';
import { retryAfterMs } from '../retry-after.ts';
import { agreedAsClient, askForInterval, MIN_INTERVAL_S, minIntervalOf, type RefreshPlan } from './session-expires.ts';

export type Headers = readonly (readonly [string, string])[];

/** How a request within a session ended: its final response, nobody answered, or it could not be sent. */
export type RequestResult = SipResponse | 'timeout' | 'transport';

/** What the timer asks of its session. */
export interface SessionTimerOwner {
  /** Sends an UPDATE or re-INVITE with these headers; its final response comes to `handleResult`. */
  refresh(headers: Headers): void;
  /** Nobody refreshed the session in time, or the far end does not know it: hang up. */
  expire(): void;
  /** How long to wait after both ends asked at once, ms (RFC 3261 14.1). */
  glareDelayMs(): number;
}

/** The latest that a session without a refresh is ended before it expires, ms (RFC 4028 10). */
const MARGIN_MS = 32_000;
/** A refresh that could not be sent, or was refused for the moment, is tried again after that. */
const RETRY_MS = 2000;

/** Keeps a session alive, or notices that it is dead, as was agreed on (RFC 4028 7.2, 7.4, 10). */
export class SessionTimer {
  readonly #owner: SessionTimerOwner;
  readonly #timers: TimerSet;
  #intervalS = 0;
  #minIntervalS = MIN_INTERVAL_S;

  constructor(timers: TimerSet, owner: SessionTimerOwner) {
    this.#timers = timers;
    this.#owner = owner;
  }

  /** Counts anew after a 2xx; undefined: the session does not expire any more. */
  begin(plan: RefreshPlan | undefined): void {
    this.#timers.cancel('refresh');
    this.#timers.cancel('expire');
    if (plan === undefined) return;
    const intervalMs = plan.intervalS * 1000;
    this.#intervalS = plan.intervalS;
    if (plan.weRefresh) this.#refreshAfter(intervalMs / 2);
    const margin = Math.min(MARGIN_MS, intervalMs / 3);
    this.#timers.set('expire', plan.weRefresh ? intervalMs : intervalMs - margin, () => this.#owner.expire());
  }

  /** How a refresh of ours ended. */
  handleResult(result: RequestResult): void {
    if (result === 'transport') {
      this.#refreshAfter(RETRY_MS);
      return;
    }
    // RFC 4028 10: without an answer the far end is taken as gone.
    const status = result === 'timeout' ? 408 : result.status;
    if (result === 'timeout' || status === 408 || status === 481) this.#owner.expire();
    else if (status < 300) this.begin(agreedAsClient(result));
    else if (status === 491) this.#refreshAfter(this.#owner.glareDelayMs());
    else if (status === 422) {
      this.#minIntervalS = Math.max(this.#minIntervalS, minIntervalOf(result));
      this.#intervalS = Math.max(this.#intervalS, this.#minIntervalS);
      this.#refreshAfter(0);
    } else this.#refreshAfter(retryAfterMs(result) ?? RETRY_MS);
  }

  #refreshAfter(delayMs: number): void {
    this.#timers.set('refresh', delayMs, () =>
      this.#owner.refresh(askForInterval(this.#intervalS, this.#minIntervalS, 'uac')),
    );
  }
}

/** RFC 3261 14.1: 2.1 to 4 s for who chose the Call-ID, 0 to 2 s for the other end, in steps of 10 ms. */
export function glareDelayMs(ownsCallId: boolean, random: number): number {
  return ownsCallId ? 2100 + 10 * Math.floor(random * 191) : 10 * Math.floor(random * 201);
}
