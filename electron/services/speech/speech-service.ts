import { createHash } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Voice } from '../../../shared/bridge/speech.ts';
import { type AudioSource, isMachineVoice, type SpeechSource, type TextSource } from '../../../shared/flow/speech.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import type { Logger } from '../../../shared/lib/logger.ts';
import { decodeAudio } from '../audio/decode-audio.ts';
import { toPcm } from '../audio/decoded-audio.ts';
import type { MediaStore } from '../project/media-store.ts';
import type { SpeechEngine } from './engines/speech-engine.ts';
import { MachineVoices } from './machine-voices.ts';
import { speakParts } from './spoken-parts.ts';
import { Synthesizer } from './synthesizer.ts';
import { encodeWav, type Pcm } from './wav.ts';

/** Part of every cache key: raise it when the same source would sound different. */
const RENDERER_VERSION = 'espeak-ng-0.3.5/2';

/** A long text by a slow machine. */
const RENDER_TIMEOUT_MS = 120_000;
/** A caller waits for it. */
const LIVE_TIMEOUT_MS = 3500;

const SILENT: Logger = { log: () => {} };

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
  readonly #machine: MachineVoices;
  #synthesizer: Promise<Synthesizer> | undefined;
  readonly #underWay = new Map<string, Promise<string>>();

  /**
   * @param cacheDir Where rendered WAVs lie; made when missing, safe to delete at any time.
   * @param recordings The project's audio files.
   * @param machine Voices beside the embedded ones.
   */
  constructor(
    cacheDir: string,
    recordings: Recordings = NO_RECORDINGS,
    machine: MachineVoices = new MachineVoices([], SILENT),
  ) {
    this.#cacheDir = cacheDir;
    this.#recordings = recordings;
    this.#machine = machine;
  }

  /** Every voice, the machine's own first: they are why they were installed. */
  async voices(): Promise<Voice[]> {
    return [...(await this.#machine.list()), ...(await this.#embedded()).voices()];
  }

  /**
   * Path of a 16-bit mono WAV with this speech. A voice that this machine has not gives way to the embedded one of the
   * language.
   * @throws DialtreeError `speech/*`, `audio/*` or `media/*` with the reason it cannot be rendered, `speech/cache` when it cannot be stored.
   */
  async render(source: SpeechSource): Promise<string> {
    const wanted = source.kind === 'audio' ? { source } : await this.#withVoice(source);
    const key = cacheKey(wanted.source);
    const running = this.#underWay.get(key);
    if (running) return running;
    const work = this.#renderNow(wanted, join(this.#cacheDir, `${key}.wav`)).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, work);
    return work;
  }

  /** The same, as the file's bytes. */
  async renderBytes(source: SpeechSource): Promise<Buffer> {
    return readFile(await this.render(source));
  }

  /**
   * Bytes of a WAV with this text; kept nowhere, for texts with a caller's values in them. A program that takes too long,
   * or fails, gives way to the embedded voice: somebody waits on the line.
   */
  async speakOnce(source: TextSource): Promise<Buffer> {
    const wanted = await this.#withVoice(source);
    try {
      return encodeWav(await this.#speak(wanted, LIVE_TIMEOUT_MS));
    } catch (error) {
      if (wanted.engine === undefined) throw error;
      return encodeWav(await this.#speak({ source: withoutVoice(source) }, LIVE_TIMEOUT_MS));
    }
  }

  async #renderNow({ source, engine }: Wanted, path: string): Promise<string> {
    if (await isNonEmptyFile(path)) return path;
    const isText = source.kind === 'text';
    const wav = encodeWav(
      isText ? await this.#speak({ source, engine }, RENDER_TIMEOUT_MS) : await this.#decode(source),
    );
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

  async #speak({ source, engine }: WantedText, timeoutMs: number): Promise<Pcm> {
    const embedded = engine === undefined ? await this.#embedded() : undefined;
    return speakParts(source.text, (text) => {
      const said = { ...source, text };
      return embedded?.speak(said) ?? engine!.speak(said, source.voice ?? '', timeoutMs);
    });
  }

  /** What speaks a text, and how: by the embedded voice of its language where its own is not here. */
  async #withVoice(source: TextSource): Promise<WantedText> {
    const { voice } = source;
    if (voice === undefined || !isMachineVoice(voice)) return { source };
    const engine = await this.#machine.engineOf(voice);
    return engine === undefined ? { source: withoutVoice(source) } : { source, engine };
  }

  #embedded(): Promise<Synthesizer> {
    this.#synthesizer ??= Synthesizer.load();
    return this.#synthesizer;
  }
}

/** Something to be rendered, and the program that speaks it; without one the embedded engine does. */
interface Wanted {
  readonly source: SpeechSource;
  readonly engine?: SpeechEngine | undefined;
}

interface WantedText extends Wanted {
  readonly source: TextSource;
}

function withoutVoice({ voice: _, ...source }: TextSource): TextSource {
  return source;
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
