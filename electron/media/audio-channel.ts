import type { AudioSource } from './encoded-audio.ts';
import { FRAME_SAMPLES, SILENCE, transcodeG711, type VoiceCodec } from './g711.ts';
import type { MediaClock } from './media-clock.ts';
import type { MediaLeg } from './media-leg.ts';
import { OutboundStream } from './outbound-stream.ts';
import type { RtpPacket } from './rtp.ts';
import { type DtmfDigit, DtmfReceiver } from './telephone-event.ts';

export interface ChannelEvents {
  onConnected(): void;
  onFailed(reason: string): void;
  onDigit(digit: DtmfDigit): void;
}

const SILENT_FRAME: Readonly<Record<VoiceCodec, Uint8Array>> = {
  PCMU: new Uint8Array(FRAME_SAMPLES).fill(SILENCE.PCMU),
  PCMA: new Uint8Array(FRAME_SAMPLES).fill(SILENCE.PCMA),
};

/**
 * What one party of a call hears and presses: plays sources on the shared clock, or relays another channel's audio,
 * or is silent (silence is sent, so that the line is not dead). A source waits until the leg is connected, so nothing
 * of a prompt is lost.
 */
export class AudioChannel {
  readonly #leg: MediaLeg;
  readonly #clock: MediaClock;
  readonly #stream = new OutboundStream();
  readonly #dtmf: DtmfReceiver;
  readonly #stopTicking: () => void;
  #source: AudioSource | undefined;
  #onFinished: (() => void) | undefined;
  /** The channel that hears this one. */
  #listener: AudioChannel | undefined;
  /** The channel that this one hears. */
  #heard: AudioChannel | undefined;
  #tap: ((packet: RtpPacket, codec: VoiceCodec) => void) | undefined;
  #closed = false;

  constructor(leg: MediaLeg, clock: MediaClock, events: ChannelEvents) {
    this.#leg = leg;
    this.#clock = clock;
    this.#dtmf = new DtmfReceiver((digit) => events.onDigit(digit));
    leg.setEvents({
      onConnected: () => this.#closed || events.onConnected(),
      onFailed: (reason) => this.#closed || events.onFailed(reason),
      onRtp: (packet) => this.#handleRtp(packet),
    });
    this.#stopTicking = clock.add((tick) => this.#handleTick(tick));
  }

  /** Plays a source instead of what plays now. `onFinished` when it is over, not when it is stopped or replaced. */
  play(source: AudioSource, onFinished?: () => void): void {
    this.#unhear();
    this.#source = source;
    this.#onFinished = onFinished;
  }

  /** Silence from now on. */
  silence(): void {
    this.#unhear();
    this.#source = undefined;
    this.#onFinished = undefined;
  }

  /** Hears another channel from now on. One direction; a conversation is both. */
  hear(other: AudioChannel): void {
    this.silence();
    other.#listener?.silence();
    this.#heard = other;
    other.#listener = this;
  }

  /** Also gives the party's voice to a recorder, packet by packet; without one no more. */
  tap(tap: ((packet: RtpPacket, codec: VoiceCodec) => void) | undefined): void {
    this.#tap = tap;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#tap = undefined;
    this.silence();
    this.#listener?.silence();
    this.#stopTicking();
  }

  #unhear(): void {
    if (this.#heard !== undefined) this.#heard.#listener = undefined;
    this.#heard = undefined;
  }

  #handleTick(tick: number): void {
    const { format } = this.#leg;
    if (this.#heard !== undefined || format === undefined || !this.#leg.isConnected) return;
    let frame: Uint8Array | undefined;
    if (this.#source !== undefined) {
      frame = this.#source.next(format.codec);
      if (frame === undefined) {
        // The last frame went out a tick ago: its 20 ms have been heard.
        const finished = this.#onFinished;
        this.silence();
        finished?.();
      }
    }
    if (this.#closed || this.#heard !== undefined || !format.wantsAudio) return;
    // What a finished source started at once is heard from this very tick on.
    frame ??= this.#source?.next(format.codec) ?? SILENT_FRAME[format.codec];
    this.#leg.send(this.#stream.fromClock(tick, format.payloadType, frame));
  }

  #handleRtp(packet: RtpPacket): void {
    const { format } = this.#leg;
    if (this.#closed || format === undefined) return;
    const isEvent = packet.payloadType === format.eventPayloadType;
    if (!isEvent && packet.payloadType !== format.payloadType) return;
    if (isEvent) this.#dtmf.receive(packet);
    else this.#tap?.(packet, format.codec);
    const listener = this.#listener;
    if (listener !== undefined) listener.#relay(packet, format.codec, isEvent);
  }

  #relay(packet: RtpPacket, codec: VoiceCodec, isEvent: boolean): void {
    const { format } = this.#leg;
    if (format === undefined || !this.#leg.isConnected || !format.wantsAudio) return;
    const payloadType = isEvent ? format.eventPayloadType : format.payloadType;
    if (payloadType === undefined) return;
    const payload = isEvent ? packet.payload : transcodeG711(codec, format.codec, packet.payload);
    this.#leg.send(this.#stream.fromRelay(this.#clock.tick, payloadType, packet, payload, isEvent));
  }
}
