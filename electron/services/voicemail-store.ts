import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { type VoicemailMessage, VoicemailMessageSchema } from '../../shared/bridge/voicemail.ts';
import { DialtreeError } from '../../shared/lib/errors.ts';
import type { Logger } from '../../shared/lib/logger.ts';

/** 16-bit mono at 8 kHz behind a header. */
const BYTES_PER_MS = 16;
const HEADER_BYTES = 44;

/**
 * The messages that callers left, as the PBX writes them: `ID.wav` and `ID.json` in one folder. The folder is the only
 * truth; a message of a call that was cut off by a crash has its length from its sound.
 */
export class VoicemailStore {
  readonly #directory: string;
  readonly #logger: Logger;

  constructor(directory: string, logger: Logger) {
    this.#directory = directory;
    this.#logger = logger;
  }

  /** Every message, the newest first. One that cannot be read is left out, left alone, and logged. */
  async list(): Promise<VoicemailMessage[]> {
    const names = await readdir(this.#directory).catch(() => []);
    const ids = names.flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : []));
    const messages = await Promise.all(ids.map((id) => this.#read(id)));
    return messages.filter((message) => message !== null).sort((a, b) => b.startedAtMs - a.startedAtMs);
  }

  /** One message. @throws DialtreeError `voicemail/unknown`. */
  async get(id: string): Promise<VoicemailMessage> {
    return this.#require(id);
  }

  /** @throws DialtreeError `voicemail/unknown`. */
  async markHeard(id: string, heard: boolean): Promise<void> {
    const message = await this.#require(id);
    await writeFileAtomic(this.#path(id, 'json'), `${JSON.stringify({ ...message, heard }, null, 2)}\n`, {
      mode: 0o600,
    });
  }

  /** Takes a message away for good. @throws DialtreeError `voicemail/unknown`. */
  async remove(id: string): Promise<void> {
    await this.#require(id);
    // The sound first: what has no sound is no message.
    await rm(this.#path(id, 'wav'), { force: true });
    await rm(this.#path(id, 'json'), { force: true });
  }

  /** The sound: a WAV. @throws DialtreeError `voicemail/unknown`. */
  async audio(id: string): Promise<Buffer> {
    await this.#require(id);
    return readFile(this.#path(id, 'wav'));
  }

  async #require(id: string): Promise<VoicemailMessage> {
    const message = VoicemailMessageSchema.shape.id.safeParse(id).success ? await this.#read(id) : null;
    if (message) return message;
    throw new DialtreeError({
      code: 'voicemail/unknown',
      message: 'This message is not there any more.',
      hint: 'It may have been deleted in another window.',
    });
  }

  /** Null while there is nothing in it yet: a message is being recorded, or its call has just begun. */
  async #read(id: string): Promise<VoicemailMessage | null> {
    try {
      const bytes = (await stat(this.#path(id, 'wav'))).size;
      const message = VoicemailMessageSchema.parse(JSON.parse(await readFile(this.#path(id, 'json'), 'utf8')));
      const durationMs = message.durationMs || Math.round((bytes - HEADER_BYTES) / BYTES_PER_MS);
      return durationMs > 0 ? { ...message, durationMs } : null;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
        this.#logger.log('warn', 'voicemail.unreadable', { id });
      }
      return null;
    }
  }

  #path(id: string, extension: 'wav' | 'json'): string {
    return join(this.#directory, `${id}.${extension}`);
  }
}
