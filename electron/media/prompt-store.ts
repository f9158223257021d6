import { readFile, stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../shared/lib/clock.ts';
import { DialtreeError } from '../../shared/lib/errors.ts';
import { resampleInSlices } from '../../shared/lib/resample.ts';
import { EncodedAudio } from './encoded-audio.ts';
import { SAMPLE_RATE } from './g711.ts';
import { WIDE_RATE } from './g722/g722.ts';
import { parseWav } from './wav.ts';

/** Larger files are refused: ten minutes at 48 kHz. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** A file is looked at again for changes after so long, ms: calls by the hundred need not ask each. */
const FRESH_MS = 1000;

interface Entry {
  readonly stamp: string;
  readonly audio: Promise<EncodedAudio>;
  bytes: number;
  /** On the monotonic clock. */
  checkedAtMs: number;
}

/** Loads WAV files, resamples and encodes them once, and keeps the most recently used ones. */
export class PromptStore {
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #maxBytes: number;
  /** By path; the most recently used last. */
  readonly #entries = new Map<string, Entry>();

  /** `maxBytes`: memory for decoded prompts. */
  constructor(clock: Pick<Clock, 'nowMs'>, maxBytes = 256 * 1024 * 1024) {
    this.#clock = clock;
    this.#maxBytes = maxBytes;
  }

  /** The sound of a file, read anew at most a second after the file has changed. Rejects with `audio/missing` or `audio/unreadable`. */
  async load(path: string): Promise<EncodedAudio> {
    const nowMs = this.#clock.nowMs();
    const fresh = this.#entries.get(path);
    if (fresh !== undefined && nowMs - fresh.checkedAtMs < FRESH_MS) return this.#use(path, fresh);
    const stamp = await fileStamp(path);
    const known = this.#entries.get(path);
    if (known?.stamp === stamp) {
      known.checkedAtMs = nowMs;
      return this.#use(path, known);
    }
    const entry: Entry = { stamp, audio: decode(path), bytes: 0, checkedAtMs: nowMs };
    this.#entries.set(path, entry);
    try {
      const audio = await entry.audio;
      entry.bytes = audio.bytes;
      this.#evict();
      return audio;
    } catch (error) {
      if (this.#entries.get(path) === entry) this.#entries.delete(path);
      throw error;
    }
  }

  #use(path: string, entry: Entry): Promise<EncodedAudio> {
    this.#entries.delete(path);
    this.#entries.set(path, entry);
    return entry.audio;
  }

  #evict(): void {
    let total = 0;
    for (const entry of this.#entries.values()) total += entry.bytes;
    for (const [path, entry] of this.#entries) {
      if (total <= this.#maxBytes || this.#entries.size === 1) return;
      total -= entry.bytes;
      this.#entries.delete(path);
    }
  }
}

/** Changes when the file does. Rejects with `audio/missing` when there is no such file. */
export async function fileStamp(path: string): Promise<string> {
  try {
    const info = await stat(path);
    if (!info.isFile()) throw new Error('not a file');
    if (info.size > MAX_FILE_BYTES) throw new Error('too large');
    return `${info.size} ${info.mtimeMs}`;
  } catch (error) {
    throw new DialtreeError(
      { code: 'audio/missing', message: `The sound file ${path} cannot be read.`, params: { path } },
      { cause: error },
    );
  }
}

async function decode(path: string): Promise<EncodedAudio> {
  return decodeSound(await readFile(path));
}

/** A WAV as calls play it. Rejects with `audio/unreadable`. Long ones are worked on in slices, other calls go on. */
export async function decodeSound(wav: Buffer): Promise<EncodedAudio> {
  const sound = parseWav(wav);
  const slices = resampleInSlices(sound, SAMPLE_RATE);
  for (;;) {
    const step = slices.next();
    if (step.done === true) return new EncodedAudio(step.value, sound.sampleRate < WIDE_RATE ? undefined : sound);
    await setImmediate();
  }
}

/** Whether there is a file at that path that can be looked at. */
export async function isReadable(path: string | undefined): Promise<boolean> {
  if (path === undefined) return false;
  return fileStamp(path).then(
    () => true,
    () => false,
  );
}
