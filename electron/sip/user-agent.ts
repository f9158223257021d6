import type { Clock } from '../../shared/lib/clock.ts';
import { type Logger, silentLogger } from '../../shared/lib/logger.ts';
import { Authenticator } from './authenticator.ts';
import { CallAgent, type Reply } from './call-agent.ts';
import type { DigestSecret } from './digest.ts';
import type { SipRequest } from './message.ts';
import { type Binding, Registrar } from './registrar.ts';
import type { IncomingSession } from './session/incoming.ts';
import type { InviteOptions, OutgoingEvents, OutgoingSession } from './session/outgoing.ts';
import type { Session } from './session/session.ts';
import type { EventPackage } from './subscriptions/event-package.ts';
import type { ServerTransaction } from './transactions/layer.ts';
import { isBrowser, type SipFlow, type SipTransport } from './transport.ts';
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
  /** What phones may subscribe to. */
  readonly packages?: readonly EventPackage[];
  /** A session of a phone began, rings, is answered or is over: see its `phase`. */
  readonly onSession?: (session: Session) => void;
  readonly logger?: Logger;
  readonly reconnectGraceMs?: number;
  /** Numbers from 0 to just before 1, for delays after a glare. */
  readonly random?: () => number;
}

/** The SIP server: registrar, authentication and the user agent of every call, over injected transports. */
export class UserAgent {
  readonly registrar: Registrar;
  readonly #authenticator: Authenticator;
  readonly #calls: CallAgent;

  constructor(options: UserAgentOptions) {
    const { clock, realm, secretOf, onInvite, onRegistration, logger = silentLogger } = options;
    this.#authenticator = new Authenticator({ clock, logger, realm, secretOf });
    this.registrar = new Registrar({ clock, onChange: onRegistration });
    this.#calls = new CallAgent({
      clock,
      logger,
      transports: options.transports,
      product: options.product,
      contactUser: 'pbx',
      reconnectGraceMs: options.reconnectGraceMs,
      random: options.random,
      packages: options.packages,
      onSession: options.onSession,
      policy: {
        handleRegister: (request, transaction, reply) => this.#handleRegister(request, transaction, reply),
        authenticate: (request, flow, reply) => this.#authenticate(request, flow, reply),
        isFarEnd: isItsPhone,
        handleInvite: onInvite,
        handleClosed: (flow) => this.registrar.handleFlowClosed(flow),
      },
    });
  }

  /** Sessions and transactions that live: tests for leaks assert 0. */
  get load(): { readonly sessions: number; readonly transactions: number } {
    return this.#calls.load;
  }

  /** Subscriptions of phones that live. */
  get subscriptions(): number {
    return this.#calls.notifier?.size ?? 0;
  }

  /** What an event package tells of that resource has changed: phones that subscribed to it are told. */
  noteChange(event: string, resource: string): void {
    this.#calls.notifier?.noteChange(event, resource);
  }

  /** A user may not register any more, or not with the password they had: their phones must leave. */
  remove(user: string): void {
    this.registrar.remove(user);
    this.#calls.notifier?.removeUser(user);
  }

  /** Listens on every transport, in their order; when one cannot, none does. */
  listen(): Promise<{ host: string; port: number }[]> {
    return this.#calls.listen();
  }

  /** Calls one phone. The session is started by the caller of this, once its events are set. */
  invite(binding: Binding, options: InviteOptions, events: OutgoingEvents): OutgoingSession {
    return this.#calls.invite(binding.user, binding.flow, options, events);
  }

  /** Closes every connection and forgets everything. Calls should have been hung up before. */
  async close(): Promise<void> {
    this.registrar.close();
    await this.#calls.close();
  }

  #handleRegister(request: SipRequest, transaction: ServerTransaction, reply: Reply): void {
    const { flow } = transaction;
    const result = this.#authenticator.check(request, 'www', flow.remoteAddress);
    if (result.kind === 'challenge') {
      reply(401, { headers: this.#authenticator.challenge('www', result.stale, !isBrowser(flow)) });
    } else if (result.kind === 'forbidden') {
      reply(403, { headers: retryAfter(result.retryAfterMs) });
    } else if (parseSipUri(request.to.uri)?.user !== result.user) {
      // RFC 3261 10.3 step 4: authenticated, but not allowed to change this address of record.
      reply(403);
    } else {
      transaction.respond(this.registrar.register(request, result.user, flow));
      for (const { contact } of this.registrar.bindingsOf(result.user).filter((binding) => binding.flow === flow)) {
        this.#calls.handleReRegistered(result.user, contact, flow);
      }
    }
  }

  /** The user who sends this request: registered on this very connection, or proven by digest. */
  #authenticate(request: SipRequest, flow: SipFlow, reply: Reply): string | undefined {
    const claimed = parseSipUri(request.from.uri)?.user ?? '';
    // The address of a datagram proves nothing: anyone can write it.
    if (claimed !== '' && flow.reliable && this.registrar.isOn(claimed, flow)) return claimed;
    const result = this.#authenticator.check(request, 'proxy', flow.remoteAddress);
    if (result.kind === 'ok' && result.user === claimed) return claimed;
    if (result.kind === 'challenge') {
      reply(407, { headers: this.#authenticator.challenge('proxy', result.stale, !isBrowser(flow)) });
    } else {
      reply(403, { headers: result.kind === 'forbidden' ? retryAfter(result.retryAfterMs) : [] });
    }
    return undefined;
  }
}

/**
 * Whether a request of a dialog may be taken as that phone's without a password: phones on UDP and TCP do not expect to
 * be asked again. Who knows the dialog's tags, which nobody can guess, and sends from its address is the phone.
 */
function isItsPhone(session: Session, flow: SipFlow): boolean {
  const known = session.flow;
  if (known === undefined || isBrowser(flow) || isBrowser(known)) return false;
  return known.remoteAddress === flow.remoteAddress;
}

function retryAfter(delayMs: number | undefined): (readonly [string, string])[] {
  return delayMs === undefined ? [] : [['Retry-After', String(Math.ceil(delayMs / 1000))]];
}
