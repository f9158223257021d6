import type { Clock } from '../../shared/lib/clock.ts';
import { type Logger, silentLogger } from '../../shared/lib/logger.ts';
import { Authenticator } from './authenticator.ts';
import { dialogId } from './dialog.ts';
import type { DigestSecret } from './digest.ts';
import { newTag } from './ids.ts';
import { formatVia, type SipRequest } from './message.ts';
import { parseMessage } from './parse.ts';
import { type Binding, Registrar } from './registrar.ts';
import { createResponse, type ResponseOptions } from './responses.ts';
import { serialise } from './serialise.ts';
import { ALLOWED_METHODS, SUPPORTED_OPTIONS } from './session/capabilities.ts';
import { IncomingSession } from './session/incoming.ts';
import { type InviteOptions, type OutgoingEvents, OutgoingSession } from './session/outgoing.ts';
import type { Session, SessionContext } from './session/session.ts';
import { tooSmallInterval } from './session/session-expires.ts';
import { type ServerTransaction, TransactionLayer } from './transactions/layer.ts';
import { InviteServerTransaction } from './transactions/server-invite.ts';
import type { SipFlow, SipTransport } from './transport.ts';
import { parseSipUri } from './uri.ts';

export interface UserAgentOptions {
  readonly clock: Clock;
  readonly transports: readonly SipTransport[];
  readonly realm: string;
  /** For User-Agent and Server headers. */
  readonly product: string;
  readonly secretOf: (user: string) => DigestSecret | undefined;
  /** A call from an authenticated user. The handler must answer, reject or keep it. */
  readonly onInvite: (session: IncomingSession) => void;
  /** The bindings of a user changed. */
  readonly onRegistration: (user: string) => void;
  readonly logger?: Logger;
  readonly reconnectGraceMs?: number;
  /** Numbers from 0 to just before 1, for delays after a glare. */
  readonly random?: () => number;
}

/** The SIP server: registrar, authentication and the user agent of every call, over injected transports. */
export class UserAgent {
  readonly registrar: Registrar;
  readonly #options: UserAgentOptions;
  readonly #logger: Logger;
  readonly #authenticator: Authenticator;
  readonly #layer: TransactionLayer;
  readonly #context: SessionContext;
  readonly #sessions = new Set<Session>();
  readonly #byDialog = new Map<string, Session>();
  readonly #byInvite = new Map<InviteServerTransaction, IncomingSession>();

  constructor(options: UserAgentOptions) {
    const { clock, realm, secretOf, onRegistration } = options;
    this.#options = options;
    this.#logger = options.logger ?? silentLogger;
    this.#authenticator = new Authenticator({ clock, logger: this.#logger, realm, secretOf });
    this.registrar = new Registrar({ clock, onChange: onRegistration });
    this.#layer = new TransactionLayer(clock, {
      handleRequest: (request, transaction, flow) => this.#handleRequest(request, transaction, flow),
    });
    this.#context = {
      clock,
      logger: this.#logger,
      layer: this.#layer,
      reconnectGraceMs: options.reconnectGraceMs ?? 4000,
      random: options.random ?? Math.random,
      sendRaw: (request, flow) => void flow.send(serialise(request)),
      contactFor: (flow) => `<sip:pbx@${flow.localAddress};transport=${flow.protocol.toLowerCase()}>`,
      register: (session) => {
        this.#sessions.add(session);
        if (session.dialogId !== undefined) this.#byDialog.set(session.dialogId, session);
      },
      forget: (session) => this.#forget(session),
    };
  }

  /** Sessions and transactions that live: tests for leaks assert 0. */
  get load(): { readonly sessions: number; readonly transactions: number } {
    return { sessions: this.#sessions.size, transactions: this.#layer.size };
  }

  /** Listens on every transport, in their order; when one cannot, none does. */
  async listen(): Promise<{ host: string; port: number }[]> {
    const { transports } = this.#options;
    const handlers = {
      handleText: (flow: SipFlow, text: string) => this.#handleText(flow, text),
      handleClosed: (flow: SipFlow) => this.#handleClosed(flow),
    };
    const addresses: { host: string; port: number }[] = [];
    try {
      for (const transport of transports) addresses.push(await transport.listen(handlers));
    } catch (error) {
      await Promise.all(transports.map((transport) => transport.close()));
      throw error;
    }
    return addresses;
  }

  /** Calls one phone. The session is started by the caller of this, once its events are set. */
  invite(binding: Binding, options: InviteOptions, events: OutgoingEvents): OutgoingSession {
    return new OutgoingSession(this.#context, binding.user, binding.flow, options, events);
  }

  /** Closes every connection and forgets everything. Calls should have been hung up before. */
  async close(): Promise<void> {
    for (const session of [...this.#sessions]) session.abandon();
    this.#layer.close();
    this.registrar.close();
    await Promise.all(this.#options.transports.map((transport) => transport.close()));
    this.#layer.close();
  }

  #handleText(flow: SipFlow, text: string): void {
    const parsed = parseMessage(text);
    if (parsed.ok) {
      this.#logger.log('debug', 'sip.received', { flow: flow.id, what: text.slice(0, text.indexOf(' ', 8)) });
      this.#layer.receive(parsed.message, flow);
      return;
    }
    this.#logger.log('warn', 'sip.malformed', { flow: flow.id, why: parsed.reason });
    const { request } = parsed;
    // An ACK is never answered (RFC 3261 17); without a Via nobody can match an answer.
    if (request === null || request.method === 'ACK' || !request.headers.has('Via')) return;
    const reason = parsed.status === 400 ? parsed.reason : undefined;
    const options: ResponseOptions = { toTag: newTag(), ...(reason === undefined ? {} : { reason }) };
    flow.send(serialise(createResponse(request, parsed.status, options)));
  }

  #handleClosed(flow: SipFlow): void {
    this.#layer.handleFlowClosed(flow);
    for (const session of [...this.#sessions]) session.handleFlowClosed(flow);
    this.registrar.handleFlowClosed(flow);
  }

  #handleRequest(request: SipRequest, transaction: ServerTransaction | null, flow: SipFlow): void {
    if (transaction === null) {
      this.#sessionOf(request)?.handleRequest(request, null, flow);
      return;
    }
    stampVia(request, flow);
    const reply = (status: number, options: ResponseOptions = {}): void => {
      transaction.respond(createResponse(request, status, { toTag: newTag(), ...options }));
    };
    if (request.method === 'CANCEL') {
      this.#handleCancel(request, flow, reply);
      return;
    }
    if (this.#layer.isMerged(request, transaction)) {
      reply(482);
      return;
    }
    // RFC 3261 8.2.1 and 8.2.2.3: inspect the method, then Require.
    if (!ALLOWED_METHODS.split(', ').includes(request.method)) {
      reply(405, { headers: [['Allow', ALLOWED_METHODS]] });
      return;
    }
    const required = request.headers.list('Require').filter((option) => !SUPPORTED_OPTIONS.includes(option));
    if (required.length > 0) {
      reply(420, { headers: [['Unsupported', required.join(', ')]] });
      return;
    }
    if (request.method === 'REGISTER') {
      this.#handleRegister(request, transaction, reply);
      return;
    }
    const ongoing = request.toTag === undefined ? undefined : this.#sessionOf(request);
    if (ongoing !== undefined && isItsPhone(ongoing, flow)) {
      ongoing.handleRequest(request, transaction, transaction.flow);
      return;
    }
    const user = this.#authenticate(request, flow, reply);
    if (user === undefined) return;
    if (request.toTag !== undefined) {
      if (ongoing === undefined) reply(481);
      else if (ongoing.user !== user) reply(403);
      else ongoing.handleRequest(request, transaction, flow);
    } else if (transaction instanceof InviteServerTransaction) {
      const minimum = tooSmallInterval(request);
      if (minimum !== undefined) {
        reply(422, { headers: minimum });
        return;
      }
      const session = new IncomingSession(this.#context, user, transaction, transaction.flow);
      this.#byInvite.set(transaction, session);
      this.#options.onInvite(session);
    } else if (request.method === 'OPTIONS') {
      reply(200, {
        headers: [
          ['Allow', ALLOWED_METHODS],
          ['Supported', SUPPORTED_OPTIONS.join(', ')],
          ['Accept', 'application/sdp, application/dtmf-relay, application/dtmf'],
          ['Server', this.#options.product],
        ],
      });
    } else {
      reply(481);
    }
  }

  #handleCancel(request: SipRequest, flow: SipFlow, reply: (status: number) => void): void {
    const invite = this.#layer.inviteOf(request, flow);
    if (invite === undefined) {
      reply(481);
      return;
    }
    reply(200);
    this.#byInvite.get(invite)?.handleCancel();
  }

  #handleRegister(
    request: SipRequest,
    transaction: ServerTransaction,
    reply: (status: number, options?: ResponseOptions) => void,
  ): void {
    const { flow } = transaction;
    const result = this.#authenticator.check(request, 'www', flow.remoteAddress);
    if (result.kind === 'challenge') {
      reply(401, { headers: this.#authenticator.challenge('www', result.stale, flow.protocol !== 'WS') });
    } else if (result.kind === 'forbidden') {
      reply(403, { headers: retryAfter(result.retryAfterMs) });
    } else if (parseSipUri(request.to.uri)?.user !== result.user) {
      // RFC 3261 10.3 step 4: authenticated, but not allowed to change this address of record.
      reply(403);
    } else {
      transaction.respond(this.registrar.register(request, result.user, flow));
      for (const { contact } of this.registrar.bindingsOf(result.user).filter((binding) => binding.flow === flow)) {
        for (const session of this.#sessions) {
          if (session.user === result.user) session.handleReRegistered(contact, flow);
        }
      }
    }
  }

  /** The user who sends this request: registered on this very connection, or proven by digest. */
  #authenticate(
    request: SipRequest,
    flow: SipFlow,
    reply: (status: number, options?: ResponseOptions) => void,
  ): string | undefined {
    const claimed = parseSipUri(request.from.uri)?.user ?? '';
    // The address of a datagram proves nothing: anyone can write it.
    if (claimed !== '' && flow.reliable && this.registrar.isOn(claimed, flow)) return claimed;
    const result = this.#authenticator.check(request, 'proxy', flow.remoteAddress);
    if (result.kind === 'ok' && result.user === claimed) return claimed;
    if (result.kind === 'challenge') {
      reply(407, { headers: this.#authenticator.challenge('proxy', result.stale, flow.protocol !== 'WS') });
    } else {
      reply(403, { headers: result.kind === 'forbidden' ? retryAfter(result.retryAfterMs) : [] });
    }
    return undefined;
  }

  #sessionOf(request: SipRequest): Session | undefined {
    return this.#byDialog.get(dialogId(request.callId, request.toTag ?? '', request.fromTag ?? ''));
  }

  #forget(session: Session): void {
    this.#sessions.delete(session);
    if (session.dialogId !== undefined) this.#byDialog.delete(session.dialogId);
    for (const [transaction, incoming] of this.#byInvite) {
      if (incoming === session) this.#byInvite.delete(transaction);
    }
  }
}

/**
 * Whether a request of a dialog may be taken as that phone's without a password: phones on UDP and TCP do not expect to
 * be asked again. Who knows the dialog's tags, which nobody can guess, and sends from its address is the phone.
 */
function isItsPhone(session: Session, flow: SipFlow): boolean {
  return (
    flow.protocol !== 'WS' && session.flow?.protocol !== 'WS' && session.flow?.remoteAddress === flow.remoteAddress
  );
}

function retryAfter(delayMs: number | undefined): (readonly [string, string])[] {
  return delayMs === undefined ? [] : [['Retry-After', String(Math.ceil(delayMs / 1000))]];
}

/** RFC 3261 18.2.1 and RFC 3581 4: note in the top Via where the request really came from. */
function stampVia(request: SipRequest, flow: SipFlow): void {
  const [top, ...rest] = request.headers.list('Via');
  if (top === undefined) return;
  const params = new Map(request.via.params);
  const host = request.via.sentBy.replace(/:\d+$/, '');
  if (host !== flow.remoteAddress || params.has('rport')) params.set('received', flow.remoteAddress);
  if (params.get('rport') === '') params.set('rport', String(flow.remotePort));
  request.headers.set('Via', [formatVia({ ...request.via, params }), ...rest].join(', '));
}
