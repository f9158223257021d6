import type { Clock } from '../../../shared/lib/clock.ts';
import { TimerSet } from '../../../shared/lib/timer-set.ts';
import type { SipRequest, SipResponse } from '../message.ts';
import { serialise } from '../serialise.ts';
import { StateMachine } from '../state-machine.ts';
import { timersFor } from '../timers.ts';
import type { SipFlow } from '../transport.ts';
import type { ServerTransactionEvents } from './server-invite.ts';

/**
 * Non-INVITE server transaction, RFC 3261 17.2.2.
 *
 *     trying ──1xx──> proceeding
 *        └────200–699────┴──> completed ──Timer J──> terminated
 */
export class NonInviteServerTransaction {
  readonly request: SipRequest;
  readonly flow: SipFlow;
  readonly #events: ServerTransactionEvents;
  readonly #timers: TimerSet;
  readonly #machine = new StateMachine('trying', {
    trying: ['proceeding', 'completed', 'terminated'],
    proceeding: ['completed', 'terminated'],
    completed: ['terminated'],
    terminated: [],
  });
  #last: string | undefined;

  constructor(request: SipRequest, flow: SipFlow, clock: Clock, events: ServerTransactionEvents) {
    this.request = request;
    this.flow = flow;
    this.#events = events;
    this.#timers = new TimerSet(clock);
  }

  get state(): string {
    return this.#machine.state;
  }

  respond(response: SipResponse): boolean {
    if (!this.#machine.is('trying', 'proceeding')) return false;
    this.#last = serialise(response);
    this.flow.send(this.#last);
    if (response.status < 200) {
      if (this.#machine.is('trying')) this.#machine.transitionTo('proceeding');
      return true;
    }
    this.#machine.transitionTo('completed');
    this.#timers.set('J', timersFor(this.flow).jMs, () => this.terminate());
    return true;
  }

  /** A retransmission: discarded in Trying, answered by the last response afterwards. */
  receive(_request: SipRequest): void {
    if (this.#last !== undefined && !this.#machine.is('terminated')) this.flow.send(this.#last);
  }

  terminate(): void {
    if (this.#machine.is('terminated')) return;
    this.#machine.transitionTo('terminated');
    this.#timers.clear();
    this.#events.onTerminated();
  }
}
