import type { Clock } from '../../../shared/lib/clock.ts';
import { TimerSet } from '../../../shared/lib/timer-set.ts';
import type { Dialog } from '../dialog.ts';
import type { SipResponse } from '../message.ts';
import { retryAfterMs } from '../retry-after.ts';
import type { TransactionLayer } from '../transactions/layer.ts';
import type { SipFlow } from '../transport.ts';
import type { Wish } from './subscribe-request.ts';

/** Changes within this time are told together. */
const PAUSE_MS = 250;

/** Why a subscription ends, as Subscription-State says it (RFC 6665 4.1.3). */
export type SubscriptionEnd = 'timeout' | 'rejected' | 'probation;retry-after=30';

export interface SubscriptionContext {
  readonly clock: Clock;
  readonly layer: TransactionLayer;
  readonly contactFor: (flow: SipFlow) => string;
  /** It is over; nothing comes after it. */
  readonly onEnded: (subscription: Subscription) => void;
}

/** One phone that is told of one thing, in a dialog of its own (RFC 6665 4.2). */
export class Subscription {
  readonly user: string;
  readonly resource: string;
  readonly dialog: Dialog;
  readonly #context: SubscriptionContext;
  readonly #wish: Wish;
  readonly #write: () => string;
  readonly #timers: TimerSet;
  #endsAtMs = 0;
  #unanswered = false;
  #changed = false;
  #over = false;

  constructor(context: SubscriptionContext, user: string, resource: string, dialog: Dialog, wish: Wish) {
    this.#context = context;
    this.user = user;
    this.resource = resource;
    this.dialog = dialog;
    this.#wish = wish;
    this.#write = wish.eventPackage.writer(resource);
    this.#timers = new TimerSet(context.clock);
  }

  get eventName(): string {
    return this.#wish.eventPackage.name;
  }

  /** Whether that is the event of this subscription. */
  isFor({ eventPackage, id }: Wish): boolean {
    return eventPackage === this.#wish.eventPackage && id === this.#wish.id;
  }

  /** It lasts so long from now on, and tells the state; 0 ends it. */
  extend(expiresS: number): void {
    if (expiresS === 0) {
      this.end('timeout');
      return;
    }
    this.#endsAtMs = this.#context.clock.nowMs() + expiresS * 1000;
    this.#timers.set('end', expiresS * 1000, () => this.end('timeout'));
    // Who asks is told at once (RFC 6665 4.2.1.2).
    this.#timers.cancel('pause');
    this.noteChange();
  }

  /** What it is about has changed. */
  noteChange(): void {
    this.#changed = true;
    this.#tell();
  }

  /** Ends it with a last word. */
  end(reason: SubscriptionEnd): void {
    if (this.#over) return;
    this.#close();
    this.#send(`terminated;reason=${reason}`, () => {});
  }

  /** Ends it without a word: there is nobody to say it to. */
  drop(): void {
    if (!this.#over) this.#close();
  }

  #close(): void {
    this.#over = true;
    this.#timers.clear();
    this.#context.onEnded(this);
  }

  #tell(): void {
    if (this.#over || !this.#changed || this.#unanswered || this.#timers.has('pause')) return;
    this.#changed = false;
    this.#unanswered = true;
    this.#timers.set('pause', PAUSE_MS, () => this.#tell());
    const leftS = Math.max(1, Math.ceil((this.#endsAtMs - this.#context.clock.nowMs()) / 1000));
    this.#send(`active;expires=${leftS}`, (result) => this.#handleResult(result));
  }

  #send(state: string, onResult: (result: SipResponse | 'failed') => void): void {
    const { layer, contactFor } = this.#context;
    const { flow } = this.dialog;
    if (!flow.isOpen) {
      onResult('failed');
      return;
    }
    const { eventPackage, id } = this.#wish;
    const request = this.dialog.createRequest('NOTIFY', {
      headers: [
        ['Contact', contactFor(flow)],
        ['Event', id === undefined ? eventPackage.name : `${eventPackage.name};id=${id}`],
        ['Subscription-State', state],
        ['Content-Type', eventPackage.contentType],
      ],
      body: this.#write(),
    });
    layer.send(request, flow, { onFinal: onResult, onFailed: () => onResult('failed') });
  }

  #handleResult(result: SipResponse | 'failed'): void {
    if (this.#over) return;
    this.#unanswered = false;
    if (result === 'failed') this.drop();
    else if (result.status < 300) this.#tell();
    else {
      const delayMs = retryAfterMs(result);
      // RFC 6665 4.2.2: who names no time to come back has no subscription any more.
      if (delayMs === undefined) this.drop();
      else {
        this.#changed = true;
        this.#timers.set('pause', Math.max(delayMs, PAUSE_MS), () => this.#tell());
      }
    }
  }
}
