import { encodeG711, FRAME_SAMPLES, SAMPLE_RATE, SILENCE, type VoiceCodec } from './g711.ts';

/** A sound cut into 20 ms packets, encoded once per codec and shared by every call that plays it. */
export class EncodedAudio {
  readonly #samples: Int16Array;
  readonly #frames = new Map<VoiceCodec, readonly Uint8Array[]>();

  /** `samples`: mono, 8000 Hz. */
  constructor(samples: Int16Array) {
    this.#samples = samples;
  }

  get durationMs(): number {
    return (this.#samples.length * 1000) / SAMPLE_RATE;
  }

  /** Memory that it takes, for the cache. */
  get bytes(): number {
    return this.#samples.byteLength * 2;
  }

  /** Payloads of 160 bytes; the last one is filled up with silence. */
  frames(codec: VoiceCodec): readonly Uint8Array[] {
    let frames = this.#frames.get(codec);
    if (frames === undefined) {
      frames = cut(encodeG711(codec, this.#samples), SILENCE[codec]);
      this.#frames.set(codec, frames);
    }
    return frames;
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

/** What a caller hears: gives a payload every 20 ms; undefined when it is over. */
export interface AudioSource {
  next(codec: VoiceCodec): Uint8Array | undefined;
}

/** Plays sounds one after the other, without a gap. */
export class SequenceSource implements AudioSource {
  readonly #sounds: readonly EncodedAudio[];
  #sound = 0;
  #frame = 0;

  constructor(sounds: readonly EncodedAudio[]) {
    this.#sounds = sounds;
  }

  next(codec: VoiceCodec): Uint8Array | undefined {
    for (; this.#sound < this.#sounds.length; this.#sound++, this.#frame = 0) {
      const frame = this.#sounds[this.#sound]?.frames(codec)[this.#frame];
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

  next(codec: VoiceCodec): Uint8Array | undefined {
    const frames = this.#sound.frames(codec);
    if (this.#frame >= frames.length) this.#frame = 0;
    return frames[this.#frame++];
  }
}
