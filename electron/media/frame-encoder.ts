import type { VoiceCodec } from './codec.ts';
import type { AudioSource } from './encoded-audio.ts';
import { FRAME_SAMPLES, type G711Codec, SILENCE } from './g711.ts';
import { G722Encoder } from './g722/g722.ts';

const SILENT_FRAMES: Readonly<Record<G711Codec, Uint8Array>> = {
  PCMU: new Uint8Array(FRAME_SAMPLES).fill(SILENCE.PCMU),
  PCMA: new Uint8Array(FRAME_SAMPLES).fill(SILENCE.PCMA),
};
const WIDE_SILENCE = new Int16Array(2 * FRAME_SAMPLES);

/**
 * Payloads of 20 ms for one far end. G.711 comes ready from the sounds; G.722 is encoded here, for each call by itself: its
 * decoder goes by all that it has heard, and sounds that were encoded apart are distorted for 100 ms where they meet.
 */
export class FrameEncoder {
  readonly #wide = new G722Encoder();

  /** The next payload of a source; undefined when it is over. */
  next(source: AudioSource, codec: VoiceCodec): Uint8Array | undefined {
    if (codec !== 'G722') return source.next(codec);
    const samples = source.nextWide();
    return samples && this.#wide.encode(samples);
  }

  silence(codec: VoiceCodec): Uint8Array {
    return codec === 'G722' ? this.#wide.encode(WIDE_SILENCE) : SILENT_FRAMES[codec];
  }
}
