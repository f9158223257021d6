import type { VoiceCodec } from './codec.ts';
import type { AudioSource } from './encoded-audio.ts';
import { encodeG711, type G711Codec } from './g711.ts';
import { Doubler } from './half-band.ts';
import { JitterBuffer } from './jitter-buffer.ts';
import type { RtpPacket } from './rtp.ts';

/** Whether packets cannot go from one codec to the other one by one: G.722 remembers what came before. */
export function needsTranscoding(from: VoiceCodec, to: VoiceCodec): boolean {
  return from !== to && (from === 'G722' || to === 'G722');
}

/** What another party says, for one whose codec is another: decoded in order, to be encoded anew. Never ends. */
export class TranscodedVoice implements AudioSource {
  readonly #buffer = new JitterBuffer();
  readonly #doubler = new Doubler();

  receive(packet: RtpPacket, codec: VoiceCodec): void {
    this.#buffer.receive(packet, codec);
  }

  /** Lets 20 ms pass unheard. */
  skip(): void {
    this.#buffer.read();
  }

  next(codec: G711Codec): Uint8Array {
    return encodeG711(codec, this.#buffer.read());
  }

  nextWide(): Int16Array {
    return this.#doubler.process(this.#buffer.read());
  }
}
