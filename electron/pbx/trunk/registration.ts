import type { Clock } from '../../../shared/lib/clock.ts';
import { TimerSet } from '../../../shared/lib/timer-set.ts';
import type { DigestClient } from '../../sip/digest-client.ts';
import { SipHeaders } from '../../sip/headers.ts';
import { newBranch, newCallId, newTag } from '../../sip/ids.ts';
import { SipRequest, type SipResponse } from '../../sip/message.ts';
import { parseNameAddr } from '../../sip/name-addr.ts';
import { reasonPhrase } from '../../sip/responses.ts';
import type { ClientTransaction } from '../../sip/transactions/layer.ts';
import type { SipFlow } from '../../sip/transport.ts';
import { parseSipUri } from '../../sip/uri.ts';
import { RegistrationBackOff } from './back-off.ts';

/** How a registration stands; rules TG*. */
export interface RegistrationState {
  readonly status: 'connecting' | 'registered' | 'refused' | 'unreachable' | 'off';
  /** Of the last answer; null when there was none. */
  readonly sipStatus: number | null;
  /** What the server said or what failed; no secret. */
  readonly reason: string;
}

/** What a registration sends through. */
export interface RegistrationWay {
  /** The flow to the registrar; it may have to be opened. */
  flow(): Promise<SipFlow>;
  contactFor(flow: SipFlow): string;
  send(
    request: SipRequest,
    flow: SipFlow,
    events: { onFinal(response: SipResponse): void; onFailed(why: 'timeout' | 'transport'): void },
  ): ClientTransaction;
}

export interface RegistrationOptions {
  readonly clock: Clock;
  readonly way: RegistrationWay;
  readonly digest: DigestClient;
  /** Address of record, `sip:user@provider`; and the registrar, `sip:provider`. */
  readonly aor: string;
  readonly registrar: string;
  readonly product: string;
  readonly onState: (state: RegistrationState) => void;
  readonly random?: () => number;
}

/** Asked for, s; the server may give less. */
const EXPIRES_SECONDS = 3600;
/** Refreshed this long before the end, ms, or after half of a shorter time. */
const REFRESH_AHEAD_MS = 60_000;
/** A server that will not have us is asked again this seldom, ms: more often gets addresses locked out. */
const REFUSED_RETRY_MS = 1_800_000;
/** How often a flow is kept open through routers, ms: RFC 5626 4.4.1 for connections, and what is usual over UDP. */
const KEEP_ALIVE_MS = { reliable: 100_000, unreliable: 25_000 };
/** How long a stop waits for the un-REGISTER's answer, ms. */
const FAREWELL_MS = 1000;

/**
 * Keeps one binding at a registrar (RFC 3261 10.2), as SPEC.md says in TG*.
 *
 *     connecting ──200──> registered ──refresh──> registered
 *         ├──401 again, 403, 404 …──> refused ──30 min──> (again)
 *         └──5xx, timeout, no way───> unreachable ──back-off──> (again)
 */
export class Registration {
  readonly #options: RegistrationOptions;
  readonly #timers: TimerSet;
  readonly #backOff: RegistrationBackOff;
  readonly #callId = newCallId();
  readonly #fromTag = newTag();
  #cseq = 0;
  #expiresSeconds = EXPIRES_SECONDS;
  #state: RegistrationState = { status: 'off', sipStatus: null, reason: '' };
  #flow: SipFlow | undefined;
  /** Counts attempts, so that a late answer of an earlier one changes nothing. */
  #attempt = 0;
  #stopping = false;

  constructor(options: RegistrationOptions) {
    this.#options = options;
    this.#timers = new TimerSet(options.clock);
    this.#backOff = new RegistrationBackOff(options.random);
  }

  get state(): RegistrationState {
    return this.#state;
  }

  start(): void {
    this.#setState({ status: 'connecting', sipStatus: null, reason: '' });
    this.#register();
  }

  /** The flow is gone; the registration went with it (RFC 5626 4.2.1). */
  handleFlowClosed(flow: SipFlow): void {
    if (flow !== this.#flow || this.#stopping) return;
    this.#handleUnreachable('connection lost', null);
  }

  /** [TG7] Takes the binding back, waiting a moment for the answer. */
  async stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#attempt += 1;
    this.#timers.clear();
    const flow = this.#flow;
    if (this.#state.status === 'registered' && flow?.isOpen === true) await this.#unregister(flow);
    this.#timers.clear();
    this.#setState({ status: 'off', sipStatus: null, reason: '' });
  }

  #register(): void {
    const attempt = ++this.#attempt;
    this.#options.way.flow().then(
      (flow) => {
        if (attempt !== this.#attempt) return;
        this.#flow = flow;
        const request = this.#request(flow, this.#expiresSeconds);
        this.#options.digest.authorize(request);
        this.#send(request, flow, {
          onFinal: (response) => attempt === this.#attempt && this.#handleFinal(response, flow),
          onFailed: (why) => {
            if (attempt === this.#attempt) this.#handleUnreachable(why === 'timeout' ? 'no answer' : 'not sent', null);
          },
        });
      },
      (error: unknown) => {
        if (attempt !== this.#attempt) return;
        this.#handleUnreachable(error instanceof Error ? error.message : String(error), null);
      },
    );
  }

  /** Sends, and answers challenges. The CSeq of a registrar's requests grows without gaps or repetition (10.2.4). */
  #send(
    request: SipRequest,
    flow: SipFlow,
    events: { onFinal(response: SipResponse): void; onFailed(why: 'timeout' | 'transport'): void },
  ): void {
    this.#cseq = request.cseq.number;
    this.#options.way.send(request, flow, {
      onFinal: (response) => {
        const again = this.#options.digest.answer(request, response);
        if (again === undefined) events.onFinal(response);
        else this.#send(again, flow, events);
      },
      onFailed: events.onFailed,
    });
  }

  #handleFinal(response: SipResponse, flow: SipFlow): void {
    const { status } = response;
    if (status < 300) this.#handleRegistered(response, flow);
    else if (status === 423 && this.#raiseExpires(response)) this.#register();
    // RFC 3261 21.5, 21.6.1: a trouble of the server, not of the request. 408 and 480 are of that kind here.
    else if (status >= 500 || status === 408 || status === 480) {
      this.#handleUnreachable(response.reason, status, retryAfterMs(response));
    } else {
      this.#timers.cancel('keep-alive');
      this.#setState({ status: 'refused', sipStatus: status, reason: reasonOf(response) });
      this.#timers.set('again', REFUSED_RETRY_MS, () => this.#register());
    }
  }

  #handleRegistered(response: SipResponse, flow: SipFlow): void {
    this.#backOff.succeeded();
    const grantedMs = 1000 * grantedSeconds(response, this.#options.way.contactFor(flow), this.#expiresSeconds);
    this.#setState({ status: 'registered', sipStatus: response.status, reason: '' });
    this.#keepAlive(flow);
    const refreshMs = Math.max(grantedMs / 2, grantedMs - REFRESH_AHEAD_MS);
    // A server that grants nothing would be asked in a circle.
    this.#timers.set('again', Math.max(5000, refreshMs), () => this.#register());
  }

  #keepAlive(flow: SipFlow): void {
    const everyMs = flow.reliable ? KEEP_ALIVE_MS.reliable : KEEP_ALIVE_MS.unreliable;
    this.#timers.repeat('keep-alive', everyMs, everyMs, () => void flow.send('\r\n\r\n'));
  }

  /** RFC 3261 10.3 step 7, 20.23: the registrar wants at least that long. False when it has just been given that. */
  #raiseExpires(response: SipResponse): boolean {
    const seconds = Number(response.headers.get('Min-Expires') ?? Number.NaN);
    if (!Number.isInteger(seconds) || seconds <= this.#expiresSeconds || seconds > 2 ** 31) return false;
    this.#expiresSeconds = seconds;
    return true;
  }

  #handleUnreachable(reason: string, sipStatus: number | null, atLeastMs = 0): void {
    this.#attempt += 1;
    // The next try may make a new way; that the old one closes is no news then.
    this.#flow = undefined;
    this.#timers.cancel('keep-alive');
    this.#setState({ status: 'unreachable', sipStatus, reason: reason.slice(0, 200) });
    this.#timers.set('again', this.#backOff.failed(atLeastMs), () => this.#register());
  }

  #unregister(flow: SipFlow): Promise<void> {
    return new Promise((resolve) => {
      this.#timers.set('farewell', FAREWELL_MS, resolve);
      const request = this.#request(flow, 0);
      this.#options.digest.authorize(request);
      this.#send(request, flow, { onFinal: () => resolve(), onFailed: () => resolve() });
    });
  }

  #request(flow: SipFlow, expiresSeconds: number): SipRequest {
    const { aor, registrar, way, product } = this.#options;
    const headers = new SipHeaders()
      .append('Via', `SIP/2.0/${flow.protocol} ${flow.localAddress};branch=${newBranch()};rport`)
      .append('Max-Forwards', '70')
      .append('From', `<${aor}>;tag=${this.#fromTag}`)
      .append('To', `<${aor}>`)
      .append('Call-ID', this.#callId)
      .append('CSeq', `${this.#cseq + 1} REGISTER`)
      .append('Contact', way.contactFor(flow))
      .append('Expires', String(expiresSeconds))
      .append('User-Agent', product);
    return new SipRequest('REGISTER', registrar, headers);
  }

  #setState(state: RegistrationState): void {
    const before = this.#state;
    this.#state = state;
    const same = before.status === state.status && before.sipStatus === state.sipStatus;
    if (!same || before.reason !== state.reason) this.#options.onState(state);
  }
}

function reasonOf(response: SipResponse): string {
  const wrong = response.status === 401 || response.status === 407;
  return wrong ? 'wrong user or password' : (response.reason || reasonPhrase(response.status)).slice(0, 200);
}

/** RFC 3261 20.33, ms; 0 without one. */
function retryAfterMs(response: SipResponse): number {
  const seconds = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  return Number.isNaN(seconds) ? 0 : Math.min(seconds, 3600) * 1000;
}

/** How long the binding of `contact` lasts (RFC 3261 10.2.4, 10.3 step 8): its own parameter, else the header. */
function grantedSeconds(response: SipResponse, contact: string, asked: number): number {
  const ours = parseSipUri(parseNameAddr(contact)?.uri ?? '');
  const mine = response.headers
    .list('Contact')
    .map((text) => parseNameAddr(text))
    .find((address) => {
      const uri = parseSipUri(address?.uri ?? '');
      return uri !== undefined && uri.user === ours?.user && uri.host === ours.host && uri.port === ours.port;
    });
  const seconds = Number(mine?.params.get('expires') ?? response.headers.get('Expires') ?? asked);
  return Number.isInteger(seconds) && seconds > 0 ? seconds : asked;
}
