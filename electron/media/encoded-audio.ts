import { Resampler, type Sound } from '../../shared/lib/resample.ts';
import { encodeG711, FRAME_SAMPLES, type G711Codec, SAMPLE_RATE, SILENCE } from './g711.ts';
import { WIDE_RATE } from './g722/g722.ts';

/** Samples of 20 ms at 16 kHz. */
const WIDE_SAMPLES = 2 * FRAME_SAMPLES;

/** A sound cut into 20 ms packets, encoded once per law of G.711 and shared by every call that plays it. */
export class EncodedAudio {
  readonly #samples: Int16Array;
  readonly #wide: Sound;
  readonly #frames = new Map<G711Codec, readonly Uint8Array[]>();
  #resampler: Resampler | undefined;

  /** `samples`: mono, 8000 Hz. `wide`: the same at 16,000 Hz or more, when there is more to it. */
  constructor(samples: Int16Array, wide?: Sound) {
    this.#samples = samples;
    this.#wide = wide ?? { sampleRate: SAMPLE_RATE, samples };
  }

  get durationMs(): number {
    return (this.#samples.length * 1000) / SAMPLE_RATE;
  }

  /** Memory that it takes at most, for the cache: the sound, and a byte for each sample and law. */
  get bytes(): number {
    const wide = this.#wide.samples === this.#samples ? 0 : this.#wide.samples.byteLength;
    return this.#samples.byteLength * 2 + wide;
  }

  /** Number of packets. */
  get length(): number {
    return Math.ceil(this.#samples.length / FRAME_SAMPLES);
  }

  /** Payloads of 160 bytes; the last one is filled up with silence. */
  frames(codec: G711Codec): readonly Uint8Array[] {
    let frames = this.#frames.get(codec);
    if (frames === undefined) {
      frames = cut(encodeG711(codec, this.#samples), SILENCE[codec]);
      this.#frames.set(codec, frames);
    }
    return frames;
  }

  /**
   * The sound of a packet at 16 kHz, for G.722, whose encoder is the call's own: it goes on from what was sent before.
   * Made when it is played; undefined after the last one.
   */
  wideFrame(index: number): Int16Array | undefined {
    if (index >= this.length) return undefined;
    this.#resampler ??= new Resampler(this.#wide.sampleRate, WIDE_RATE);
    return this.#resampler.render(this.#wide.samples, index * WIDE_SAMPLES, WIDE_SAMPLES);
  }
}

function cut(bytes: Uint8Array, silence: number): Uint8Array[] {
  const frames: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += FRAME_SAMPLES) {
    const frame = new Uint8Array(FRAME_SAMPLES).fill(silence);
    frame.set(bytes.subarray(at, at + FRAME_SAMPLES));
    frames.push(frame);
  }
  return frames;
}

/** What a caller hears: gives the next 20 ms each time, for G.711 or for G.722; undefined when it is over. */
export interface AudioSource {
  next(codec: G711Codec): Uint8Array | undefined;
  /** At 16 kHz. */
  nextWide(): Int16Array | undefined;
}

/** Plays sounds one after the other, without a gap. */
export class SequenceSource implements AudioSource {
  readonly #sounds: readonly EncodedAudio[];
  #sound = 0;
  #frame = 0;

  constructor(sounds: readonly EncodedAudio[]) {
    this.#sounds = sounds;
  }

  next(codec: G711Codec): Uint8Array | undefined {
    return this.#advance((sound, frame) => sound.frames(codec)[frame]);
  }

  nextWide(): Int16Array | undefined {
    return this.#advance((sound, frame) => sound.wideFrame(frame));
  }

  #advance<Frame>(frameOf: (sound: EncodedAudio, frame: number) => Frame | undefined): Frame | undefined {
    for (; this.#sound < this.#sounds.length; this.#sound++, this.#frame = 0) {
      const sound = this.#sounds[this.#sound];
      const frame = sound && frameOf(sound, this.#frame);
      if (frame === undefined) continue;
      this.#frame++;
      return frame;
    }
    return undefined;
  }
}

/** Plays a sound again and again: music on hold, ringback. An empty sound is over at once. */
export class LoopSource implements AudioSource {
  readonly #sound: EncodedAudio;
  #frame = 0;

  constructor(sound: EncodedAudio) {
    this.#sound = sound;
  }

  next(codec: G711Codec): Uint8Array | undefined {
    return this.#sound.frames(codec)[this.#advance()];
  }

  nextWide(): Int16Array | undefined {
    return this.#sound.wideFrame(this.#advance());
  }

  #advance(): number {
    if (this.#frame >= this.#sound.length) this.#frame = 0;
    return this.#frame++;
  }
}
