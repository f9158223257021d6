import type { VoiceCodec } from './codec.ts';
import type { AudioSource } from './encoded-audio.ts';
import { FRAME_SAMPLES, type G711Codec, isG711, SILENCE } from './g711.ts';
import { G722Encoder } from './g722/g722.ts';
import { type OpusSettings, parseOpusSettings } from './opus/opus-settings.ts';
import { OpusVoiceEncoder } from './opus/opus-voice-encoder.ts';

const SILENT_FRAMES: Readonly<Record<G711Codec, Uint8Array>> = {
  PCMU: new Uint8Array(FRAME_SAMPLES).fill(SILENCE.PCMU),
  PCMA: new Uint8Array(FRAME_SAMPLES).fill(SILENCE.PCMA),
};
const WIDE_SILENCE = new Int16Array(2 * FRAME_SAMPLES);

/**
 * Payloads of 20 ms for one far end. G.711 comes ready from the sounds; G.722 and Opus are encoded here, for each call by
 * itself: their decoders go by all that they have heard, and sounds that were encoded apart are distorted for 100 ms where
 * they meet.
 */
export class FrameEncoder {
  readonly #wide = new G722Encoder();
  #opus: { readonly settings: OpusSettings | undefined; readonly encoder: OpusVoiceEncoder } | undefined;

  /** The next payload of a source; undefined when it is over. */
  next(source: AudioSource, codec: VoiceCodec, opus?: OpusSettings): Uint8Array | undefined {
    if (isG711(codec)) return source.next(codec);
    const samples = source.nextWide();
    if (samples === undefined) return undefined;
    return codec === 'G722' ? this.#wide.encode(samples) : this.#opusEncoder(opus).encode(samples);
  }

  /** Empty when nothing is to be sent. */
  silence(codec: VoiceCodec, opus?: OpusSettings): Uint8Array {
    if (codec === 'OPUS') return this.#opusEncoder(opus).silence();
    return codec === 'G722' ? this.#wide.encode(WIDE_SILENCE) : SILENT_FRAMES[codec];
  }

  /** Part of what is sent that the far end loses, 0–1. */
  noteLoss(loss: number): void {
    this.#opus?.encoder.noteLoss(loss);
  }

  /** Gives the memory back; harmless twice. */
  close(): void {
    this.#opus?.encoder.close();
  }

  /** The far end may ask for other settings in the middle of a call. */
  #opusEncoder(settings: OpusSettings | undefined): OpusVoiceEncoder {
    if (this.#opus === undefined || this.#opus.settings !== settings) {
      this.#opus?.encoder.close();
      this.#opus = { settings, encoder: new OpusVoiceEncoder(settings ?? parseOpusSettings(undefined)) };
    }
    return this.#opus.encoder;
  }
}
