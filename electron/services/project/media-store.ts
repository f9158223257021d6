import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import { writeDurably } from './durable-file.ts';

/** Recordings by the SHA-256 (lower-case hex) of their bytes. */
export interface MediaStore {
  has(hash: string): Promise<boolean>;
  /** @throws DialtreeError `media/not-found`, `media/damaged`, `media/unreadable`. */
  read(hash: string): Promise<Uint8Array>;
  /** Resolves to the hash. The same bytes are kept once. @throws DialtreeError `media/not-saved`. */
  write(bytes: Uint8Array): Promise<string>;
  /** All hashes, sorted. */
  list(): Promise<readonly string[]>;
}

const NAME = /^([0-9a-f]{64})\.[a-z0-9]{1,8}$/;

/** The recordings of a project: files `media/<sha256>.<ext>` in its folder. */
export class MediaFolder implements MediaStore {
  readonly #dir: () => string | Promise<string>;

  /** @param dir The `media` folder; asked each time, because another project may be opened. */
  constructor(dir: () => string | Promise<string>) {
    this.#dir = dir;
  }

  async has(hash: string): Promise<boolean> {
    return (await this.#names()).has(hash);
  }

  async read(hash: string): Promise<Uint8Array> {
    const name = (await this.#names()).get(hash);
    if (name === undefined) {
      throw new DialtreeError({
        code: 'media/not-found',
        message: `The recording ${hash} is not in the project.`,
        params: { hash },
      });
    }
    const path = join(await this.#dir(), name);
    let bytes: Uint8Array;
    try {
      bytes = await readFile(path);
    } catch (cause) {
      const message = `The recording ${path} cannot be read: ${(cause as Error).message}`;
      throw new DialtreeError({ code: 'media/unreadable', message, params: { hash, path } }, { cause });
    }
    if (hashOf(bytes) !== hash) {
      throw new DialtreeError({
        code: 'media/damaged',
        message: `The recording ${path} is damaged: its content does not go with its name.`,
        hint: 'Record or import it again.',
        params: { hash, path },
      });
    }
    return bytes;
  }

  async write(bytes: Uint8Array): Promise<string> {
    const hash = hashOf(bytes);
    const intact = await this.read(hash).catch(() => undefined);
    if (intact) return hash;
    const dir = await this.#dir();
    // A damaged file is mended under the name it has.
    const name = (await this.#names()).get(hash) ?? `${hash}.${extensionOf(bytes)}`;
    try {
      await writeDurably(join(dir, name), bytes);
    } catch (cause) {
      const message = `The recording could not be saved to ${dir}: ${(cause as Error).message}`;
      throw new DialtreeError({ code: 'media/not-saved', message, params: { hash, path: dir } }, { cause });
    }
    return hash;
  }

  async list(): Promise<readonly string[]> {
    return [...(await this.#names()).keys()].sort();
  }

  async #names(): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const name of await readdir(await this.#dir()).catch(() => [])) {
      const hash = NAME.exec(name)?.[1];
      if (hash !== undefined && !found.has(hash)) found.set(hash, name);
    }
    return found;
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const SIGNATURES: readonly (readonly [extension: string, at: number, text: string])[] = [
  ['wav', 8, 'WAVE'],
  ['ogg', 0, 'OggS'],
  ['flac', 0, 'fLaC'],
  ['mp3', 0, 'ID3'],
];

/** From what the bytes are, not from what somebody called them. */
function extensionOf(bytes: Uint8Array): string {
  for (const [extension, at, text] of SIGNATURES) {
    if (Buffer.from(bytes.subarray(at, at + text.length)).toString('latin1') === text) return extension;
  }
  // An MPEG audio frame begins with eleven ones.
  return bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0 ? 'mp3' : 'bin';
}
