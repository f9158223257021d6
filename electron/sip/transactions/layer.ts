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
  /** Of requests outside of a dialog, the transaction that was first with that Call-ID, From tag and CSeq. */
  readonly #firsts = new Map<string, ServerTransaction>();
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
    const merge = mergeKey(message);
    const events = {
      onTerminated: () => {
        this.#servers.delete(key);
        if (this.#firsts.get(merge) === transaction) this.#firsts.delete(merge);
      },
    };
    const back = replyFlow(message, flow);
    const transaction: ServerTransaction =
      message.method === 'INVITE'
        ? new InviteServerTransaction(message, back, this.#clock, events)
        : new NonInviteServerTransaction(message, back, this.#clock, events);
    this.#servers.set(key, transaction);
    if (message.toTag === undefined && !this.#firsts.has(merge)) this.#firsts.set(merge, transaction);
    this.#user.handleRequest(message, transaction, flow);
  }

  /**
   * RFC 3261 8.2.2.2: a request outside of a dialog that came before by another path, to be answered with 482. Looks
   * at the transactions that go on.
   */
  isMerged(request: SipRequest, transaction: ServerTransaction): boolean {
    const first = request.toTag === undefined ? this.#firsts.get(mergeKey(request)) : undefined;
    return first !== undefined && first !== transaction;
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

function mergeKey({ callId, fromTag = '', cseq }: SipRequest): string {
  return `${callId} ${fromTag} ${cseq.number} ${cseq.method}`;
}

/** Over datagrams the branch alone counts (RFC 3261 17.1.3): an answer may come from another port than it was sent to. */
function clientKey(branch: string, method: string, flow: SipFlow): string {
  return `${flow.reliable ? flow.id : flow.protocol} ${method} ${branch}`;
}

/**
 * Where answers go. Connections: back over them. Datagrams (RFC 3261 18.2.2): to the address that it came from, and to
 * its port when the client asks for that by `rport` (RFC 3581 4), else to the port in Via, or 5060.
 */
export function replyFlow(request: SipRequest, flow: SipFlow): SipFlow {
  if (flow.reliable || flow.to === undefined || request.via.params.has('rport')) return flow;
  const port = Number(/:(\d{1,5})$/.exec(request.via.sentBy)?.[1] ?? 5060);
  return port === flow.remotePort || port === 0 || port > 65_535 ? flow : flow.to(port);
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
