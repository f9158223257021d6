import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import type { Voice } from '../../../../shared/bridge/speech.ts';
import { LanguageSchema, type TextSource } from '../../../../shared/flow/speech.ts';
import type { Clock } from '../../../../shared/lib/clock.ts';
import { DialtreeError } from '../../../../shared/lib/errors.ts';
import type { Pcm } from '../wav.ts';
import { amplified, findProgram, runForSound } from './run-program.ts';
import { oneLine, ownName, type SpeechEngine } from './speech-engine.ts';

const MODEL = '.onnx';
/** Voices lie in folders of their languages; no deeper, so that a whole disk is not searched. */
const MAX_DEPTH = 3;
const MAX_ENTRIES = 5000;

/** Where pip and Homebrew put programs: an app that is started from the desktop has them not in its PATH. */
const USUAL_FOLDERS =
  process.platform === 'win32' ? [] : [join(homedir(), '.local/bin'), '/opt/homebrew/bin', '/usr/local/bin'];

/** The part of a voice's `.onnx.json` that is used. */
const ConfigSchema = z.object({
  language: z.object({ code: z.string() }).optional(),
  espeak: z.object({ voice: z.string() }).optional(),
});

export interface PiperOptions {
  /** Where the user's voices are; null: nowhere. */
  readonly folder: () => string | null;
  readonly clock: Pick<Clock, 'after'>;
  /** In place of the PATH. */
  readonly path?: string | undefined;
}

/**
 * Voices of Piper (neural, offline), which the user has as files. Its program is found in the PATH, or beside the voices,
 * as its archive unpacks.
 */
export class PiperEngine implements SpeechEngine {
  readonly prefix = 'piper';
  readonly #options: PiperOptions;

  constructor(options: PiperOptions) {
    this.#options = options;
  }

  async voices(): Promise<readonly Voice[]> {
    if ((await this.#program()) === undefined) return [];
    const models = await this.#models();
    const voices = await Promise.all([...models].map(([name, path]) => readVoice(name, path)));
    return voices.filter((voice) => voice !== undefined);
  }

  /** What keeps voices from being used; undefined: nothing, or there is no folder. */
  async problem(): Promise<DialtreeError | undefined> {
    const folder = this.#options.folder();
    if (folder === null) return undefined;
    if ((await this.#models()).size === 0) {
      return new DialtreeError({
        code: 'speech/no-piper-voices',
        message: `There is no voice of Piper in ${folder}.`,
        hint: 'Choose the folder with the files *.onnx and *.onnx.json.',
        params: { folder },
      });
    }
    return (await this.#program()) === undefined ? missing() : undefined;
  }

  async speak(source: TextSource, voiceId: string, timeoutMs: number): Promise<Pcm> {
    const [program, models] = await Promise.all([this.#program(), this.#models()]);
    const model = models.get(ownName(voiceId));
    if (program === undefined || model === undefined) throw missing();
    const { clock } = this.#options;
    const speed = String(Math.round((1 / (source.speed ?? 1)) * 1000) / 1000);
    const spoken = await runForSound((path) => ({
      program,
      args: ['--model', model, '--output_file', path, '--length_scale', speed],
      input: `${oneLine(source.text)}\n`,
      timeoutMs,
      clock,
    }));
    return amplified(spoken, source.volume ?? 1);
  }

  #program(): Promise<string | undefined> {
    const folder = this.#options.folder();
    const beside = folder === null ? [] : [folder, join(folder, 'piper')];
    const { path = [process.env.PATH ?? '', ...USUAL_FOLDERS].join(delimiter) } = this.#options;
    return findProgram('piper', beside, path);
  }

  /** Voices by name, with the paths of their models. */
  async #models(): Promise<ReadonlyMap<string, string>> {
    const folder = this.#options.folder();
    const models = new Map<string, string>();
    if (folder === null) return models;
    let seen = 0;
    const look = async (place: string, depth: number): Promise<void> => {
      const entries = await readdir(place, { withFileTypes: true }).catch(() => []);
      for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        if (++seen > MAX_ENTRIES) return;
        const path = join(place, entry.name);
        if (entry.isDirectory() && depth < MAX_DEPTH) await look(path, depth + 1);
        else if (entry.name.endsWith(MODEL)) models.set(entry.name.slice(0, -MODEL.length), path);
      }
    };
    await look(folder, 0);
    return models;
  }
}

/** One without its description cannot be spoken with. */
async function readVoice(name: string, modelPath: string): Promise<Voice | undefined> {
  try {
    const config = ConfigSchema.parse(JSON.parse(await readFile(`${modelPath}.json`, 'utf8')));
    // Such as `pl_PL`; of the first voices only the one of eSpeak is told.
    const language = (config.language?.code ?? config.espeak?.voice ?? name.split('-')[0] ?? '').replaceAll('_', '-');
    if (!LanguageSchema.safeParse(language).success) return undefined;
    return { id: `piper:${name}`, name: displayName(name), language, engine: 'piper' };
  } catch {
    return undefined;
  }
}

/** `pl_PL-gosia-medium` is Gosia. */
function displayName(name: string): string {
  const [, voice = name, quality] = name.split('-');
  const spoken = voice.replaceAll('_', ' ');
  const capital = spoken.charAt(0).toUpperCase() + spoken.slice(1);
  return quality === undefined ? capital : `${capital} (${quality.replaceAll('_', ' ')})`;
}

function missing(): DialtreeError {
  return new DialtreeError({
    code: 'speech/piper-missing',
    message: 'Piper is not installed, so its voices cannot be used.',
    hint: 'Install the program "piper" so that it is in the PATH, or put it into the folder of the voices.',
  });
}
