import { isWide, type VoiceCodec } from './codec.ts';
import type { AudioSource } from './encoded-audio.ts';
import { encodeG711, type G711Codec } from './g711.ts';
import { JitterBuffer } from './jitter-buffer.ts';
import type { RtpPacket } from './rtp.ts';

/** Whether packets cannot go from one codec to the other one by one: G.722 and Opus remember what came before. */
export function needsTranscoding(from: VoiceCodec, to: VoiceCodec): boolean {
  return from !== to && (isWide(from) || isWide(to));
}

/** What another party says, for one whose codec is another: decoded in order, to be encoded anew. Never ends. */
export class TranscodedVoice implements AudioSource {
  readonly #buffer: JitterBuffer;
  /** For a codec of 16 kHz; `next` is for those of 8 kHz, `nextWide` for those. */
  readonly isWide: boolean;

  constructor(to: VoiceCodec) {
    this.isWide = isWide(to);
    this.#buffer = new JitterBuffer(this.isWide ? 16_000 : 8000);
  }

  receive(packet: RtpPacket, codec: VoiceCodec): void {
    this.#buffer.receive(packet, codec);
  }

  /** Gives the decoder's memory back; harmless twice. */
  close(): void {
    this.#buffer.close();
  }

  /** Lets 20 ms pass unheard. */
  skip(): void {
    this.#buffer.read();
  }

  next(codec: G711Codec): Uint8Array {
    return encodeG711(codec, this.#buffer.read());
  }

  nextWide(): Int16Array {
    return this.#buffer.read();
  }
}
