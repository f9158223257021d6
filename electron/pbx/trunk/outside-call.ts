import type { TrunkFailure, TrunkSettings } from '../../../shared/bridge/trunk.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { toErrorDetail } from '../../../shared/lib/errors.ts';
import type { Logger } from '../../../shared/lib/logger.ts';
import { TimerSet } from '../../../shared/lib/timer-set.ts';
import type { RingOffer } from '../../../shared/queue/ringer.ts';
import type { MediaLeg } from '../../media/media-leg.ts';
import type { DigestClient } from '../../sip/digest-client.ts';
import { formatNameAddr } from '../../sip/name-addr.ts';
import type { InviteOptions, OutgoingSession } from '../../sip/session/outgoing.ts';
import type { SipFlow } from '../../sip/transport.ts';
import type { DialFailure } from '../dial.ts';
import { type MediaContext, Party, REASONS } from '../party.ts';
import type { AnsweredPerson } from '../person-ringer.ts';
import { type Destination, destinationOf, dialString } from './numbers.ts';
import type { TrunkAgent } from './trunk-agent.ts';

/** How a call to outside goes on; exactly one of `onAnswered` and `onFailed` comes, once; none after `hangUp`. */
export interface OutsideEvents {
  onRinging(): void;
  onAnswered(person: AnsweredPerson): void;
  /** Why it came to nothing. */
  onFailed(outcome: DialFailure, why: TrunkFailure): void;
  /** The call has lasted as long as it may: it ends in `leftMs`, and both may be told. */
  onLimit(leftMs: number): void;
}

export interface OutsideCallContext {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: TrunkSettings;
  readonly digest: DigestClient;
  readonly uriOf: (user: string) => string;
  readonly connect: () => Promise<{ agent: TrunkAgent; flow: SipFlow; media: MediaContext }>;
}

export interface OutsideRequest {
  readonly destination: Destination;
  readonly offer: RingOffer;
  /** Whether the far end sees the caller's number in place of the line's. */
  readonly showCaller: boolean;
  /** What the caller dialled, for a line without a number of its own. */
  readonly called: string;
  readonly ringMs: number;
  /** From the answer on; undefined: as long as it likes. */
  readonly maxMs: number | undefined;
}

/** How long both hear the tone that ends a call at its limit, ms. */
const LIMIT_TONE_MS = 2000;

/** What a final error means; rule TO3. */
export function outsideFailureOf(status: number): DialFailure {
  if (status === 486 || status === 600) return 'busy';
  return status === 408 || status === 480 ? 'no-answer' : 'unavailable';
}

/** One call to a number outside, from the INVITE to its end. */
export class OutsideCall {
  readonly #context: OutsideCallContext;
  readonly #request: OutsideRequest;
  readonly #events: OutsideEvents;
  readonly #onOver: () => void;
  readonly #timers: TimerSet;
  #session: OutgoingSession | undefined;
  #leg: MediaLeg | undefined;
  #party: Party<OutgoingSession> | undefined;
  #isSettled = false;
  #over = false;

  constructor(context: OutsideCallContext, request: OutsideRequest, events: OutsideEvents, onOver: () => void) {
    this.#context = context;
    this.#request = request;
    this.#events = events;
    this.#onOver = onOver;
    this.#timers = new TimerSet(context.clock);
  }

  /** It came to nothing, or is ended. */
  get isOver(): boolean {
    return this.#over;
  }

  start(): void {
    this.#timers.set('ring', this.#request.ringMs, () => {
      this.#session?.cancel(REASONS.noAnswer);
      this.#fail('no-answer', 'no-answer');
    });
    this.#invite().catch((error: unknown) => {
      this.#context.logger.log('warn', 'trunk.call-failed', { error: toErrorDetail(error).message });
      this.#fail('unavailable', 'line-down');
    });
  }

  /** Gives up, or ends the conversation. Nothing is told any more. */
  hangUp(): void {
    if (this.#over) return;
    this.#isSettled = true;
    this.#session?.cancel(REASONS.normal);
    this.#party?.hangUp(REASONS.normal);
    this.#finish();
  }

  async #invite(): Promise<void> {
    const { logger, digest } = this.#context;
    const { agent, flow, media } = await this.#context.connect();
    if (this.#over) return;
    const leg = media.createLeg(flow, this.#request.offer.codec);
    this.#leg = leg;
    const sdp = await leg.offer();
    if (this.#over) return;
    const session = agent.calls.invite(
      'outside',
      flow,
      { ...this.#addresses(), sdp, digest },
      {
        onRinging: () => this.#isSettled || this.#events.onRinging(),
        onAnswered: (answer) => {
          const party = new Party(media, session, leg);
          this.#party = party;
          leg.acceptAnswer(answer).then(
            () => this.#handleAnswered(party),
            (error: unknown) => {
              logger.log('warn', 'pbx.answer-unusable', { error: String(error) });
              party.hangUp(REASONS.noMedia);
              this.#fail('unavailable', 'no-common-codec');
            },
          );
        },
        onRejected: (status) => {
          logger.log('info', 'trunk.rejected', { status, number: this.#request.destination.number });
          const outcome = outsideFailureOf(status);
          this.#fail(outcome, outcome === 'unavailable' ? 'rejected' : outcome);
        },
      },
    );
    this.#session = session;
    session.start();
  }

  #handleAnswered(party: Party<OutgoingSession>): void {
    if (this.#over) {
      party.hangUp(REASONS.normal);
    } else if (party.hasEnded) {
      this.#fail('unavailable', 'lost');
    } else {
      this.#isSettled = true;
      this.#timers.clear();
      const { maxMs } = this.#request;
      if (maxMs !== undefined) this.#timers.set('limit', maxMs, () => this.#handleLimit(party));
      this.#events.onAnswered({ party, release: () => this.#finish() });
    }
  }

  /** TF6: the tone, and the end. */
  #handleLimit(party: Party<OutgoingSession>): void {
    const { number } = this.#request.destination;
    this.#context.logger.log('warn', 'trunk.too-long', { code: 'trunk/too-long', number });
    this.#events.onLimit(LIMIT_TONE_MS);
    this.#timers.set('limit', LIMIT_TONE_MS, () => party.abort('trunk/too-long', REASONS.normal));
  }

  #fail(outcome: DialFailure, why: TrunkFailure): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#finish();
    this.#events.onFailed(outcome, why);
  }

  #finish(): void {
    if (this.#over) return;
    this.#over = true;
    this.#timers.clear();
    // Once there is a party, the leg is its own.
    if (this.#party === undefined) void this.#leg?.close();
    this.#onOver();
  }

  #addresses(): Omit<InviteOptions, 'sdp'> {
    const { settings, uriOf } = this.#context;
    const { destination, offer, showCaller, called } = this.#request;
    const own = settings.callerId === '' ? settings.user : settings.callerId;
    const wanted = showCaller ? offer.caller.number : settings.callerId === '' ? called : '';
    const number = destinationOf(wanted, settings.countryCode);
    const shown = number.kind === 'subscriber' ? dialString(number, settings.numberFormat) : own;
    const to = uriOf(dialString(destination, settings.numberFormat));
    return {
      target: to,
      from:
        shown === ''
          ? formatNameAddr({ displayName: 'Anonymous', uri: 'sip:anonymous@anonymous.invalid' })
          : `<${uriOf(shown)}>`,
      to: `<${to}>`,
      // RFC 3325 9.2: whom the provider may name instead, when it does not let the caller's number pass.
      headers: shown === own || own === '' ? [] : [['P-Preferred-Identity', `<${uriOf(own)}>`]],
    };
  }
}
