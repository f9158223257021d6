import { COMFORT_NOISE, isWide, type VoiceCodec } from './codec.ts';
import { KeySender } from './dtmf/key-sender.ts';
import { ToneReceiver } from './dtmf/tone-receiver.ts';
import type { AudioSource } from './encoded-audio.ts';
import { FrameEncoder } from './frame-encoder.ts';
import { isG711, transcodeG711 } from './g711.ts';
import type { MediaClock } from './media-clock.ts';
import type { LegFormat, MediaLeg } from './media-leg.ts';
import { OutboundStream } from './outbound-stream.ts';
import type { RtpPacket } from './rtp.ts';
import { type DtmfDigit, DtmfReceiver } from './telephone-event.ts';
import { needsTranscoding, TranscodedVoice } from './transcoded-voice.ts';

/** Takes the packets of a party's voice. */
export type VoiceTap = (packet: RtpPacket, codec: VoiceCodec) => void;

export interface ChannelEvents {
  onConnected(): void;
  onFailed(reason: string): void;
  onDigit(digit: DtmfDigit): void;
}

/** A key that is told by signalling so long after its tone was heard is pressed again: 2 s, in ticks. */
const SAME_PRESS_TICKS = 100;
/** When nothing comes from who is heard for so long, silence is sent: 200 ms, in ticks. */
const QUIET_TICKS = 10;
/** How often the encoder is told what the far end loses: 5 s, as often as it reports, in ticks. */
const LOSS_TICKS = 250;
const NO_SOUND = new Uint8Array(0);

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
  /** Finds keys in the voice of a far end that has no telephone-event; undefined when signalling tells its keys. */
  #tones: ToneReceiver | undefined;
  #lastTone: { readonly digit: DtmfDigit; readonly tick: number } | undefined;
  /** Signalling tells keys whose tones are in the voice as well. */
  #isToldTwice = false;
  /** Keys of who is heard that this far end is not sent as they came. */
  readonly #keys = new KeySender();
  readonly #onDigit: (digit: DtmfDigit) => void;
  readonly #stopTicking: () => void;
  #source: AudioSource | undefined;
  #onFinished: (() => void) | undefined;
  /** The channel that hears this one. */
  #listener: AudioChannel | undefined;
  /** The channel that this one hears. */
  #heard: AudioChannel | undefined;
  /** What the other says while their codec is another one that packets cannot be turned to one by one. */
  #transcoded: TranscodedVoice | undefined;
  /** When something was relayed last; undefined: nothing since, who is heard is silent. */
  #relayedTick: number | undefined;
  readonly #encoder = new FrameEncoder();
  /** Undefined where there is none: it is asked for each packet. */
  #taps: Set<VoiceTap> | undefined;
  #closed = false;

  constructor(leg: MediaLeg, clock: MediaClock, events: ChannelEvents) {
    this.#leg = leg;
    this.#clock = clock;
    this.#onDigit = (digit) => events.onDigit(digit);
    this.#dtmf = new DtmfReceiver((digit) => {
      this.#onDigit(digit);
      // Who has telephone-event gets its packets as they are.
      if (this.#listener?.hasEvents === false) this.#listener.#keys.add(digit);
    });
    this.#tones = new ToneReceiver((digit) => {
      this.#lastTone = { digit, tick: this.#clock.tick };
      this.#onDigit(digit);
    });
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
    this.#relayedTick = this.#clock.tick;
    other.#listener = this;
  }

  /** Also gives the party's voice to who records or mixes it, packet by packet. @returns What ends that; harmless twice. */
  tap(tap: VoiceTap): () => void {
    this.#taps ??= new Set();
    this.#taps.add(tap);
    return () => {
      this.#taps?.delete(tap);
      if (this.#taps?.size === 0) this.#taps = undefined;
    };
  }

  /** A key that signalling told of (INFO). Its tone, which may be in the voice too, is the same press. */
  press(digit: DtmfDigit): void {
    const tone = this.#lastTone;
    this.#tones?.close();
    this.#tones = undefined;
    this.#lastTone = undefined;
    if (tone?.digit === digit && this.#clock.tick - tone.tick <= SAME_PRESS_TICKS) {
      this.#isToldTwice = true;
      return;
    }
    this.#onDigit(digit);
    // Whose voice has the tones has been heard by the other.
    const listener = this.#listener;
    if (listener !== undefined && !this.#isToldTwice) listener.#keys.add(digit);
  }

  /** Whether the far end takes keys as telephone-events (RFC 4733). */
  get hasEvents(): boolean {
    return this.#leg.format?.eventPayloadType !== undefined;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#taps = undefined;
    this.silence();
    this.#listener?.silence();
    this.#tones?.close();
    this.#encoder.close();
    this.#stopTicking();
  }

  #unhear(): void {
    if (this.#heard !== undefined) this.#heard.#listener = undefined;
    this.#heard = undefined;
    this.#setTranscoded(undefined);
    this.#keys.clear();
  }

  #setTranscoded(voice: TranscodedVoice | undefined): void {
    this.#transcoded?.close();
    this.#transcoded = voice;
  }

  #handleTick(tick: number): void {
    const { format } = this.#leg;
    if (format === undefined || !this.#leg.isConnected) return;
    if (tick % LOSS_TICKS === 0) this.#encoder.noteLoss(this.#leg.quality?.sent?.loss ?? 0);
    if (this.#sendKey(tick, format) || this.#isRelaying(tick)) return;
    let frame: Uint8Array | undefined;
    if (this.#source !== undefined) {
      frame = this.#encoder.next(this.#source, format.codec, format.opus);
      if (frame === undefined) {
        // The last frame went out a tick ago: its 20 ms have been heard.
        const finished = this.#onFinished;
        this.silence();
        finished?.();
      }
    }
    if (this.#closed || !format.wantsAudio || this.#isRelaying(tick)) return;
    // What a finished source started at once is heard from this very tick on.
    const source = this.#transcoded ?? this.#source;
    if (frame === undefined && source !== undefined) frame = this.#encoder.next(source, format.codec, format.opus);
    frame ??= this.#encoder.silence(format.codec, format.opus);
    if (frame.length > 0) this.#leg.send(this.#stream.fromClock(tick, format.payloadType, frame));
  }

  /** Sends 20 ms of a key of who is heard; whether it takes the place of the voice. */
  #sendKey(tick: number, format: LegFormat): boolean {
    if (this.#keys.isEmpty || !format.wantsAudio) return false;
    const { eventPayloadType } = format;
    if (eventPayloadType !== undefined) {
      const step = this.#keys.event();
      if (step !== undefined) this.#leg.send(this.#stream.fromKey(tick, eventPayloadType, step));
      return false;
    }
    const frame = this.#keys.tone((source) => this.#encoder.next(source, format.codec, format.opus));
    if (frame === undefined) return false;
    this.#transcoded?.skip();
    // Who presses a key sends no voice meanwhile: silence follows until it comes again.
    this.#relayedTick = undefined;
    if (frame.length > 0) this.#leg.send(this.#stream.fromClock(tick, format.payloadType, frame));
    return true;
  }

  /** Packets of another go out as they come. */
  #isRelaying(tick: number): boolean {
    if (this.#heard === undefined || this.#transcoded !== undefined) return false;
    return this.#relayedTick !== undefined && tick - this.#relayedTick < QUIET_TICKS;
  }

  #handleRtp(packet: RtpPacket): void {
    const { format } = this.#leg;
    if (this.#closed || format === undefined) return;
    const isEvent = packet.payloadType === format.eventPayloadType;
    if (packet.payloadType === COMFORT_NOISE && !isEvent) {
      this.#takeVoice({ ...packet, payload: NO_SOUND }, format);
      if (this.#listener !== undefined) this.#listener.#relayedTick = undefined;
      return;
    }
    if (!isEvent && packet.payloadType !== format.payloadType) return;
    if (isEvent) this.#dtmf.receive(packet);
    else this.#takeVoice(packet, format);
    const listener = this.#listener;
    if (listener !== undefined) listener.#relay(packet, format.codec, isEvent);
  }

  #takeVoice(packet: RtpPacket, { codec, eventPayloadType }: LegFormat): void {
    if (this.#taps !== undefined) for (const tap of this.#taps) tap(packet, codec);
    if (eventPayloadType === undefined) this.#tones?.receive(packet, codec);
  }

  #relay(packet: RtpPacket, codec: VoiceCodec, isEvent: boolean): void {
    const { format } = this.#leg;
    if (format === undefined || !this.#leg.isConnected || !format.wantsAudio) return;
    const payloadType = isEvent ? format.eventPayloadType : format.payloadType;
    if (!needsTranscoding(codec, format.codec)) this.#setTranscoded(undefined);
    else if (this.#transcoded?.isWide !== isWide(format.codec)) this.#setTranscoded(new TranscodedVoice(format.codec));
    const tick = this.#clock.tick;
    if (isEvent) {
      if (payloadType === undefined) return;
      const isBeside = this.#transcoded !== undefined;
      this.#leg.send(this.#stream.fromEvent(tick, payloadType, packet, isBeside));
    } else if (this.#transcoded !== undefined) {
      this.#transcoded.receive(packet, codec);
      return;
    } else if (!this.#keys.isEmpty && format.eventPayloadType === undefined) {
      // A key sounds in place of the voice.
      return;
    } else if (payloadType !== undefined) {
      this.#leg.send(this.#stream.fromRelay(tick, payloadType, packet, relayed(packet.payload, codec, format.codec)));
    }
    this.#relayedTick = tick;
  }
}

/** A payload from one codec to the other, where each packet stands for itself. */
function relayed(payload: Uint8Array, from: VoiceCodec, to: VoiceCodec): Uint8Array {
  return from === to || !isG711(from) || !isG711(to) ? payload : transcodeG711(from, to, payload);
}
