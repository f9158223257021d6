import { readFile } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { type SpeechSettings, SpeechSettingsSchema, type SpeechSetup } from '../../../shared/bridge/speech.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import type { Logger } from '../../../shared/lib/logger.ts';
import { writeDurably } from '../project/durable-file.ts';
import type { PiperEngine } from './engines/piper.ts';

export interface SpeechSetupOptions {
  /** The file of the settings: of this machine, not of a project. */
  readonly path: string;
  readonly logger: Logger;
  readonly piper: Pick<PiperEngine, 'problem'>;
  /** Voices may have come or gone. */
  readonly onChanged: () => void;
}

/** What this machine is told to speak with. */
export class SpeechSetupService {
  readonly #options: SpeechSetupOptions;
  #settings: SpeechSettings = { piperFolder: null };

  constructor(options: SpeechSetupOptions) {
    this.#options = options;
  }

  get settings(): SpeechSettings {
    return this.#settings;
  }

  /** Reads the settings. One that cannot be read is as if there were none, and logged. */
  async open(): Promise<void> {
    const { path, logger } = this.#options;
    try {
      this.#settings = SpeechSettingsSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    } catch (error) {
      const isNew = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!isNew) logger.log('warn', 'speech.settings-unreadable', { path });
    }
  }

  async view(): Promise<SpeechSetup> {
    const problem = await this.#options.piper.problem();
    return { settings: this.#settings, problem: problem?.toDetail() ?? null };
  }

  /** Takes other settings; the same ones look for voices anew. @throws DialtreeError `speech/not-a-folder`, `speech/not-saved`. */
  async set(settings: SpeechSettings): Promise<SpeechSetup> {
    const { path, onChanged } = this.#options;
    const { piperFolder } = settings;
    if (piperFolder !== null && !isAbsolute(piperFolder)) {
      throw new DialtreeError({
        code: 'speech/not-a-folder',
        message: `"${piperFolder}" is no whole path of a folder.`,
        hint: 'Begin with / or, on Windows, with a letter such as C:\\.',
        params: { folder: piperFolder },
      });
    }
    try {
      await writeDurably(path, `${JSON.stringify(settings, null, 2)}\n`);
    } catch (cause) {
      throw new DialtreeError(
        { code: 'speech/not-saved', message: `The settings of voices could not be saved: ${path}`, params: { path } },
        { cause },
      );
    }
    this.#settings = settings;
    onChanged();
    return this.view();
  }
}
