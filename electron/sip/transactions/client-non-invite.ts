import type { Clock } from '../../../shared/lib/clock.ts';
import { TimerSet } from '../../../shared/lib/timer-set.ts';
import type { SipRequest, SipResponse } from '../message.ts';
import { serialise } from '../serialise.ts';
import { StateMachine } from '../state-machine.ts';
import { T2_MS, timersFor } from '../timers.ts';
import type { SipFlow } from '../transport.ts';

/** What a client transaction tells its user; exactly one of `onFinal` and `onFailed` comes, once. */
export interface ClientTransactionEvents {
  onProvisional?(response: SipResponse): void;
  onFinal(response: SipResponse): void;
  /** No final response: the timer ran out, or the flow is gone (RFC 3261 17.1.4). */
  onFailed(why: 'timeout' | 'transport'): void;
  onTerminated(): void;
}

/**
 * Non-INVITE client transaction, RFC 3261 17.1.2.
 *
 *     trying ──1xx──> proceeding
 *        └────200–699────┴──> completed ──Timer K──> terminated
 *        └────Timer F / transport error──> terminated
 */
export class NonInviteClientTransaction {
  readonly request: SipRequest;
  readonly flow: SipFlow;
  readonly #events: ClientTransactionEvents;
  readonly #timers: TimerSet;
  readonly #text: string;
  readonly #machine = new StateMachine('trying', {
    trying: ['proceeding', 'completed', 'terminated'],
    proceeding: ['completed', 'terminated'],
    completed: ['terminated'],
    terminated: [],
  });

  constructor(request: SipRequest, flow: SipFlow, clock: Clock, events: ClientTransactionEvents) {
    this.request = request;
    this.flow = flow;
    this.#events = events;
    this.#timers = new TimerSet(clock);
    this.#text = serialise(request);
  }

  get state(): string {
    return this.#machine.state;
  }

  start(): void {
    const timers = timersFor(this.flow);
    this.#timers.set('F', timers.fMs, () => this.fail('timeout'));
    if (timers.eMs !== undefined) this.#timers.repeat('E', timers.eMs, T2_MS, () => this.flow.send(this.#text));
    if (!this.flow.send(this.#text)) this.fail('transport');
  }

  receive(response: SipResponse): void {
    if (!this.#machine.is('trying', 'proceeding')) return;
    if (response.status < 200) {
      if (this.#machine.is('trying')) {
        this.#machine.transitionTo('proceeding');
        // RFC 3261 17.1.2.2: in Proceeding, Timer E is reset to T2.
        if (this.#timers.has('E')) this.#timers.repeat('E', T2_MS, T2_MS, () => this.flow.send(this.#text));
      }
      this.#events.onProvisional?.(response);
      return;
    }
    this.#machine.transitionTo('completed');
    this.#timers.clear();
    this.#timers.set('K', timersFor(this.flow).kMs, () => this.terminate());
    this.#events.onFinal(response);
  }

  fail(why: 'timeout' | 'transport'): void {
    if (!this.#machine.is('trying', 'proceeding')) return;
    this.terminate();
    this.#events.onFailed(why);
  }

  terminate(): void {
    if (this.#machine.is('terminated')) return;
    this.#machine.transitionTo('terminated');
    this.#timers.clear();
    this.#events.onTerminated();
  }
}
