import { createHash } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Voice } from '../../../shared/bridge/contract.ts';
import type { AudioSource, SpeechSource, TextSource } from '../../../shared/flow/speech.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import { decodeAudio } from '../audio/decode-audio.ts';
import { toPcm } from '../audio/decoded-audio.ts';
import type { MediaStore } from '../project/media-store.ts';
import { Synthesizer } from './synthesizer.ts';
import { encodeWav, type Pcm } from './wav.ts';

/** Part of every cache key: raise it when the same source would sound different. */
const RENDERER_VERSION = 'espeak-ng-0.3.5/1';

/** Where recordings are read from. */
export type Recordings = Pick<MediaStore, 'has' | 'read'>;

const NO_RECORDINGS: Recordings = {
  has: async () => false,
  read: async (hash) => {
    throw new DialtreeError({ code: 'media/not-found', message: `There is no recording ${hash}.`, params: { hash } });
  },
};

/** Renders speech once and keeps it by content, so that the same text is never spoken twice. */
export class SpeechService {
  readonly #cacheDir: string;
  readonly #recordings: Recordings;
  #synthesizer: Promise<Synthesizer> | undefined;
  readonly #underWay = new Map<string, Promise<string>>();

  /**
   * @param cacheDir Where rendered WAVs lie; made when missing, safe to delete at any time.
   * @param recordings The project's audio files.
   */
  constructor(cacheDir: string, recordings: Recordings = NO_RECORDINGS) {
    this.#cacheDir = cacheDir;
    this.#recordings = recordings;
  }

  async voices(): Promise<Voice[]> {
    return (await this.#engine()).voices();
  }

  /**
   * Path of a 16-bit mono WAV with this speech.
   * @throws DialtreeError `speech/*`, `audio/*` or `media/*` with the reason it cannot be rendered, `speech/cache` when it cannot be stored.
   */
  render(source: SpeechSource): Promise<string> {
    const key = cacheKey(source);
    const running = this.#underWay.get(key);
    if (running) return running;
    const work = this.#renderNow(source, join(this.#cacheDir, `${key}.wav`)).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, work);
    return work;
  }

  /** The same, as the file's bytes. */
  async renderBytes(source: SpeechSource): Promise<Buffer> {
    return readFile(await this.render(source));
  }

  /** Bytes of a WAV with this text; kept nowhere, for texts with a caller's values in them. */
  async speakOnce(source: TextSource): Promise<Buffer> {
    return encodeWav((await this.#engine()).speak(source));
  }

  async #renderNow(source: SpeechSource, path: string): Promise<string> {
    if (await isNonEmptyFile(path)) return path;
    const pcm = source.kind === 'audio' ? await this.#decode(source) : (await this.#engine()).speak(source);
    const wav = encodeWav(pcm);
    try {
      await mkdir(this.#cacheDir, { recursive: true });
      await writeFileAtomic(path, wav);
    } catch (cause) {
      throw new DialtreeError(
        {
          code: 'speech/cache',
          message: `The rendered prompt could not be stored in ${this.#cacheDir}.`,
          hint: 'Check that the folder is writable and the disk is not full.',
          params: { path: this.#cacheDir },
        },
        { cause },
      );
    }
    return path;
  }

  async #decode(source: AudioSource): Promise<Pcm> {
    if (!(await this.#recordings.has(source.sha256))) {
      throw new DialtreeError({
        code: 'speech/file-missing',
        message: `The audio file "${source.fileName}" is not in the project's media.`,
        hint: 'Import the file again, or use text instead.',
        params: { fileName: source.fileName },
      });
    }
    const bytes = await this.#recordings.read(source.sha256);
    return toPcm(await decodeAudio(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)));
  }

  #engine(): Promise<Synthesizer> {
    this.#synthesizer ??= Synthesizer.load();
    return this.#synthesizer;
  }
}

function cacheKey(source: SpeechSource): string {
  const content =
    source.kind === 'audio'
      ? ['audio', source.sha256]
      : ['text', source.text, source.language ?? '', source.voice ?? '', source.speed ?? 1, source.volume ?? 1];
  return createHash('sha256')
    .update(JSON.stringify([RENDERER_VERSION, ...content]))
    .digest('hex');
}

async function isNonEmptyFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).size > 0;
  } catch {
    return false;
  }
}
