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
    const request = ++this.#request;
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
    this.#request++;
    this.#channel.play(new SequenceSource([sound]), onFinished);
  }

  /** Repeats a sound until something else plays. */
  loop(sound: EncodedAudio): void {
    this.#request++;
    this.#channel.play(new LoopSource(sound));
  }

  stop(): void {
    this.#request++;
    this.#channel.silence();
  }

  async #load(sound: string | undefined | Promise<EncodedAudio>): Promise<EncodedAudio> {
    if (sound === undefined) {
      throw new DialtreeError({ code: 'audio/missing', message: 'No sound was rendered for this prompt.' });
    }
    return typeof sound === 'string' ? this.#store.load(sound) : sound;
  }
}
