import type { Key } from '../../shared/flow/ids.ts';
import type { Logger } from '../../shared/lib/logger.ts';
import { AudioChannel } from '../media/audio-channel.ts';
import type { VoiceCodec } from '../media/codec.ts';
import type { MediaClock } from '../media/media-clock.ts';
import type { MediaLeg } from '../media/media-leg.ts';
import { digitOfInfo } from '../media/telephone-event.ts';
import type { IncomingSession } from '../sip/session/incoming.ts';
import type { Replaces } from '../sip/session/replaces.ts';
import type { Session } from '../sip/session/session.ts';
import type { SipFlow } from '../sip/transport.ts';

export interface PartyEvents {
  onDigit(digit: Key): void;
  /** The far end does not want to hear us any more (`true`), or does again. */
  onHold(held: boolean): void;
  /** The far end transfers the call; see `SessionEvents.onRefer`. Without it that is declined. */
  onTransfer?(user: string): ((tell: (status: number) => void) => void) | undefined;
  /** The far end is gone: hung up, connection lost, media broken. Not told after our own `hangUp`. */
  onEnded(cause: string): void;
}

export interface MediaContext {
  readonly mediaClock: MediaClock;
  readonly logger: Logger;
  /**
   * A leg for a phone that is reached by that flow: a browser's over WebSockets, plain RTP otherwise. `other`: what the
   * other end of the conversation has.
   */
  readonly createLeg: (flow: SipFlow, other?: VoiceCodec) => MediaLeg;
  /** Connects people across calls. Without it attended transfers are declined. */
  readonly switchboard?: {
    transfer(session: Session, replaces: Replaces): (tell: (status: number) => void) => void;
    noteEnded(session: Session): void;
  };
}

/** Reason header values for endings of ours (RFC 3326). */
export const REASONS = {
  normal: 'Q.850;cause=16;text="Normal call clearing"',
  busy: 'Q.850;cause=17;text="User busy"',
  rejected: 'Q.850;cause=21;text="Call rejected"',
  failure: 'Q.850;cause=38;text="Out of order"',
  noMedia: 'Q.850;cause=41;text="No media connection"',
  elsewhere: 'SIP;cause=200;text="Call completed elsewhere"',
  noAnswer: 'Q.850;cause=19;text="No answer"',
} as const;

/** One end of a call: its SIP session, its media leg and what it hears. */
export class Party<Kind extends Session = Session> {
  readonly session: Kind;
  readonly leg: MediaLeg;
  readonly channel: AudioChannel;
  readonly #logger: Logger;
  readonly #switchboard: MediaContext['switchboard'];
  #events: PartyEvents | undefined;
  #ended = false;
  #held = false;

  constructor(context: MediaContext, session: Kind, leg: MediaLeg) {
    this.session = session;
    this.leg = leg;
    this.#logger = context.logger;
    this.#switchboard = context.switchboard;
    this.channel = new AudioChannel(leg, context.mediaClock, {
      onConnected: () => this.#logger.log('debug', 'pbx.media-connected', { user: session.user }),
      onFailed: (reason) => {
        this.#logger.log('warn', 'pbx.media-failed', { user: session.user, reason });
        this.abort('media-failed', REASONS.noMedia);
      },
      onDigit: (digit) => this.#events?.onDigit(digit),
    });
    session.setEvents({
      onOffer: (sdp) => this.#renegotiate(sdp),
      onInfo: (contentType, body) => {
        const digit = digitOfInfo(contentType, body);
        if (digit !== undefined) this.channel.press(digit);
        // A readable body with a signal that is no key (A–D, flash) is understood, and ignored.
        return contentType === 'application/dtmf-relay' || contentType === 'application/dtmf';
      },
      onRefer: (user, replaces) =>
        replaces === undefined ? this.#events?.onTransfer?.(user) : this.#switchboard?.transfer(session, replaces),
      // Our own endings are told by `hangUp` and `abort`.
      onEnded: ({ by, cause }) => by === 'local' || this.#end(cause),
    });
  }

  get isHeld(): boolean {
    return this.#held;
  }

  get hasEnded(): boolean {
    return this.#ended;
  }

  setEvents(events: PartyEvents | undefined): void {
    this.#events = events;
  }

  /** Ends it from our side, with a Reason header value. Nothing is told any more. */
  hangUp(reason: string): void {
    this.#events = undefined;
    this.session.bye(reason);
    this.#end('hung-up');
  }

  /** Ends it because it cannot go on; the owner is told `cause`. */
  abort(cause: string, reason: string): void {
    this.session.bye(reason);
    this.#end(cause);
  }

  async #renegotiate(sdp: string | null): Promise<string> {
    if (sdp === null) return this.leg.localSdp;
    const answer = await this.leg.answer(sdp);
    const held = this.leg.format?.wantsAudio === false;
    if (held !== this.#held) {
      this.#held = held;
      this.#events?.onHold(held);
    }
    return answer;
  }

  /** How the sound came through, for who looks into a complaint. */
  #logQuality(): void {
    const { quality } = this.leg;
    if (quality?.received === undefined && quality?.sent === undefined) return;
    const { received, sent, rttMs } = quality;
    this.#logger.log('info', 'pbx.media-quality', {
      user: this.session.user,
      lossIn: rounded(received?.loss, 1000),
      jitterInMs: rounded(received?.jitterMs, 10),
      lossOut: rounded(sent?.loss, 1000),
      jitterOutMs: rounded(sent?.jitterMs, 10),
      rttMs: rounded(rttMs, 10),
    });
  }

  #end(cause: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#switchboard?.noteEnded(this.session);
    this.#logQuality();
    this.channel.close();
    this.leg.close().catch((error: unknown) => {
      this.#logger.log('warn', 'pbx.media-close-failed', { error: String(error) });
    });
    const events = this.#events;
    this.#events = undefined;
    events?.onEnded(cause);
  }
}

function rounded(value: number | undefined, parts: number): number | undefined {
  return value === undefined ? undefined : Math.round(value * parts) / parts;
}

/**
 * Answers a caller's INVITE; `other`: what the other end has, if there is one. Rejects it with 488 when there is no common
 * codec; then the party ends.
 */
export async function answerCaller(party: Party<IncomingSession>, logger: Logger, other?: VoiceCodec): Promise<void> {
  try {
    const sdp = await party.leg.answer(party.session.request.body, other);
    party.session.answer(sdp);
  } catch (error) {
    logger.log('warn', 'pbx.offer-refused', { user: party.session.user, error: String(error) });
    party.session.reject(488);
    party.abort('no-common-codec', REASONS.noMedia);
  }
}
