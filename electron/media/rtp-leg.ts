import { randomInt } from 'node:crypto';
import { isIP } from 'node:net';
import type { CancelTimer, Clock } from '../../shared/lib/clock.ts';
import { DialtreeError } from '../../shared/lib/errors.ts';
import { COMFORT_NOISE, type VoiceCodec } from './codec.ts';
import { SAMPLE_RATE } from './g711.ts';
import type { LegEvents, LegFormat, LegQuality, MediaLeg } from './media-leg.ts';
import { type Negotiated, negotiate, offeredCodecs } from './negotiate.ts';
import { prepareOpus } from './opus/opus-library.ts';
import { isRtcp } from './rtcp/rtcp-packet.ts';
import { RtcpSession } from './rtcp/rtcp-session.ts';
import { parseRtp, type RtpPacket, serialiseRtp } from './rtp.ts';
import { openRtpSockets, type RtpSockets } from './rtp-sockets.ts';
import { formatSdp, type SdpMedia } from './sdp.ts';
import { StreamClock } from './stream-clock.ts';

export interface RtpLegOptions {
  readonly clock: Clock;
  /** Address that the sockets are bound to. */
  readonly address: string;
  /** Where the phone's signalling comes from: its audio may come from there, whatever its description says (NAT). */
  readonly signallingAddress: string;
  /** A phone that speaks and is not heard for this long is gone, ms. */
  readonly silenceTimeoutMs?: number;
  /** What the other end of the conversation has: it is offered first. */
  readonly other?: VoiceCodec | undefined;
  /** For the times of reports. */
  readonly random?: () => number;
}

interface Place {
  readonly address: string;
  readonly port: number;
}

/**
 * A phone's media as plain RTP (RFC 3550, 3551). Packets go where the first one came from (symmetric RTP, RFC 4961), and
 * from then on are taken from there only, until the phone describes another place. The first one is taken from the
 * address that the description or the signalling names, from no other. RTCP beside it on the next port, or on the same
 * one when the phone offers that (RFC 5761), finds its way back alike.
 */
export class RtpLeg implements MediaLeg {
  readonly #options: RtpLegOptions;
  readonly #identity = { sessionId: randomInt(1, 2 ** 47), version: 0 };
  readonly #ssrc = randomInt(1, 2 ** 32);
  readonly #rtcp: RtcpSession;
  #events: LegEvents | undefined;
  #format: LegFormat | undefined;
  #streamClock = new StreamClock(SAMPLE_RATE);
  #localSdp = '';
  #opening: Promise<RtpSockets> | undefined;
  #sockets: RtpSockets | undefined;
  /** What the phone described. */
  #described: Place | undefined;
  /** Where its packets come from. */
  #source: Place | undefined;
  /** The same of its RTCP; both undefined while that shares the port of RTP. */
  #rtcpDescribed: Place | undefined;
  #rtcpSource: Place | undefined;
  #connected = false;
  #closed = false;
  #heardAtMs = 0;
  #cancelWatch: CancelTimer | undefined;

  constructor(options: RtpLegOptions) {
    this.#options = options;
    this.#rtcp = new RtcpSession({
      clock: options.clock,
      random: options.random ?? Math.random,
      ssrc: this.#ssrc,
      clockRate: () => this.#format?.clockRate ?? SAMPLE_RATE,
      send: (bytes) => this.#sendRtcp(bytes),
    });
  }

  get format(): LegFormat | undefined {
    return this.#format;
  }

  get isConnected(): boolean {
    return this.#connected && !this.#closed;
  }

  get quality(): LegQuality {
    return this.#rtcp.quality;
  }

  get localSdp(): string {
    return this.#localSdp;
  }

  setEvents(events: LegEvents): void {
    this.#events = events;
  }

  async answer(offer: string, like?: VoiceCodec): Promise<string> {
    // What was agreed once stays, whatever else an offer within the call has.
    const agreed = negotiate(offer, 'plain', this.#format?.codec ?? like);
    const { port } = await this.#open();
    this.#localSdp = this.#describe(port, agreed);
    this.#agree(agreed);
    return this.#localSdp;
  }

  async offer(): Promise<string> {
    const { port } = await this.#open();
    this.#localSdp = this.#describe(port);
    return this.#localSdp;
  }

  async acceptAnswer(answer: string): Promise<void> {
    this.#agree(negotiate(answer, 'plain', this.#options.other));
  }

  send(packet: RtpPacket): void {
    const to = this.#source ?? this.#described;
    if (!this.isConnected || to === undefined) return;
    const isVoice = packet.payloadType === this.#format?.payloadType;
    const sent = this.#streamClock.toFarEnd(packet, !isVoice);
    this.#sockets?.send(serialiseRtp({ ...sent, ssrc: this.#ssrc }), to.port, to.address);
    this.#rtcp.noteSent(sent, isVoice);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#rtcp.stop();
    this.#closed = true;
    this.#events = undefined;
    this.#cancelWatch?.();
    // Sockets that are just being opened would be left over.
    await this.#opening?.then((sockets) => sockets.close()).catch(() => undefined);
  }

  async #open(): Promise<RtpSockets> {
    this.#opening ??= openRtpSockets(
      this.#options.address,
      (bytes, from) => (isRtcp(bytes) ? this.#receiveRtcp(bytes, from, true) : this.#receive(bytes, from)),
      (bytes, from) => this.#receiveRtcp(bytes, from, false),
    );
    this.#sockets = await this.#opening;
    return this.#sockets;
  }

  #describe(port: number, agreed?: Negotiated): string {
    this.#identity.version += 1;
    const audio = {
      address: this.#options.address,
      port,
      codecs: agreed?.codecs ?? offeredCodecs('plain', this.#options.other),
      direction: agreed?.direction ?? 'sendrecv',
      mid: agreed?.audio.mid,
      ssrc: this.#ssrc,
      rtcpMux: agreed?.audio.rtcpMux ?? false,
    } as const;
    return agreed === undefined ? formatSdp(this.#identity, audio) : formatSdp(this.#identity, audio, agreed);
  }

  #agree({ audio, format }: Negotiated): void {
    const { address, port } = audio;
    // Names are not looked up: a description may name any host.
    if (isIP(address) === 0) {
      throw new DialtreeError({ code: 'media/bad-sdp', message: 'The session description has no usable address.' });
    }
    const isHeld = address === '0.0.0.0';
    const before = this.#described;
    if (!isHeld) {
      this.#described = { address, port };
      this.#rtcpDescribed = rtcpPlaceOf(audio);
      // Another place than before: it is learnt anew.
      if (before?.address !== address || before.port !== port) {
        this.#learn(undefined);
        this.#rtcpSource = undefined;
      }
    }
    if (format.clockRate !== this.#format?.clockRate) {
      this.#streamClock = new StreamClock(format.clockRate, format.eventClockRate);
    }
    this.#format = format;
    this.#heardAtMs = this.#options.clock.nowMs();
    if (this.#closed) return;
    this.#watch();
    this.#rtcp.start();
    if (format.codec !== 'OPUS') this.#handleConnected();
    else
      prepareOpus().then(
        () => this.#handleConnected(),
        (error) => this.#fail(`Opus: ${error}`),
      );
  }

  #handleConnected(): void {
    if (this.#connected || this.#closed) return;
    this.#connected = true;
    this.#events?.onConnected();
  }

  #receive(bytes: Buffer, { address, port }: Place): void {
    if (this.#closed) return;
    const source = this.#source;
    if (source === undefined ? !this.#mayBe(address) : source.address !== address || source.port !== port) return;
    const packet = parseRtp(bytes);
    const format = this.#format;
    if (packet === undefined || format === undefined) return;
    const known = [format.payloadType, format.eventPayloadType, COMFORT_NOISE];
    if (!known.includes(packet.payloadType)) return;
    if (source === undefined) this.#learn({ address, port });
    this.#heardAtMs = this.#options.clock.nowMs();
    const isEvent = packet.payloadType === format.eventPayloadType;
    this.#rtcp.noteReceived(packet, !isEvent);
    this.#events?.onRtp(this.#streamClock.fromFarEnd(packet, isEvent));
  }

  #learn(source: { readonly address: string; readonly port: number } | undefined): void {
    if (source === this.#source) return;
    this.#source = source;
    this.#sockets?.only(source);
  }

  /** Taken from where it came first, as RTP is, or from where RTP comes. */
  #receiveRtcp(bytes: Buffer, { address, port }: Place, isAmongRtp: boolean): void {
    if (this.#closed || this.#format === undefined) return;
    const source = isAmongRtp ? this.#source : this.#rtcpSource;
    if (source === undefined ? !this.#mayBe(address) : source.address !== address || source.port !== port) return;
    if (!this.#rtcp.receive(bytes)) return;
    if (!isAmongRtp) this.#rtcpSource ??= { address, port };
    // Phones that suppress silence are there as long as they report.
    this.#heardAtMs = this.#options.clock.nowMs();
  }

  #sendRtcp(bytes: Buffer): void {
    const other = this.#rtcpSource ?? this.#rtcpDescribed;
    const shared = this.#source ?? this.#described;
    if (this.#rtcpDescribed !== undefined && other !== undefined) {
      this.#sockets?.sendRtcp(bytes, other.port, other.address);
    } else if (shared !== undefined) {
      this.#sockets?.send(bytes, shared.port, shared.address);
    }
  }

  #mayBe(address: string): boolean {
    return address === this.#described?.address || address === this.#options.signallingAddress;
  }

  /** Nobody is left in a call whose phone was switched off: UDP tells of no lost connection. */
  #watch(): void {
    const { clock, silenceTimeoutMs = 60_000 } = this.#options;
    this.#cancelWatch?.();
    if (this.#format?.sendsAudio !== true) return;
    const leftMs = this.#heardAtMs + silenceTimeoutMs - clock.nowMs();
    this.#cancelWatch = clock.after(Math.max(0, leftMs), () => {
      if (clock.nowMs() - this.#heardAtMs < silenceTimeoutMs) this.#watch();
      else this.#fail('no audio from the phone');
    });
  }

  #fail(reason: string): void {
    if (this.#closed) return;
    const events = this.#events;
    this.#events = undefined;
    events?.onFailed(reason);
  }
}

/** Where a phone takes RTCP: as it says (RFC 3605), else the next port; undefined when that is RTP's (RFC 5761). */
function rtcpPlaceOf({ address, port, rtcp, rtcpMux }: SdpMedia): Place | undefined {
  if (rtcpMux || (rtcp === undefined && port === 65_535)) return undefined;
  if (rtcp === undefined) return { address, port: port + 1 };
  return { address: rtcp.address !== undefined && isIP(rtcp.address) !== 0 ? rtcp.address : address, port: rtcp.port };
}
