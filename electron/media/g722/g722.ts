import { saturate } from './arithmetic.ts';
import { HighBand, LowBand } from './bands.ts';
import { QMF_EVEN } from './tables.ts';

/** Samples a second of the sound. RTP counts 8000 all the same (RFC 3551 4.5.2). */
export const WIDE_RATE = 16_000;

const TAPS = 2 * QMF_EVEN.length;

/** The last samples of a filter, oldest first; twice, so that a window is always in one piece. */
class History {
  readonly samples = new Int32Array(2 * TAPS);
  /** Where the oldest is. */
  at = 0;

  push(first: number, second: number): void {
    for (const sample of [first, second]) {
      this.samples[this.at] = sample;
      this.samples[this.at + TAPS] = sample;
      this.at = (this.at + 1) % TAPS;
    }
  }
}

/** Sums of the even and of the odd places under the mirror filters. */
function filter({ samples, at }: History): { even: number; odd: number } {
  let [even, odd] = [0, 0];
  for (let i = 0; i < QMF_EVEN.length; i++) {
    even += (samples[at + 2 * i] ?? 0) * (QMF_EVEN[i] ?? 0);
    odd += (samples[at + 2 * i + 1] ?? 0) * (QMF_EVEN[QMF_EVEN.length - 1 - i] ?? 0);
  }
  return { even, odd };
}

/** Encodes sound of 16 kHz to 64 kbit/s (ITU-T G.722, mode 1). One encoder for a stream from its beginning on. */
export class G722Encoder {
  readonly #history = new History();
  readonly #low = new LowBand();
  readonly #high = new HighBand();

  /** A byte for two samples; an odd one at the end is left out. */
  encode(samples: Int16Array): Uint8Array {
    const bytes = new Uint8Array(samples.length >> 1);
    for (let i = 0; i < bytes.length; i++) {
      this.#history.push(samples[2 * i] ?? 0, samples[2 * i + 1] ?? 0);
      const { even, odd } = filter(this.#history);
      bytes[i] = (this.#high.encode((odd - even) >> 14) << 6) | this.#low.encode((even + odd) >> 14);
    }
    return bytes;
  }
}

/** Decodes 64 kbit/s to sound of 16 kHz. One decoder for a stream; it finds its way into one that has begun. */
export class G722Decoder {
  readonly #history = new History();
  readonly #low = new LowBand();
  readonly #high = new HighBand();

  decode(bytes: Uint8Array): Int16Array {
    const samples = new Int16Array(2 * bytes.length);
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] ?? 0;
      const low = this.#low.decode(byte & 0x3f);
      const high = this.#high.decode(byte >> 6);
      this.#history.push(low + high, low - high);
      const { even, odd } = filter(this.#history);
      samples[2 * i] = saturate(odd >> 11);
      samples[2 * i + 1] = saturate(even >> 11);
    }
    return samples;
  }
}
