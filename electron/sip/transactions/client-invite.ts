import type { Clock } from '../../../shared/lib/clock.ts';
import { TimerSet } from '../../../shared/lib/timer-set.ts';
import { SipHeaders } from '../headers.ts';
import { SipRequest, type SipResponse } from '../message.ts';
import { serialise } from '../serialise.ts';
import { StateMachine } from '../state-machine.ts';
import { timersFor } from '../timers.ts';
import type { SipFlow } from '../transport.ts';
import type { ClientTransactionEvents } from './client-non-invite.ts';

/**
 * INVITE client transaction, RFC 3261 17.1.1 with the Accepted state of RFC 6026.
 *
 *     calling ──1xx──> proceeding
 *        ├──────300–699───┴──> completed ──Timer D──> terminated
 *        ├────────2xx─────┴──> accepted  ──Timer M──> terminated
 *        └──Timer B / transport error──> terminated
 */
export class InviteClientTransaction {
  readonly request: SipRequest;
  readonly flow: SipFlow;
  readonly #events: ClientTransactionEvents & { onRepeated2xx?(response: SipResponse): void };
  readonly #timers: TimerSet;
  readonly #text: string;
  readonly #machine = new StateMachine('calling', {
    calling: ['proceeding', 'completed', 'accepted', 'terminated'],
    proceeding: ['completed', 'accepted', 'terminated'],
    completed: ['terminated'],
    accepted: ['terminated'],
    terminated: [],
  });
  #ack: string | undefined;

  constructor(
    request: SipRequest,
    flow: SipFlow,
    clock: Clock,
    /** `onRepeated2xx`: the 2xx came again, so its ACK must be sent again (RFC 3261 13.2.2.4). */
    events: ClientTransactionEvents & { onRepeated2xx?(response: SipResponse): void },
  ) {
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
    this.#timers.set('B', timers.bMs, () => this.fail('timeout'));
    if (timers.aMs !== undefined) {
      // RFC 3261 17.1.1.2: Timer A doubles without a bound; Timer B ends it.
      this.#timers.repeat('A', timers.aMs, Number.POSITIVE_INFINITY, () => this.flow.send(this.#text));
    }
    if (!this.flow.send(this.#text)) this.fail('transport');
  }

  receive(response: SipResponse): void {
    if (this.#machine.is('completed')) {
      // RFC 3261 17.1.1.2: any retransmission of the final response is answered by the ACK again.
      if (response.status >= 300 && this.#ack !== undefined) this.flow.send(this.#ack);
      return;
    }
    if (this.#machine.is('accepted')) {
      if (response.status >= 200 && response.status < 300) this.#events.onRepeated2xx?.(response);
      return;
    }
    if (this.#machine.is('terminated')) return;
    if (response.status < 200) {
      if (this.#machine.is('calling')) this.#machine.transitionTo('proceeding');
      this.#timers.clear();
      this.#events.onProvisional?.(response);
      return;
    }
    this.#timers.clear();
    if (response.status < 300) {
      this.#machine.transitionTo('accepted');
      this.#timers.set('M', timersFor(this.flow).mMs, () => this.terminate());
    } else {
      this.#machine.transitionTo('completed');
      this.#ack = serialise(ackForError(this.request, response));
      this.flow.send(this.#ack);
      this.#timers.set('D', timersFor(this.flow).dMs, () => this.terminate());
    }
    this.#events.onFinal(response);
  }

  fail(why: 'timeout' | 'transport'): void {
    if (!this.#machine.is('calling', 'proceeding')) return;
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

/** The ACK to a 300–699, which belongs to the INVITE's transaction (RFC 3261 17.1.1.3). */
function ackForError(invite: SipRequest, response: SipResponse): SipRequest {
  const headers = new SipHeaders();
  headers.append('Via', invite.headers.list('Via')[0] ?? '');
  for (const route of invite.headers.getAll('Route')) headers.append('Route', route);
  headers.append('Max-Forwards', '70');
  headers.append('From', invite.headers.get('From') ?? '');
  headers.append('To', response.headers.get('To') ?? '');
  headers.append('Call-ID', invite.callId);
  headers.append('CSeq', `${invite.cseq.number} ACK`);
  return new SipRequest('ACK', invite.uri, headers);
}
