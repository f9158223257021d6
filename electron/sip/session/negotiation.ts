import type { SipRequest, SipResponse } from '../message.ts';
import { createResponse } from '../responses.ts';
import type { ServerTransaction } from '../transactions/layer.ts';
import { InviteServerTransaction } from '../transactions/server-invite.ts';
import type { SipFlow } from '../transport.ts';
import { ALLOWED_METHODS, SUPPORTED_OPTIONS } from './capabilities.ts';
import type { SessionContext } from './session.ts';
import { agreeAsServer, tooSmallInterval } from './session-expires.ts';
import type { Headers, RequestResult, SessionTimer } from './session-timer.ts';

/** The session whose offers these are. */
export interface NegotiationHost {
  readonly context: SessionContext;
  readonly user: string;
  readonly flow: SipFlow | undefined;
  readonly state: string;
  readonly timer: SessionTimer;
  /** See `SessionEvents.onOffer`; undefined when nobody listens. */
  offer(sdp: string | null): Promise<string> | undefined;
  awaitAck(resend: () => void): void;
  send(method: string, options: { headers: Headers; body?: string }, onResult: (result: RequestResult) => void): void;
}

/** Offers within a session, theirs and ours, one at a time: re-INVITE (RFC 3261 14), UPDATE (RFC 3311). */
export class Negotiation {
  readonly #host: NegotiationHost;
  readonly #random: () => number;
  readonly #peerAllows = new Set<string>();
  #theirsPending = false;
  #oursPending = false;

  constructor(host: NegotiationHost) {
    this.#host = host;
    this.#random = host.context.random ?? Math.random;
  }

  /** Notes what the far end understands (RFC 3261 20.5). */
  notePeer(message: SipRequest | SipResponse): void {
    for (const method of message.headers.list('Allow')) this.#peerAllows.add(method.toUpperCase());
  }

  /** Re-INVITE (RFC 3261 14.2) and UPDATE (RFC 3311 5.2). */
  handle(request: SipRequest, transaction: ServerTransaction, flow: SipFlow): void {
    const reply = (status: number, headers: Headers = [], body = ''): SipResponse => {
      const response = createResponse(request, status, { headers, body });
      transaction.respond(response);
      return response;
    };
    const refusal = this.#refusal(request, transaction);
    if (refusal !== undefined) {
      reply(...refusal);
      return;
    }
    const host = this.#host;
    const { headers: agreed, plan } = agreeAsServer(request);
    const common: Headers = [['Contact', host.context.contactFor(flow)], ['Allow', ALLOWED_METHODS], ...agreed];
    const isInvite = transaction instanceof InviteServerTransaction;
    if (!isInvite && request.body === '') {
      // An UPDATE without a body only refreshes the session.
      reply(200, common);
      host.timer.begin(plan);
      return;
    }
    this.#theirsPending = true;
    const answered = host.offer(request.body === '' ? null : request.body) ?? Promise.reject(new Error());
    answered.then(
      (sdp) => {
        this.#theirsPending = false;
        if (host.state === 'ended') return;
        const ok = reply(200, [...common, ['Content-Type', 'application/sdp']], sdp);
        host.timer.begin(plan);
        if (isInvite) host.awaitAck(() => transaction.respond(ok));
      },
      (error: unknown) => {
        this.#theirsPending = false;
        const message = error instanceof Error ? error.message : String(error);
        host.context.logger.log('warn', 'sip.offer-refused', { user: host.user, error: message });
        reply(488);
      },
    );
  }

  /** Keeps the session alive: UPDATE without an offer where the far end knows it, else a re-INVITE (RFC 4028 7.4). */
  async refresh(headers: Headers): Promise<void> {
    const { timer, flow, context } = this.#host;
    const contact = ['Contact', flow === undefined ? '' : context.contactFor(flow)] as const;
    const common: Headers = [contact, ['Supported', SUPPORTED_OPTIONS.join(', ')], ...headers];
    if (this.#peerAllows.has('UPDATE')) {
      this.#host.send('UPDATE', { headers: common }, (result) => timer.handleResult(result));
      return;
    }
    const sdp = this.#theirsPending ? undefined : await this.#host.offer(null);
    if (this.#host.state === 'ended') return;
    if (sdp === undefined || this.#theirsPending || this.#host.state !== 'confirmed') {
      timer.handleResult('transport');
      return;
    }
    this.#oursPending = true;
    const body = { headers: [...common, ['Content-Type', 'application/sdp']] as Headers, body: sdp };
    this.#host.send('INVITE', body, (result) => {
      this.#oursPending = false;
      timer.handleResult(result);
    });
  }

  #refusal(request: SipRequest, transaction: ServerTransaction): [status: number, headers?: Headers] | undefined {
    const minimum = tooSmallInterval(request);
    if (minimum !== undefined) return [422, minimum];
    if (request.body === '' && !(transaction instanceof InviteServerTransaction)) return undefined;
    // RFC 3261 14.2 and RFC 3311 5.2: both ends offered at once; each waits a while of its own.
    if (this.#oursPending) return [491];
    // The same: while an offer of theirs is unanswered, 500 with Retry-After of 0 to 10 seconds.
    if (this.#theirsPending || this.#host.state !== 'confirmed') {
      return [500, [['Retry-After', String(Math.floor(this.#random() * 11))]]];
    }
    const isSdp = request.body === '' || request.contentType === 'application/sdp';
    return isSdp ? undefined : [415, [['Accept', 'application/sdp']]];
  }
}
