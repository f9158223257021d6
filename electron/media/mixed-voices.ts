import type { VoiceCodec } from './codec.ts';
import type { AudioSource } from './encoded-audio.ts';
import { encodeG711, FRAME_SAMPLES, type G711Codec } from './g711.ts';
import { JitterBuffer } from './jitter-buffer.ts';
import type { RtpPacket } from './rtp.ts';

type Rate = 8000 | 16_000;

/** What several say, as one of them or a listener hears it: each decoded in order, all added up. Never ends. */
export class MixedVoices implements AudioSource {
  /** By who speaks. */
  readonly #buffers = new Map<unknown, JitterBuffer>();
  /** Of the listener's codec, which is known when it asks. */
  #rate: Rate = 8000;
  #isClosed = false;

  /** Takes a packet of one of the voices; `speaker` tells them apart. */
  receive(speaker: unknown, packet: RtpPacket, codec: VoiceCodec): void {
    if (this.#isClosed) return;
    let buffer = this.#buffers.get(speaker);
    if (buffer === undefined) {
      buffer = new JitterBuffer(this.#rate);
      this.#buffers.set(speaker, buffer);
    }
    buffer.receive(packet, codec);
  }

  next(codec: G711Codec): Uint8Array {
    return encodeG711(codec, this.#mix(8000));
  }

  nextWide(): Int16Array {
    return this.#mix(16_000);
  }

  /** Gives the decoders' memory back; harmless twice. */
  close(): void {
    this.#isClosed = true;
    this.#forget();
  }

  #mix(rate: Rate): Int16Array {
    if (rate !== this.#rate) {
      this.#rate = rate;
      this.#forget();
    }
    const sum = new Int16Array((FRAME_SAMPLES * rate) / 8000);
    for (const buffer of this.#buffers.values()) {
      for (const [at, sample] of buffer.read().entries()) {
        sum[at] = Math.max(-32_768, Math.min(32_767, (sum[at] ?? 0) + sample));
      }
    }
    return sum;
  }

  #forget(): void {
    for (const buffer of this.#buffers.values()) buffer.close();
    this.#buffers.clear();
  }
}
