import type { TextSource } from '../../../shared/flow/speech.ts';
import type { EncodedAudio } from '../../media/encoded-audio.ts';
import type { Speaker } from '../speaker.ts';

/** Some seconds each: places and times repeat, and not many of them are in use on one day. */
export const SOUNDS_KEPT = 64;

/**
 * Speaks announcements and remembers the latest (QA7): many callers are told the same, and the speech engine works for
 * everyone. There is nothing of a caller in them, so that they may be remembered.
 */
export class AnnouncementSounds {
  readonly #speaker: Pick<Speaker, 'speak'>;
  /** By what is said and how; the most recently used last. */
  readonly #kept = new Map<string, Promise<EncodedAudio>>();

  constructor(speaker: Pick<Speaker, 'speak'>) {
    this.#speaker = speaker;
  }

  /** @throws DialtreeError as `Speaker.speak` does; then it is spoken anew the next time. */
  speak(source: TextSource): Promise<EncodedAudio> {
    const key = JSON.stringify(source);
    const sound = this.#kept.get(key) ?? this.#speaker.speak(source);
    this.#kept.delete(key);
    this.#kept.set(key, sound);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > SOUNDS_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    sound.catch(() => {
      if (this.#kept.get(key) === sound) this.#kept.delete(key);
    });
    return sound;
  }
}
