import type { Clock } from '../../shared/lib/clock.ts';
import type { Logger } from '../../shared/lib/logger.ts';
import { contactOf } from './contact.ts';
import { dialogId } from './dialog.ts';
import { newTag } from './ids.ts';
import { formatVia, type SipRequest } from './message.ts';
import { parseMessage } from './parse.ts';
import { createResponse, type ResponseOptions } from './responses.ts';
import { serialise } from './serialise.ts';
import { ALLOWED_METHODS, SUPPORTED_OPTIONS } from './session/capabilities.ts';
import { IncomingSession } from './session/incoming.ts';
import { type InviteOptions, type OutgoingEvents, OutgoingSession } from './session/outgoing.ts';
import type { Session, SessionContext } from './session/session.ts';
import { tooSmallInterval } from './session/session-expires.ts';
import type { EventPackage } from './subscriptions/event-package.ts';
import { Notifier } from './subscriptions/notifier.ts';
import { type ServerTransaction, TransactionLayer } from './transactions/layer.ts';
import { InviteServerTransaction } from './transactions/server-invite.ts';
import type { SipFlow, SipTransport } from './transport.ts';

/** Answers a request that is no matter of a session. */
export type Reply = (status: number, options?: ResponseOptions) => void;

/** Whom an agent takes requests from: the difference between a server for phones and the far end of a trunk. */
export interface RequestPolicy {
  /** A REGISTER; must be answered. */
  handleRegister(request: SipRequest, transaction: ServerTransaction, reply: Reply): void;
  /** Who sends this request outside of a known dialog. Undefined: nobody who may, and it is answered. */
  authenticate(request: SipRequest, flow: SipFlow, reply: Reply): string | undefined;
  /** Whether a request of a dialog is taken as its far end's without asking who it is. */
  isFarEnd(session: Session, flow: SipFlow): boolean;
  /** A call from someone who may. The handler must answer, reject or keep it. */
  handleInvite(session: IncomingSession): void;
  handleClosed(flow: SipFlow): void;
}

export interface CallAgentOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly transports: readonly SipTransport[];
  /** For Server headers. */
  readonly product: string;
  /** User part of our Contact. */
  readonly contactUser: string;
  readonly reconnectGraceMs?: number | undefined;
  /** Numbers from 0 to just before 1, for delays after a glare; `Math.random` where there is none. */
  readonly random?: (() => number) | undefined;
  readonly policy: RequestPolicy;
  /** A session began, rings, is answered or is over: see its `phase`. */
  readonly onSession?: ((session: Session) => void) | undefined;
  /** What may be subscribed to; without any SUBSCRIBE is not understood. */
  readonly packages?: readonly EventPackage[] | undefined;
}

/** Transactions, dialogs and sessions of one SIP user agent, over injected transports (RFC 3261 8, 12–15). */
export class CallAgent {
  readonly layer: TransactionLayer;
  /** Undefined where nothing may be subscribed to. */
  readonly notifier: Notifier | undefined;
  readonly #options: CallAgentOptions;
  readonly #logger: Logger;
  readonly #policy: RequestPolicy;
  /** For Allow. */
  readonly #methods: string;
  readonly #context: SessionContext;
  readonly #sessions = new Set<Session>();
  readonly #byDialog = new Map<string, Session>();
  readonly #byInvite = new Map<InviteServerTransaction, IncomingSession>();

  constructor(options: CallAgentOptions) {
    const { clock, contactUser } = options;
    this.#options = options;
    this.#policy = options.policy;
    this.#logger = options.logger;
    this.layer = new TransactionLayer(clock, {
      handleRequest: (request, transaction, flow) => this.#handleRequest(request, transaction, flow),
    });
    this.#context = {
      clock,
      logger: this.#logger,
      layer: this.layer,
      reconnectGraceMs: options.reconnectGraceMs ?? 4000,
      random: options.random ?? Math.random,
      sendRaw: (request, flow) => void flow.send(serialise(request)),
      contactFor: (flow, secure) => contactOf(contactUser, flow, secure),
      register: (session) => {
        this.#sessions.add(session);
        if (session.dialogId !== undefined) this.#byDialog.set(session.dialogId, session);
      },
      forget: (session) => this.#forget(session),
      noteChange: (session) => options.onSession?.(session),
    };
    const { packages = [] } = options;
    this.notifier = packages.length === 0 ? undefined : new Notifier({ ...this.#context, packages });
    this.#methods = this.notifier === undefined ? ALLOWED_METHODS : `${ALLOWED_METHODS}, SUBSCRIBE`;
  }

  /** Sessions and transactions that live: tests for leaks assert 0. */
  get load(): { readonly sessions: number; readonly transactions: number } {
    return { sessions: this.#sessions.size, transactions: this.layer.size };
  }

  /** Our Contact on a flow, `<sip:…>`. */
  contactFor(flow: SipFlow): string {
    return this.#context.contactFor(flow);
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

  /** Calls a user over a flow. The session is started by the caller of this, once its events are set. */
  invite(user: string, flow: SipFlow, options: InviteOptions, events: OutgoingEvents): OutgoingSession {
    return new OutgoingSession(this.#context, user, flow, options, events);
  }

  /** A phone of that user registered at `contact` on this flow: its sessions go on over it. */
  handleReRegistered(user: string, contact: string, flow: SipFlow): void {
    for (const session of this.#sessions) if (session.user === user) session.handleReRegistered(contact, flow);
  }

  /** Closes every connection and forgets everything. Calls should have been hung up before. */
  async close(): Promise<void> {
    for (const session of [...this.#sessions]) session.abandon();
    this.notifier?.close();
    this.layer.close();
    await Promise.all(this.#options.transports.map((transport) => transport.close()));
    this.layer.close();
  }

  #handleText(flow: SipFlow, text: string): void {
    const parsed = parseMessage(text);
    if (parsed.ok) {
      this.#logger.log('debug', 'sip.received', { flow: flow.id, what: text.slice(0, text.indexOf(' ', 8)) });
      this.layer.receive(parsed.message, flow);
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
    this.layer.handleFlowClosed(flow);
    for (const session of [...this.#sessions]) session.handleFlowClosed(flow);
    this.notifier?.handleFlowClosed(flow);
    this.#policy.handleClosed(flow);
  }

  #handleRequest(request: SipRequest, transaction: ServerTransaction | null, flow: SipFlow): void {
    if (transaction === null) {
      this.#sessionOf(request)?.handleRequest(request, null, flow);
      return;
    }
    stampVia(request, flow);
    const reply: Reply = (status, options = {}) => {
      transaction.respond(createResponse(request, status, { toTag: newTag(), ...options }));
    };
    if (request.method === 'CANCEL') {
      this.#handleCancel(request, flow, reply);
      return;
    }
    if (this.layer.isMerged(request, transaction)) {
      reply(482);
      return;
    }
    // RFC 3261 8.2.1 and 8.2.2.3: inspect the method, then Require.
    if (!this.#methods.split(', ').includes(request.method)) {
      reply(405, { headers: [['Allow', this.#methods]] });
      return;
    }
    const required = request.headers.list('Require').filter((option) => !SUPPORTED_OPTIONS.includes(option));
    if (required.length > 0) {
      reply(420, { headers: [['Unsupported', required.join(', ')]] });
      return;
    }
    if (request.method === 'REGISTER') {
      this.#policy.handleRegister(request, transaction, reply);
      return;
    }
    if (request.method === 'SUBSCRIBE') {
      // Each time: what is told goes where the SUBSCRIBE comes from.
      const user = this.#policy.authenticate(request, flow, reply);
      if (user !== undefined) this.notifier?.handle(request, transaction, user);
      return;
    }
    const ongoing = request.toTag === undefined ? undefined : this.#sessionOf(request);
    if (ongoing !== undefined && this.#policy.isFarEnd(ongoing, flow)) {
      ongoing.handleRequest(request, transaction, transaction.flow);
      return;
    }
    const user = this.#policy.authenticate(request, flow, reply);
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
      this.#policy.handleInvite(session);
    } else if (request.method === 'OPTIONS') {
      reply(200, {
        headers: [
          ['Allow', this.#methods],
          ...(this.notifier === undefined ? [] : [['Allow-Events', this.notifier.events] as const]),
          ['Supported', SUPPORTED_OPTIONS.join(', ')],
          ['Accept', 'application/sdp, application/dtmf-relay, application/dtmf'],
          ['Server', this.#options.product],
        ],
      });
    } else {
      reply(481);
    }
  }

  #handleCancel(request: SipRequest, flow: SipFlow, reply: Reply): void {
    const invite = this.layer.inviteOf(request, flow);
    if (invite === undefined) {
      reply(481);
      return;
    }
    reply(200);
    this.#byInvite.get(invite)?.handleCancel();
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
