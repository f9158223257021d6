import type { Clock } from '../../../shared/lib/clock.ts';
import { type SipRequest, SipResponse } from '../message.ts';
import type { SipFlow } from '../transport.ts';
import { InviteClientTransaction } from './client-invite.ts';
import { type ClientTransactionEvents, NonInviteClientTransaction } from './client-non-invite.ts';
import { InviteServerTransaction } from './server-invite.ts';
import { NonInviteServerTransaction } from './server-non-invite.ts';

export type ServerTransaction = InviteServerTransaction | NonInviteServerTransaction;
export type ClientTransaction = InviteClientTransaction | NonInviteClientTransaction;

export interface TransactionUser {
  /** A new request. `transaction` is null for an ACK to a 2xx, which has none. */
  handleRequest(request: SipRequest, transaction: ServerTransaction | null, flow: SipFlow): void;
}

const MAGIC_COOKIE = 'z9hG4bK';

/** Matches messages to transactions (RFC 3261 17.1.3, 17.2.3) and makes new ones. */
export class TransactionLayer {
  readonly #clock: Clock;
  readonly #user: TransactionUser;
  readonly #servers = new Map<string, ServerTransaction>();
  readonly #clients = new Map<string, ClientTransaction>();

  constructor(clock: Clock, user: TransactionUser) {
    this.#clock = clock;
    this.#user = user;
  }

  /** How many transactions live: tests for leaks assert 0. */
  get size(): number {
    return this.#servers.size + this.#clients.size;
  }

  receive(message: SipRequest | SipResponse, flow: SipFlow): void {
    if (message instanceof SipResponse) {
      // RFC 3261 17.1.3: branch of the top Via and method of CSeq.
      const branch = message.via.params.get('branch') ?? '';
      this.#clients.get(clientKey(branch, message.cseq.method, flow))?.receive(message);
      return;
    }
    const key = serverKey(message, message.method === 'ACK' ? 'INVITE' : message.method, flow);
    const existing = this.#servers.get(key);
    if (message.method === 'ACK') {
      if (existing instanceof InviteServerTransaction && existing.state !== 'accepted') existing.receive(message);
      else this.#user.handleRequest(message, null, flow);
      return;
    }
    if (existing !== undefined) {
      existing.receive(message);
      return;
    }
    const events = { onTerminated: () => this.#servers.delete(key) };
    const transaction =
      message.method === 'INVITE'
        ? new InviteServerTransaction(message, flow, this.#clock, events)
        : new NonInviteServerTransaction(message, flow, this.#clock, events);
    this.#servers.set(key, transaction);
    this.#user.handleRequest(message, transaction, flow);
  }

  /** The INVITE that a CANCEL is for: same branch, same sender (RFC 3261 9.2). */
  inviteOf(cancel: SipRequest, flow: SipFlow): InviteServerTransaction | undefined {
    const found = this.#servers.get(serverKey(cancel, 'INVITE', flow));
    return found instanceof InviteServerTransaction ? found : undefined;
  }

  /** Sends a request in a new client transaction. The request must carry a Via with a branch of its own. */
  send(
    request: SipRequest,
    flow: SipFlow,
    events: Omit<ClientTransactionEvents, 'onTerminated'> & { onRepeated2xx?(response: SipResponse): void },
  ): ClientTransaction {
    const key = clientKey(request.via.params.get('branch') ?? '', request.method, flow);
    const all = { ...events, onTerminated: () => void this.#clients.delete(key) };
    const transaction =
      request.method === 'INVITE'
        ? new InviteClientTransaction(request, flow, this.#clock, all)
        : new NonInviteClientTransaction(request, flow, this.#clock, all);
    this.#clients.set(key, transaction);
    transaction.start();
    return transaction;
  }

  /** RFC 3261 17.1.4: the transport tells that the flow is gone; what waits on it fails at once. */
  handleFlowClosed(flow: SipFlow): void {
    for (const transaction of [...this.#clients.values()]) if (transaction.flow === flow) transaction.fail('transport');
    for (const transaction of [...this.#servers.values()]) if (transaction.flow === flow) transaction.terminate();
  }

  /** Forgets everything; no timer is left. */
  close(): void {
    for (const transaction of [...this.#clients.values()]) transaction.terminate();
    for (const transaction of [...this.#servers.values()]) transaction.terminate();
  }
}

function clientKey(branch: string, method: string, flow: SipFlow): string {
  return `${flow.id} ${method} ${branch}`;
}

/**
 * The flow is part of the key on connections: nobody can touch a transaction of another connection by guessing its
 * branch. Without the magic cookie the rules of RFC 2543 hold (17.2.3, second half).
 */
function serverKey(request: SipRequest, method: string, flow: SipFlow): string {
  const origin = flow.reliable ? flow.id : `${flow.remoteAddress}:${flow.remotePort}`;
  const branch = request.via.params.get('branch') ?? '';
  if (branch.startsWith(MAGIC_COOKIE)) return `${origin} ${method} ${branch} ${request.via.sentBy.toLowerCase()}`;
  return [
    origin,
    method,
    request.uri,
    request.fromTag ?? '',
    request.callId,
    request.cseq.number,
    request.via.sentBy,
    branch,
  ].join(' ');
}
