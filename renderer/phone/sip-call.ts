import type { EndEvent, RTCSession } from 'jssip/lib/RTCSession';
import type { IncomingRequest } from 'jssip/lib/SIPMessage';
import type { UA } from 'jssip/lib/UA';
import { decodeCallerContext } from '../../shared/bridge/caller-context.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { callEnd } from './call-end.ts';
import { watchQuality } from './call-quality.ts';
import { transferCall } from './call-transfer.ts';
import type { Microphone, MicrophoneShare } from './microphone.ts';
import type { CallsStore } from './phone-stores.ts';
import type { CallTransfer, PhoneCall } from './phone-types.ts';
import type { Speaker } from './speaker.ts';

const DIGIT_MS = 100;
const DIGIT_GAP_MS = 70;
/** Gathering may hang for many seconds on machines with VPN adapters: this long after the first candidate is enough. */
const ICE_WAIT_MS = 400;

export interface SipCallOptions {
  readonly calls: CallsStore;
  readonly microphone: Microphone;
  readonly speaker: Speaker;
  readonly clock: Clock;
  /** The SIP server is on this machine. */
  readonly serverIsLocal: boolean;
  readonly onEnded: (callId: string) => void;
}

interface OutgoingCall {
  readonly ua: UA;
  /** As JsSIP takes it: a user part or a `sip:` address. */
  readonly address: string;
  readonly name: string;
  /** Shown in place of the address. */
  readonly number?: string | undefined;
  readonly share: MicrophoneShare;
  readonly extraHeaders: string[];
}

let nextId = 1;

/** One call of JsSIP's, kept in step with its record in the calls store. */
export class SipCall {
  readonly id = `call-${nextId++}`;
  readonly #options: SipCallOptions;
  #session: RTCSession | undefined;
  #share: MicrophoneShare | undefined;
  #pendingDigits = '';
  #endQuality = (): void => {};

  private constructor(options: SipCallOptions) {
    this.#options = options;
  }

  /** Places a call; the record is in the store when this returns. */
  static outgoing(options: SipCallOptions, { ua, address, name, number, share, extraHeaders }: OutgoingCall): SipCall {
    const call = new SipCall(options);
    call.#share = share;
    const user = /^(?:sips?:)?([^@;]+)/i.exec(address)?.[1] ?? address;
    call.#add('outgoing', { number: number ?? decodeURIComponent(user), name }, null);
    const session = ua.call(address, {
      mediaStream: share.stream,
      mediaConstraints: { audio: true, video: false },
      pcConfig: { iceServers: [] },
      extraHeaders,
      eventHandlers: {
        // For outgoing calls this comes before JsSIP hands the session out.
        peerconnection: ({ peerconnection }) => call.#watchPeer(peerconnection),
        icecandidate: iceCutOff(options),
      },
    });
    call.#watch(session);
    return call;
  }

  /** Takes an incoming call; it rings until answered or ended. */
  static incoming(options: SipCallOptions, session: RTCSession, request: IncomingRequest): SipCall {
    const call = new SipCall(options);
    const identity = session.remote_identity;
    const context = decodeCallerContext((name) => request.getHeader(name) ?? undefined);
    call.#add('incoming', { number: identity.uri.user ?? '', name: identity.display_name ?? '' }, context);
    options.calls.change(call.id, { status: 'ringing' });
    session.on('peerconnection', ({ peerconnection }) => call.#watchPeer(peerconnection));
    session.on('icecandidate', iceCutOff(options));
    call.#watch(session);
    return call;
  }

  answer(share: MicrophoneShare): void {
    this.#share = share;
    this.#session?.answer({
      mediaStream: share.stream,
      mediaConstraints: { audio: true, video: false },
      pcConfig: { iceServers: [] },
    });
  }

  hangUp(): void {
    if (this.#session && !this.#session.isEnded()) this.#session.terminate();
  }

  setMuted(muted: boolean): void {
    if (muted) this.#session?.mute({ audio: true });
    else this.#session?.unmute({ audio: true });
    this.#change({ muted });
  }

  setHeld(held: boolean): boolean {
    return (held ? this.#session?.hold() : this.#session?.unhold()) ?? false;
  }

  /** @param address What JsSIP takes; undefined: what was typed cannot be dialled. */
  transfer(to: string, address: string | undefined): void {
    const tell = (transfer: CallTransfer) => this.#change({ transfer });
    if (address === undefined) tell({ to, status: 'failed', failure: 'not-possible' });
    else if (this.#session) transferCall(this.#session, { to, address }, tell);
  }

  /** Asks the PBX to connect whom this call and the other one are with; both calls end then. */
  connectWith(other: SipCall): void {
    const [here, there] = [this.#options.calls.find(this.id), this.#options.calls.find(other.id)];
    if (!this.#session || !other.#session || !here || !there) return;
    const nameOf = ({ remote }: PhoneCall) => remote.name || remote.number;
    const target = { to: nameOf(there), address: other.#session.remote_identity.uri };
    const tell = (transfer: CallTransfer) => {
      this.#change({ transfer });
      // The server ends the other call, too.
      if (transfer.status === 'done') other.#change({ transfer: { ...transfer, to: nameOf(here) } });
    };
    transferCall(this.#session, target, tell, other.#session);
  }

  /** Sends a key as RFC 4733 event, once sound can flow: before that the browser would drop it silently. */
  sendDigit(digit: string): void {
    const digits = this.#options.calls.find(this.id)?.digits ?? '';
    this.#change({ digits: digits + digit });
    this.#pendingDigits += digit;
    this.#sendPendingDigits();
  }

  #sendPendingDigits(): void {
    if (this.#pendingDigits === '') return;
    const peer = this.#session?.connection;
    const sender = peer?.getSenders().find((entry) => entry.track?.kind === 'audio');
    if (peer?.connectionState !== 'connected' || !sender?.dtmf?.canInsertDTMF) return;
    // Keys that are still being sent go first: the browser's own call would replace them.
    sender.dtmf.insertDTMF(sender.dtmf.toneBuffer + this.#pendingDigits, DIGIT_MS, DIGIT_GAP_MS);
    this.#pendingDigits = '';
  }

  /**
   * After the connection to the server was lost and is back: asks within the call. The server learns where we are now;
   * one that has lost the call says so (481), and the call ends here instead of going on in silence.
   */
  confirmAlive(): void {
    if (this.#session?.isEstablished()) this.#session.sendInfo('application/x-dialtree-ping');
  }

  #add(direction: PhoneCall['direction'], remote: PhoneCall['remote'], context: PhoneCall['context']): void {
    this.#options.calls.add({
      id: this.id,
      direction,
      status: 'connecting',
      remote,
      context,
      startedAtMs: this.#options.clock.wallMs(),
      answeredAtMs: null,
      endedAtMs: null,
      end: null,
      muted: false,
      held: false,
      heldByOther: false,
      transfer: null,
      digits: '',
      audioFlows: false,
      quality: null,
      remoteStream: null,
      localStream: null,
    });
  }

  #watch(session: RTCSession): void {
    this.#session = session;
    session.on('progress', () => this.#change({ status: 'ringing' }));
    session.on('accepted', () => {
      this.#change({
        status: 'active',
        answeredAtMs: this.#options.clock.wallMs(),
        localStream: this.#share?.stream ?? null,
      });
    });
    session.on('hold', ({ originator }) =>
      this.#change(originator === 'local' ? { held: true } : { heldByOther: true }),
    );
    session.on('unhold', ({ originator }) =>
      this.#change(originator === 'local' ? { held: false } : { heldByOther: false }),
    );
    session.on('ended', (event) => this.#finish(event));
    session.on('failed', (event) => this.#finish(event));
  }

  #watchPeer(peer: RTCPeerConnection): void {
    // The connection may be up before the browser has taken the answer, without which it sends no keys.
    for (const moment of ['connectionstatechange', 'signalingstatechange'] as const) {
      peer.addEventListener(moment, () => this.#sendPendingDigits());
    }
    this.#endQuality();
    this.#endQuality = watchQuality({
      peer,
      clock: this.#options.clock,
      isListening: () => this.#isListening(),
      onQuality: (quality) => this.#change({ quality }),
    });
    peer.addEventListener('track', ({ track }) => {
      const stream = new MediaStream([track]);
      this.#options.speaker.play(this.id, stream);
      this.#change({ remoteStream: stream });
      track.addEventListener('unmute', () => {
        this.#change({ audioFlows: true });
        this.#sendPendingDigits();
      });
    });
  }

  #isListening(): boolean {
    const call = this.#options.calls.find(this.id);
    return call?.status === 'active' && !call.held && !call.heldByOther;
  }

  #finish(event: EndEvent): void {
    const call = this.#options.calls.find(this.id);
    if (!call || call.status === 'ended') return;
    this.#endQuality();
    this.#options.speaker.stop(this.id);
    if (this.#share) this.#options.microphone.release(this.#share);
    const message = event.message as { status_code?: number; getHeader?(name: string): string | undefined } | null;
    this.#change({
      status: 'ended',
      endedAtMs: this.#options.clock.wallMs(),
      end: callEnd(call, {
        originator: event.originator as 'local' | 'remote' | 'system',
        cause: event.cause,
        statusCode: message?.status_code,
        reasonHeader: message?.getHeader?.('Reason'),
      }),
      remoteStream: null,
      localStream: null,
      held: false,
      heldByOther: false,
    });
    this.#options.onEnded(this.id);
  }

  #change(part: Partial<PhoneCall>): void {
    this.#options.calls.change(this.id, part);
  }
}

/**
 * Sends the offer or answer without waiting for gathering to end: to a server on this machine with the first candidate,
 * else with the first one that is seen from outside, or soon after the first of any kind.
 */
function iceCutOff({ clock, serverIsLocal }: SipCallOptions) {
  let waiting = false;
  return ({ candidate, ready }: { candidate: RTCIceCandidate; ready: () => void }) => {
    if (candidate.protocol !== 'udp') return;
    if (serverIsLocal || candidate.type !== 'host') ready();
    else if (!waiting) {
      waiting = true;
      clock.after(ICE_WAIT_MS, ready);
    }
  };
}
