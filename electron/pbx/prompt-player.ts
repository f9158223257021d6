import { DialtreeError, toErrorDetail } from '../../shared/lib/errors.ts';
import type { Logger } from '../../shared/lib/logger.ts';
import type { AudioChannel } from '../media/audio-channel.ts';
import { type EncodedAudio, LoopSource, SequenceSource } from '../media/encoded-audio.ts';
import type { PromptStore } from '../media/prompt-store.ts';

export interface PlayEvents {
  onFinished(): void;
  /** `reason` is an error code, e.g. `audio/missing`. */
  onFailed(reason: string): void;
}

/** Plays prompt files into one channel, one request at a time; a later request or a stop makes an earlier one void. */
export class PromptPlayer {
  readonly #channel: AudioChannel;
  readonly #store: PromptStore;
  readonly #logger: Logger;
  #request = 0;
  /** What is repeated, playing or paused. */
  #loop: LoopSource | undefined;

  constructor(channel: AudioChannel, store: PromptStore, logger: Logger) {
    this.#channel = channel;
    this.#store = store;
    this.#logger = logger;
  }

  /**
   * Plays sounds one after the other: files by their path (undefined: it could not be rendered), or ones that are
   * being made.
   */
  async play(wanted: readonly (string | undefined | Promise<EncodedAudio>)[], events: PlayEvents): Promise<void> {
    const request = this.#begin();
    try {
      const sounds = await Promise.all(wanted.map((sound) => this.#load(sound)));
      if (request === this.#request) this.#channel.play(new SequenceSource(sounds), () => events.onFinished());
    } catch (error) {
      const { code, message } = toErrorDetail(error);
      this.#logger.log('warn', 'pbx.prompt-failed', { code, message });
      if (request === this.#request) events.onFailed(code);
    }
  }

  /** Plays a sound that is there. */
  playOnce(sound: EncodedAudio, onFinished: () => void): void {
    this.#begin();
    this.#channel.play(new SequenceSource([sound]), onFinished);
  }

  /** Repeats a sound until something else plays. */
  loop(sound: EncodedAudio): void {
    this.#begin();
    this.#loop = new LoopSource(sound);
    this.#channel.play(this.#loop);
  }

  /** Plays a sound over what is repeated, which then goes on from where it was. Where nothing is, it is not played. */
  playOver(sound: EncodedAudio, onFinished: () => void): void {
    const loop = this.#loop;
    if (loop === undefined) return;
    this.#channel.play(new SequenceSource([sound]), () => {
      this.#channel.play(loop);
      onFinished();
    });
  }

  stop(): void {
    this.#begin();
    this.#channel.silence();
  }

  #begin(): number {
    this.#loop = undefined;
    return ++this.#request;
  }

  async #load(sound: string | undefined | Promise<EncodedAudio>): Promise<EncodedAudio> {
    if (sound === undefined) {
      throw new DialtreeError({ code: 'audio/missing', message: 'No sound was rendered for this prompt.' });
    }
    return typeof sound === 'string' ? this.#store.load(sound) : sound;
  }
}
