import type { Clock } from '../../../shared/lib/clock.ts';
import { TimerSet } from '../../../shared/lib/timer-set.ts';
import { SipHeaders } from '../../sip/headers.ts';
import { newBranch, newCallId, newTag } from '../../sip/ids.ts';
import { SipRequest, type SipResponse } from '../../sip/message.ts';
import type { SipFlow } from '../../sip/transport.ts';
import { RegistrationBackOff } from './back-off.ts';
import type { Registration, RegistrationState, RegistrationWay } from './registration.ts';

/** What keeps a trunk's state up to date: a registration, or questions. */
export type LineWatch = Pick<Registration, 'state' | 'start' | 'stop' | 'handleFlowClosed'>;

export interface QualifyOptions {
  readonly clock: Clock;
  readonly way: RegistrationWay;
  /** Ours and theirs, `sip:…`. */
  readonly aor: string;
  readonly target: string;
  readonly product: string;
  readonly onState: (state: RegistrationState) => void;
  readonly random?: () => number;
}

/** How often a far end that answers is asked, ms. */
const PERIOD_MS = 60_000;

/** Asks a far end that needs no registration whether it is there, by OPTIONS (RFC 3261 11); rule TG8. */
export class Qualify implements LineWatch {
  readonly #options: QualifyOptions;
  readonly #timers: TimerSet;
  readonly #backOff: RegistrationBackOff;
  readonly #callId = newCallId();
  readonly #fromTag = newTag();
  #cseq = 0;
  #attempt = 0;
  #state: RegistrationState = { status: 'off', sipStatus: null, reason: '' };

  constructor(options: QualifyOptions) {
    this.#options = options;
    this.#timers = new TimerSet(options.clock);
    this.#backOff = new RegistrationBackOff(options.random);
  }

  get state(): RegistrationState {
    return this.#state;
  }

  start(): void {
    this.#setState({ status: 'connecting', sipStatus: null, reason: '' });
    this.#ask();
  }

  /** The next question makes a new connection. */
  handleFlowClosed(_flow: SipFlow): void {}

  async stop(): Promise<void> {
    this.#attempt += 1;
    this.#timers.clear();
    this.#setState({ status: 'off', sipStatus: null, reason: '' });
  }

  #ask(): void {
    const attempt = ++this.#attempt;
    const ifCurrent = (act: () => void): void => {
      if (attempt === this.#attempt) act();
    };
    this.#options.way.flow().then(
      (flow) =>
        ifCurrent(() =>
          this.#options.way.send(this.#request(flow), flow, {
            onFinal: (response) => ifCurrent(() => this.#handleFinal(response)),
            onFailed: (why) => ifCurrent(() => this.#fail(why === 'timeout' ? 'no answer' : 'not sent')),
          }),
        ),
      (error: unknown) => ifCurrent(() => this.#fail(error instanceof Error ? error.message : String(error))),
    );
  }

  #handleFinal({ status, reason }: SipResponse): void {
    // 401, 404, 405 and the like are answers of something that lives; only a 503 says that it does not want calls.
    if (status === 503) {
      this.#fail(reason, status);
      return;
    }
    this.#backOff.succeeded();
    const isForbidden = status === 403;
    this.#setState({
      status: isForbidden ? 'refused' : 'registered',
      sipStatus: status,
      reason: isForbidden ? reason : '',
    });
    this.#timers.set('again', PERIOD_MS, () => this.#ask());
  }

  #fail(reason: string, sipStatus: number | null = null): void {
    this.#setState({ status: 'unreachable', sipStatus, reason: reason.slice(0, 200) });
    this.#timers.set('again', this.#backOff.failed(), () => this.#ask());
  }

  #request(flow: SipFlow): SipRequest {
    const { aor, target, product } = this.#options;
    const headers = new SipHeaders()
      .append('Via', `SIP/2.0/${flow.protocol} ${flow.localAddress};branch=${newBranch()};rport`)
      .append('Max-Forwards', '70')
      .append('From', `<${aor}>;tag=${this.#fromTag}`)
      .append('To', `<${target}>`)
      .append('Call-ID', this.#callId)
      .append('CSeq', `${++this.#cseq} OPTIONS`)
      .append('Contact', this.#options.way.contactFor(flow))
      .append('Accept', 'application/sdp')
      .append('User-Agent', product);
    return new SipRequest('OPTIONS', target, headers);
  }

  #setState(state: RegistrationState): void {
    const before = this.#state;
    this.#state = state;
    const same = before.status === state.status && before.reason === state.reason;
    if (!same) this.#options.onState(state);
  }
}
