import { open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  RECORDING_PIECE_BYTES,
  type Recording,
  RecordingIdSchema,
  RecordingSchema,
} from '../../../shared/bridge/recordings.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import type { Logger } from '../../../shared/lib/logger.ts';

const HEADER_BYTES = 44;
/** Of both channels. */
const BYTES_PER_SAMPLE = 4;

/**
 * Recorded conversations, as the PBX writes them: `ID.wav` and `ID.json` in one folder. The folder is the only truth; a
 * recording that goes on, or was cut off by a crash, has its length from its sound.
 */
export class RecordingStore {
  readonly #directory: string;
  readonly #logger: Logger;

  constructor(directory: string, logger: Logger) {
    this.#directory = directory;
    this.#logger = logger;
  }

  /** The recordings of a call, the first one first. One that cannot be read is left out, left alone, and logged. */
  async ofCall(callId: string): Promise<Recording[]> {
    const ids = (await this.#ids()).filter((id) => callOf(id) === callId);
    const recordings = await Promise.all(ids.map((id) => this.#read(id)));
    return recordings.filter((recording) => recording !== null).sort((a, b) => a.startedAtMs - b.startedAtMs);
  }

  /** The names of the sound files of each call that has any. */
  async fileNames(): Promise<ReadonlyMap<string, readonly string[]>> {
    const names = new Map<string, string[]>();
    for (const id of (await this.#ids()).sort((a, b) => placeOf(a) - placeOf(b))) {
      const callId = callOf(id);
      names.set(callId, [...(names.get(callId) ?? []), `${id}.wav`]);
    }
    return names;
  }

  /** A part of the sound file from that byte on, and how many bytes it has. @throws DialtreeError `recording/unknown`. */
  async piece(id: string, from: number): Promise<{ readonly bytes: Buffer; readonly totalBytes: number }> {
    await this.#require(id);
    const file = await open(this.#path(id, 'wav'));
    try {
      const totalBytes = (await file.stat()).size;
      const bytes = Buffer.alloc(Math.max(0, Math.min(RECORDING_PIECE_BYTES, totalBytes - from)));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
      return { bytes: bytes.subarray(0, bytesRead), totalBytes };
    } finally {
      await file.close();
    }
  }

  /** Takes a recording away for good. @returns Its call. @throws DialtreeError `recording/unknown`. */
  async remove(id: string): Promise<string> {
    const { callId } = await this.#require(id);
    await this.#delete(id);
    return callId;
  }

  /**
   * Takes away what a project recorded before a time (wall clock); recordings of other projects are theirs to keep.
   * @returns The calls that had them.
   */
  async forget(projectId: string, beforeMs: number): Promise<string[]> {
    const callIds: string[] = [];
    for (const id of await this.#ids()) {
      const recording = await this.#read(id);
      if (recording === null || recording.projectId !== projectId || recording.startedAtMs >= beforeMs) continue;
      await this.#delete(id);
      callIds.push(recording.callId);
    }
    return callIds;
  }

  async #ids(): Promise<string[]> {
    const names = await readdir(this.#directory).catch(() => []);
    return names.flatMap((name) => {
      const id = name.endsWith('.json') ? name.slice(0, -'.json'.length) : '';
      return RecordingIdSchema.safeParse(id).success ? [id] : [];
    });
  }

  async #delete(id: string): Promise<void> {
    // The sound first: it is what must not be left behind.
    await rm(this.#path(id, 'wav'), { force: true });
    await rm(this.#path(id, 'json'), { force: true });
  }

  async #require(id: string): Promise<Recording> {
    const recording = RecordingIdSchema.safeParse(id).success ? await this.#read(id) : null;
    if (recording) return recording;
    throw new DialtreeError({
      code: 'recording/unknown',
      message: 'This recording is not there any more.',
      hint: 'It may have been deleted in another window, or because its time was over.',
    });
  }

  async #read(id: string): Promise<Recording | null> {
    try {
      const recording = RecordingSchema.parse(JSON.parse(await readFile(this.#path(id, 'json'), 'utf8')));
      const samples = Math.max(0, (await stat(this.#path(id, 'wav'))).size - HEADER_BYTES) / BYTES_PER_SAMPLE;
      const durationMs = recording.durationMs || Math.round((samples * 1000) / recording.sampleRate);
      return { ...recording, durationMs };
    } catch (error) {
      // It was deleted meanwhile, or is about to begin.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
        this.#logger.log('warn', 'recordings.unreadable', { id });
      }
      return null;
    }
  }

  #path(id: string, extension: 'wav' | 'json'): string {
    return join(this.#directory, `${id}.${extension}`);
  }
}

function callOf(id: string): string {
  return id.split('_', 1)[0] ?? id;
}

function placeOf(id: string): number {
  return Number(id.split('_')[1] ?? 1);
}
