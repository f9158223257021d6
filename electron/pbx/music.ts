import { toErrorDetail } from '../../shared/lib/errors.ts';
import type { Logger } from '../../shared/lib/logger.ts';
import type { EncodedAudio } from '../media/encoded-audio.ts';
import type { PromptStore } from '../media/prompt-store.ts';
import { musicOnHold } from '../media/tones.ts';

/** Music on hold by queue: the queue's own file, or the built-in piece. */
export class Music {
  readonly #store: PromptStore;
  readonly #logger: Logger;
  #builtIn: EncodedAudio | undefined;

  constructor(store: PromptStore, logger: Logger) {
    this.#store = store;
    this.#logger = logger;
  }

  /** The piece that comes with the program; made at first use. */
  get builtIn(): EncodedAudio {
    this.#builtIn ??= musicOnHold();
    return this.#builtIn;
  }

  /** A file's music; the built-in piece when there is none or it cannot be played. Never rejects. */
  async load(path: string | undefined): Promise<EncodedAudio> {
    if (path === undefined) return this.builtIn;
    try {
      const sound = await this.#store.load(path);
      return sound.durationMs > 0 ? sound : this.builtIn;
    } catch (error) {
      this.#logger.log('warn', 'pbx.music-failed', { code: toErrorDetail(error).code });
      return this.builtIn;
    }
  }
}
