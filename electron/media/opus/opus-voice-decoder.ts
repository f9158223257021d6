import type { OpusDecoderHandle } from 'libopus-wasm';
import type { SoundRate, VoiceDecoder } from '../codec.ts';
import { SAMPLE_RATE } from '../g711.ts';
import { takeDecoder } from './opus-library.ts';
import { opusTicks } from './opus-packet.ts';

/** What is lost is made up for in steps of 2.5 ms, in ticks. */
const STEP = 20;
/** A longer gap is silent after that: 100 ms, in ticks. */
const LONGEST_CONCEALED = 800;

/**
 * Decodes the Opus of one stream, mono, at the rate that is wanted: libopus turns it to that itself. What is lost comes
 * from the redundancy in the packet after it (RFC 6716 2.1.7), or is made up by the decoder.
 */
export class OpusVoiceDecoder implements VoiceDecoder {
  readonly #rate: SoundRate;
  readonly #scale: number;
  #handle: OpusDecoderHandle | undefined;
  #closed = false;

  constructor(rate: SoundRate) {
    this.#rate = rate;
    this.#scale = rate / SAMPLE_RATE;
  }

  decode(payload: Uint8Array): Int16Array {
    return this.#run(opusTicks(payload), (handle) => handle.decode(payload));
  }

  conceal(ticks: number, next?: Uint8Array): Int16Array {
    const sound = new Int16Array(ticks * this.#scale);
    const mended = next === undefined ? 0 : opusTicks(next);
    const fromNext = mended > 0 && mended <= ticks ? mended : 0;
    const before = Math.min(LONGEST_CONCEALED, ticks - fromNext);
    const made = before - (before % STEP);
    if (made > 0) sound.set(this.#run(made, (handle) => handle.decodePacketLoss(made * this.#scale)));
    if (fromNext > 0 && next !== undefined) {
      const options = { decodeFec: true, frameSize: fromNext * this.#scale };
      sound.set(
        this.#run(fromNext, (handle) => handle.decode(next, options)),
        (ticks - fromNext) * this.#scale,
      );
    }
    return sound;
  }

  close(): void {
    this.#closed = true;
    this.#handle?.free();
    this.#handle = undefined;
  }

  /** Sound of that length; silence when libopus refuses: a damaged packet is a lost one. */
  #run(ticks: number, decode: (handle: OpusDecoderHandle) => Int16Array): Int16Array {
    if (ticks === 0) return new Int16Array(0);
    this.#handle ??= this.#closed ? undefined : takeDecoder(this.#rate);
    try {
      const sound = this.#handle && decode(this.#handle);
      if (sound?.length === ticks * this.#scale) return sound;
    } catch {
      // Told by the silence below.
    }
    return new Int16Array(ticks * this.#scale);
  }
}
