import type { VoiceCodec } from './codec.ts';
import type { OpusSettings } from './opus/opus-settings.ts';
import type { RtpPacket } from './rtp.ts';

/** What was agreed for a leg. */
export interface LegFormat {
  readonly codec: VoiceCodec;
  readonly payloadType: number;
  /** Of the voice in RTP: 48,000 Hz with Opus, 8000 Hz with all others. */
  readonly clockRate: number;
  /** What the far end asks of who sends it Opus. */
  readonly opus?: OpusSettings;
  /** Payload type of telephone-event; undefined when the far end has none. */
  readonly eventPayloadType: number | undefined;
  /** Of its durations, where that is not the voice's: some browsers have it at 8000 Hz only, beside Opus too. */
  readonly eventClockRate?: number | undefined;
  /** Whether the far end wants to hear us, and whether it speaks (RFC 3264 6.1; hold is `false` for the first). */
  readonly wantsAudio: boolean;
  readonly sendsAudio: boolean;
}

export interface DirectionQuality {
  /** Part of the packets that was lost since the beginning, 0–1. */
  readonly loss: number;
  /** Interarrival jitter (RFC 3550 6.4.1). */
  readonly jitterMs: number;
}

/** How well a leg's packets come through, as far as is known yet. */
export interface LegQuality {
  /** What the far end sends, as it comes here. */
  readonly received: DirectionQuality | undefined;
  /** What we send, as the far end tells that it comes there. */
  readonly sent: DirectionQuality | undefined;
  /** There and back. */
  readonly rttMs: number | undefined;
}

export interface LegEvents {
  /** Packets can be sent now. */
  onConnected(): void;
  /** It never came up, or broke. Nothing comes after it. */
  onFailed(reason: string): void;
  onRtp(packet: RtpPacket): void;
}

/**
 * One far end's media. Exactly one negotiation at a time: `answer` for offers of the far end (again for hold or an ICE
 * restart), or `offer` followed by `acceptAnswer`. Offers that share no codec are refused with `media/no-codec`. Packets
 * that it gives and takes have timestamps of 8000 Hz, whatever the clock of the codec is (RFC 3551 4.1).
 */
export interface MediaLeg {
  readonly format: LegFormat | undefined;
  readonly isConnected: boolean;
  /** Undefined where nobody counts. */
  readonly quality: LegQuality | undefined;
  setEvents(events: LegEvents): void;
  /** Our answer to an offer, SDP. `like`: the other end of the conversation has that codec; it goes before the others. */
  answer(offer: string, like?: VoiceCodec): Promise<string>;
  /** Our offer, SDP. */
  offer(): Promise<string>;
  acceptAnswer(answer: string): Promise<void>;
  /** Our last description, for a far end that asks for it. */
  readonly localSdp: string;
  send(packet: RtpPacket): void;
  /** Closes sockets and timers; harmless twice. */
  close(): Promise<void>;
}
