import type { TimerSet } from '../../../shared/lib/timer-set.ts';
import type { SipRequest } from '../message.ts';
import { T1_MS } from '../timers.ts';
import type { Headers } from './session-timer.ts';

/** A provisional response to one INVITE that is repeated until it is acknowledged (RFC 3262 3). */
export class ReliableResponse {
  readonly #timers: TimerSet;
  readonly #invite: SipRequest;
  readonly #number: number;
  #sent = false;

  /** `random`: from 0 to just before 1. */
  constructor(timers: TimerSet, invite: SipRequest, random: number) {
    this.#timers = timers;
    this.#invite = invite;
    // RFC 3262 3: the first number is chosen at random, below 2**31.
    this.#number = 1 + Math.floor(random * (2 ** 31 - 1));
  }

  /** Whether the caller wants provisional responses to be reliable. */
  static isRequired(invite: SipRequest): boolean {
    return invite.headers.list('Require').includes('100rel');
  }

  /** Sends it, once; `onFailed` when nobody acknowledges it for 64*T1. */
  send(respond: (headers: Headers) => void, onFailed: () => void): void {
    if (this.#sent) return;
    this.#sent = true;
    const headers = [
      ['Require', '100rel'],
      ['RSeq', String(this.#number)],
    ] as const;
    respond(headers);
    this.#timers.repeat('1xx', T1_MS, Number.POSITIVE_INFINITY, () => respond(headers));
    this.#timers.set('no-prack', 64 * T1_MS, onFailed);
  }

  /** A PRACK came: whether it acknowledges this response (RFC 3262 7.2). It may come after the final response. */
  acknowledge(prack: SipRequest): boolean {
    const [, number, cseq, method] =
      /^\s*(\d{1,10})\s+(\d{1,10})\s+(\S+)\s*$/.exec(prack.headers.get('RAck') ?? '') ?? [];
    const isThis = this.#sent && Number(number) === this.#number && Number(cseq) === this.#invite.cseq.number;
    if (!isThis || method !== 'INVITE') return false;
    this.stop();
    return true;
  }

  /** The final response was sent: this one is not repeated any more. */
  stop(): void {
    this.#timers.cancel('1xx');
    this.#timers.cancel('no-prack');
  }
}
