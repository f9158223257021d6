import { randomInt } from 'node:crypto';
import {
  RTCDtlsFingerprint,
  RTCDtlsParameters,
  RTCDtlsTransport,
  RTCIceGatherer,
  RTCIceParameters,
  RTCIceTransport,
  RtpHeader,
} from 'werift';
import type { CancelTimer, Clock } from '../../shared/lib/clock.ts';
import { invariant } from '../../shared/lib/invariant.ts';
import type { VoiceCodec } from './codec.ts';
import { SAMPLE_RATE } from './g711.ts';
import { sendOnCheckedPath } from './ice-lite.ts';
import type { LegEvents, LegFormat, LegQuality, MediaLeg } from './media-leg.ts';
import { type Negotiated, negotiate, offeredCodecs } from './negotiate.ts';
import { prepareOpus } from './opus/opus-library.ts';
import { RtcpSession } from './rtcp/rtcp-session.ts';
import type { RtpPacket } from './rtp.ts';
import { formatSdp, type SdpIdentity } from './sdp.ts';
import { StreamClock } from './stream-clock.ts';

export interface WebRtcLegOptions {
  readonly clock: Clock;
  /** Address that the one UDP socket is bound to and that is offered as the only candidate. */
  readonly address: string;
  /** How long ICE and DTLS may take, ms. */
  readonly connectTimeoutMs?: number;
  /** What the other end of the conversation has: it is offered first. */
  readonly other?: VoiceCodec | undefined;
  /** For the times of reports. */
  readonly random?: () => number;
}

const BYE_GRACE_MS = 2000;
/** SRTP_AES128_CM_HMAC_SHA1_80, SRTP_AEAD_AES_128_GCM in werift's numbering. */
const SRTP_PROFILES = [1, 7] as const;

/**
 * A browser's media on werift's transports: ICE-lite (we only answer checks), DTLS always as server, our own session
 * descriptions. werift's peer connection is not used: it would add a router, senders and receivers that a PBX does not
 * need, answers telephone-event at 48000 Hz, and as DTLS client sleeps 100 ms.
 */
export class WebRtcLeg implements MediaLeg {
  readonly #options: WebRtcLegOptions;
  readonly #ice: RTCIceTransport;
  readonly #dtls: RTCDtlsTransport;
  readonly #identity = { sessionId: randomInt(1, 2 ** 47), version: 0 };
  readonly #ssrc = randomInt(1, 2 ** 32);
  readonly #rtcp: RtcpSession;
  #events: LegEvents | undefined;
  #format: LegFormat | undefined;
  #streamClock = new StreamClock(SAMPLE_RATE);
  #localSdp = '';
  /** The codec's library; undefined while none is needed. */
  #codecReady: Promise<void> | undefined;
  #started = false;
  #connected = false;
  #gathering: Promise<void> = Promise.resolve();
  #closed = false;
  #cancelTimeout: CancelTimer | undefined;

  constructor(options: WebRtcLegOptions) {
    const { address } = options;
    this.#options = options;
    const gatherer = new RTCIceGatherer({
      iceLite: true,
      useTcp: false,
      // No address of any interface is gathered; the wanted one is given below.
      useIpv4: false,
      useIpv6: false,
      additionalHostAddresses: [address],
      interfaceAddresses: address.includes(':') ? { udp6: address } : { udp4: address },
    });
    sendOnCheckedPath(gatherer.connection);
    this.#ice = new RTCIceTransport(gatherer);
    this.#dtls = new RTCDtlsTransport({}, this.#ice, RTCDtlsTransport.localCertificate, [...SRTP_PROFILES]);
    this.#dtls.role = 'server';
    this.#rtcp = new RtcpSession({
      clock: options.clock,
      random: options.random ?? Math.random,
      ssrc: this.#ssrc,
      clockRate: () => this.#format?.clockRate ?? SAMPLE_RATE,
      send: (bytes) => this.#sendRtcp(bytes),
    });
    this.#dtls.onRtp.subscribe(({ header, payload }) => {
      this.#receive({
        payloadType: header.payloadType,
        marker: header.marker,
        sequence: header.sequenceNumber,
        timestamp: header.timestamp,
        ssrc: header.ssrc,
        payload,
      });
    });
    // werift has decrypted and parsed it; reports are read as those of plain RTP are, from their bytes.
    this.#dtls.onRtcp.subscribe((packet) => this.#rtcp.receive(packet.serialize()));
    this.#dtls.onStateChange.subscribe((state) => {
      if (state === 'connected') this.#handleTransportConnected();
      else if (state === 'failed') this.#fail('DTLS failed');
      else if (state === 'closed') this.#handleDtlsClosed();
    });
  }

  /** Makes the certificate that all legs share. Must have resolved before the first leg. */
  static async prepare(): Promise<void> {
    await RTCDtlsTransport.SetupCertificate();
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
    const agreed = negotiate(offer, 'secured', this.#format?.codec ?? like);
    this.#applyRemote(agreed);
    await this.#gather();
    this.#agree(agreed.format);
    this.#localSdp = this.#describe('passive', agreed);
    this.#connect();
    return this.#localSdp;
  }

  async offer(): Promise<string> {
    await this.#gather();
    this.#localSdp = this.#describe('actpass');
    return this.#localSdp;
  }

  async acceptAnswer(answer: string): Promise<void> {
    const agreed = negotiate(answer, 'secured', this.#options.other);
    this.#applyRemote(agreed);
    this.#agree(agreed.format);
    this.#connect();
  }

  send(packet: RtpPacket): void {
    if (!this.isConnected) return;
    const isVoice = packet.payloadType === this.#format?.payloadType;
    const sent = this.#streamClock.toFarEnd(packet, !isVoice);
    const header = new RtpHeader({
      payloadType: sent.payloadType,
      marker: sent.marker,
      sequenceNumber: sent.sequence,
      timestamp: sent.timestamp,
      ssrc: this.#ssrc,
    });
    void this.#dtls.sendRtp(sent.payload as Buffer, header);
    this.#rtcp.noteSent(sent, isVoice);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    if (this.#connected) this.#rtcp.stop();
    this.#closed = true;
    this.#events = undefined;
    this.#cancelTimeout?.();
    // A socket that is just being opened would be left over.
    await this.#gathering;
    await this.#dtls.stop();
  }

  async #gather(): Promise<void> {
    this.#gathering = this.#ice.gather();
    await this.#gathering;
  }

  #applyRemote({ audio }: Negotiated): void {
    const { ice, fingerprint } = audio;
    invariant(ice !== undefined && fingerprint !== undefined, 'negotiate() has checked ICE and DTLS');
    // Other credentials than before are an ICE restart (RFC 8839 4.4.1.1.1): the transport starts over, the socket
    // and the DTLS session stay.
    this.#ice.setRemoteParams(
      new RTCIceParameters({ iceLite: ice.lite, usernameFragment: ice.ufrag, password: ice.pwd }),
    );
    if (this.#started) return;
    const print = new RTCDtlsFingerprint(fingerprint.algorithm, fingerprint.value);
    this.#dtls.setRemoteParams(new RTCDtlsParameters([print], 'client'));
  }

  #describe(setup: 'actpass' | 'passive', agreed?: Negotiated): string {
    this.#identity.version += 1;
    const identity: SdpIdentity = this.#identity;
    const { usernameFragment: ufrag, password: pwd } = this.#ice.localParameters;
    const candidates = this.#ice.localCandidates;
    const fingerprint = this.#dtls.localParameters.fingerprints[0];
    invariant(fingerprint !== undefined, 'WebRtcLeg.prepare() has made the certificate');
    const audio = {
      address: this.#options.address,
      port: candidates[0]?.port ?? 9,
      codecs: agreed?.codecs ?? offeredCodecs('secured', this.#options.other),
      direction: agreed?.direction ?? 'sendrecv',
      mid: agreed === undefined ? '0' : agreed.audio.mid,
      ssrc: this.#ssrc,
      secured: {
        ice: {
          ufrag,
          pwd,
          candidates: candidates.map(
            (c) => `${c.foundation} ${c.component} udp ${c.priority} ${c.ip} ${c.port} typ host`,
          ),
        },
        fingerprint,
        setup,
      },
    } as const;
    return agreed === undefined ? formatSdp(identity, audio) : formatSdp(identity, audio, agreed);
  }

  #connect(): void {
    if (this.#closed || this.#ice.state === 'connected' || this.#ice.state === 'checking') return;
    // Both at once: the browser's ClientHello may come in the same turn as the check that selects the pair.
    this.#ice.start().catch((error: unknown) => this.#fail(`ICE: ${String(error)}`));
    if (this.#started) return;
    this.#started = true;
    this.#dtls.start().catch((error: unknown) => this.#fail(`DTLS: ${String(error)}`));
    this.#cancelTimeout = this.#options.clock.after(this.#options.connectTimeoutMs ?? 10_000, () =>
      this.#fail('no media connection'),
    );
  }

  #agree(format: LegFormat): void {
    if (format.clockRate !== this.#format?.clockRate) {
      this.#streamClock = new StreamClock(format.clockRate, format.eventClockRate);
    }
    this.#format = format;
    // It is loaded while ICE and DTLS go on; what fails is told once they are through.
    if (format.codec === 'OPUS') this.#codecReady = prepareOpus();
    this.#codecReady?.catch(() => undefined);
  }

  #handleTransportConnected(): void {
    if (this.#codecReady === undefined) this.#handleConnected();
    else
      this.#codecReady.then(
        () => this.#handleConnected(),
        (error: unknown) => this.#fail(`Opus: ${String(error)}`),
      );
  }

  #handleConnected(): void {
    if (this.#closed || this.#connected) return;
    this.#connected = true;
    this.#cancelTimeout?.();
    this.#rtcp.start();
    this.#events?.onConnected();
  }

  #receive(packet: RtpPacket): void {
    const { payloadType, eventPayloadType } = this.#format ?? {};
    if (packet.payloadType === payloadType || packet.payloadType === eventPayloadType) {
      this.#rtcp.noteReceived(packet, packet.payloadType === payloadType);
    }
    this.#events?.onRtp(this.#streamClock.fromFarEnd(packet, packet.payloadType === eventPayloadType));
  }

  /** SRTCP (RFC 3711 3.4) on the path of RTP (RFC 5761). */
  #sendRtcp(bytes: Buffer): void {
    if (!this.isConnected) return;
    this.#ice.connection.send(this.#dtls.srtcp.encrypt(bytes)).catch(() => undefined);
  }

  /** The browser closes DTLS when it hangs up; its BYE, on another connection, may come a little later. */
  #handleDtlsClosed(): void {
    if (this.#closed) return;
    this.#cancelTimeout?.();
    this.#cancelTimeout = this.#options.clock.after(BYE_GRACE_MS, () => this.#fail('DTLS closed'));
  }

  #fail(reason: string): void {
    if (this.#closed) return;
    const events = this.#events;
    this.#events = undefined;
    this.#cancelTimeout?.();
    events?.onFailed(reason);
  }
}
