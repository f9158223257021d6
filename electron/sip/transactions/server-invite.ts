import type { Clock } from '../../../shared/lib/clock.ts';
import { TimerSet } from '../../../shared/lib/timer-set.ts';
import type { SipRequest, SipResponse } from '../message.ts';
import { serialise } from '../serialise.ts';
import { StateMachine } from '../state-machine.ts';
import { T2_MS, timersFor } from '../timers.ts';
import type { SipFlow } from '../transport.ts';

export interface ServerTransactionEvents {
  /** The transaction is over and is forgotten. */
  onTerminated(): void;
  /** No ACK came for a final error (Timer H); the RFC only asks to tell the transaction user. */
  onTimeout?(): void;
}

/**
 * INVITE server transaction, RFC 3261 17.2.1 with the Accepted state of RFC 6026.
 *
 *     proceeding ──2xx──> accepted ──Timer L──> terminated
 *         │ 300–699
 *         v
 *     completed ──ACK──> confirmed ──Timer I──> terminated
 *         └──Timer H──> terminated
 */
export class InviteServerTransaction {
  readonly request: SipRequest;
  readonly flow: SipFlow;
  readonly #events: ServerTransactionEvents;
  readonly #timers: TimerSet;
  readonly #machine = new StateMachine('proceeding', {
    proceeding: ['accepted', 'completed', 'terminated'],
    accepted: ['terminated'],
    completed: ['confirmed', 'terminated'],
    confirmed: ['terminated'],
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

  /** Sends a response of the transaction user; false when it is too late for it. */
  respond(response: SipResponse): boolean {
    const timers = timersFor(this.flow);
    if (this.#machine.is('accepted') && response.status >= 200 && response.status < 300) {
      // RFC 6026 7.1: in Accepted, 2xx retransmissions of the TU are passed to the transport.
      this.flow.send(serialise(response));
      return true;
    }
    if (!this.#machine.is('proceeding')) return false;
    this.#last = serialise(response);
    this.flow.send(this.#last);
    if (response.status < 200) return true;
    if (response.status < 300) {
      this.#machine.transitionTo('accepted');
      this.#timers.set('L', timers.lMs, () => this.terminate());
    } else {
      this.#machine.transitionTo('completed');
      if (timers.gMs !== undefined) this.#timers.repeat('G', timers.gMs, T2_MS, () => this.#resend());
      this.#timers.set('H', timers.hMs, () => {
        this.#events.onTimeout?.();
        this.terminate();
      });
    }
    return true;
  }

  /** A retransmission of the INVITE, or the ACK to a final error. */
  receive(request: SipRequest): void {
    if (request.method === 'ACK') {
      if (!this.#machine.is('completed')) return;
      this.#machine.transitionTo('confirmed');
      this.#timers.clear();
      this.#timers.set('I', timersFor(this.flow).iMs, () => this.terminate());
    } else if (this.#machine.is('proceeding', 'completed')) {
      this.#resend();
    }
    // RFC 6026 7.1: in Accepted, a retransmitted INVITE is absorbed.
  }

  terminate(): void {
    if (this.#machine.is('terminated')) return;
    this.#machine.transitionTo('terminated');
    this.#timers.clear();
    this.#events.onTerminated();
  }

  #resend(): void {
    if (this.#last !== undefined) this.flow.send(this.#last);
  }
}
