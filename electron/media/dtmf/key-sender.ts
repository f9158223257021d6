import type { AudioSource } from '../encoded-audio.ts';
import { SequenceSource } from '../encoded-audio.ts';
import { FRAME_SAMPLES } from '../g711.ts';
import { type DtmfDigit, eventCodeOf, serialiseTelephoneEvent } from '../telephone-event.ts';
import { keyTone } from './key-tone.ts';

/** A key of ours lasts 100 ms as an event too: five packets, and the last one twice more (RFC 4733 2.5.1.4). */
const EVENT_STEPS = 5;
const END_PACKETS = 3;
/** Power of an event that has none of its own, −dBm0. */
const VOLUME = 10;
/** Nobody presses that many keys in the time that they take; what comes beyond is dropped. */
const MOST_WAITING = 20;

/** One packet of a telephone-event. */
export interface EventStep {
  /** It is the first one of a press. */
  readonly begins: boolean;
  readonly payload: Uint8Array;
}

/** Keys on their way to one far end, one after the other: as tones in its sound (ITU-T Q.23), or as events (RFC 4733). */
export class KeySender {
  readonly #waiting: DtmfDigit[] = [];
  #tone: SequenceSource | undefined;
  #step = 0;

  add(digit: DtmfDigit): void {
    if (this.#waiting.length < MOST_WAITING) this.#waiting.push(digit);
  }

  /** Forgets them, also the one that is being sent. */
  clear(): void {
    this.#waiting.length = 0;
    this.#tone = undefined;
    this.#step = 0;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0 && this.#tone === undefined;
  }

  /** The next frame of the keys, as `read` takes it from their sound; undefined when all have been heard. */
  tone<Frame>(read: (source: AudioSource) => Frame | undefined): Frame | undefined {
    for (;;) {
      const frame = this.#tone && read(this.#tone);
      if (frame !== undefined) return frame;
      const digit = this.#waiting.shift();
      this.#tone = digit && new SequenceSource([keyTone(digit)]);
      if (digit === undefined) return undefined;
    }
  }

  /** The next 20 ms of the keys as an event; undefined when all have been sent. */
  event(): EventStep | undefined {
    const digit = this.#waiting[0];
    if (digit === undefined) return undefined;
    const begins = this.#step === 0;
    this.#step++;
    const end = this.#step >= EVENT_STEPS;
    const durationSamples = Math.min(this.#step, EVENT_STEPS) * FRAME_SAMPLES;
    if (this.#step === EVENT_STEPS + END_PACKETS - 1) {
      this.#waiting.shift();
      this.#step = 0;
    }
    const payload = serialiseTelephoneEvent({ code: eventCodeOf(digit), end, volume: VOLUME, durationSamples });
    return { begins, payload };
  }
}
