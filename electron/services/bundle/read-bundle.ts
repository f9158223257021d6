import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { parseProjectText } from '../../../shared/flow/migrations.ts';
import type { Project } from '../../../shared/flow/project.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import { mediaOf } from '../sync/media-refs.ts';
import { isOfType } from './media-type.ts';

/** Limits of a bundle (BU4); bytes, where it is not a number of entries. */
export interface BundleLimits {
  readonly file: number;
  readonly entries: number;
  readonly project: number;
  readonly recording: number;
  readonly unpacked: number;
}

const MB = 1024 * 1024;
export const BUNDLE_LIMITS: BundleLimits = {
  file: 400 * MB,
  entries: 5000,
  project: 64 * MB,
  recording: 64 * MB,
  unpacked: 800 * MB,
};

/** What a bundle holds, checked. */
export interface Bundle {
  readonly project: Project;
  readonly recordings: readonly { readonly hash: string; readonly bytes: Uint8Array }[];
  /** Hashes of recordings that the project plays and that are not in it. */
  readonly missing: readonly string[];
}

const MEDIA_NAME = /^media\/([0-9a-f]{64})\.([a-z0-9]{2,4})$/;
const SYMBOLIC_LINK = 0o120000;
const FILE_TYPE = 0o170000;

/**
 * Reads and checks a bundle; nothing is written (SPEC.md, BU2–BU6).
 * @throws DialtreeError `bundle/too-large`, `bundle/not-zip`, `bundle/foreign-entry`, `bundle/damaged`,
 * `bundle/no-project`, or as `parseProjectText`.
 */
export async function readBundle(bytes: Uint8Array, limits: BundleLimits = BUNDLE_LIMITS): Promise<Bundle> {
  if (bytes.length > limits.file) throw tooLarge('file', limits.file);
  const zip = await opened(bytes);
  const entries = await checkedEntries(zip, limits);
  let projectText: string | undefined;
  const recordings: { hash: string; bytes: Uint8Array }[] = [];
  let unpacked = 0;
  for (const entry of entries) {
    const content = await contentOf(zip, entry);
    unpacked += content.length;
    if (unpacked > limits.unpacked) throw tooLarge('unpacked', limits.unpacked);
    if (entry.fileName === 'project.json') projectText = content.toString('utf8');
    else recordings.push({ hash: checkedHash(entry.fileName, content), bytes: content });
  }
  if (projectText === undefined) {
    throw new DialtreeError({
      code: 'bundle/no-project',
      message: 'There is no "project.json" in this file: it is no project of Dialtree.',
      hint: 'Choose a file that was saved with "Export".',
    });
  }
  const project = parseProjectText(projectText);
  const held = new Set(recordings.map(({ hash }) => hash));
  return { project, recordings, missing: mediaOf(project).filter((hash) => !held.has(hash)) };
}

async function opened(bytes: Uint8Array): Promise<ZipFile> {
  try {
    // Names are checked here, against the few that there may be.
    return await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      decodeStrings: true,
      validateEntrySizes: true,
      strictFileNames: true,
    });
  } catch (cause) {
    throw new DialtreeError(
      {
        code: 'bundle/not-zip',
        message: `This is no bundle of Dialtree: ${(cause as Error).message}.`,
        hint: 'Perhaps it was cut off when it was sent: ask for it again.',
      },
      { cause },
    );
  }
}

async function checkedEntries(zip: ZipFile, limits: BundleLimits): Promise<readonly Entry[]> {
  if (zip.entryCount > limits.entries) throw tooLarge('entries', limits.entries);
  const entries: Entry[] = [];
  const names = new Set<string>();
  let unpacked = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      // Folders on their own hold nothing.
      if (entry.fileName === 'media/') continue;
      const why = foreign(entry, names);
      if (why !== null) throw foreignEntry(entry.fileName, why);
      names.add(entry.fileName.toLowerCase());
      unpacked += entry.uncompressedSize;
      const limit = entry.fileName === 'project.json' ? limits.project : limits.recording;
      if (entry.uncompressedSize > limit) throw tooLarge(entry.fileName, limit);
      if (unpacked > limits.unpacked) throw tooLarge('unpacked', limits.unpacked);
      if (entries.push(entry) > limits.entries) throw tooLarge('entries', limits.entries);
    }
  } catch (cause) {
    if (cause instanceof DialtreeError) throw cause;
    throw damaged('', (cause as Error).message, cause);
  }
  return entries;
}

/** Why an entry has no place in a bundle; null when it has one (BU3). */
function foreign(entry: Entry, names: ReadonlySet<string>): string | null {
  const mode = (entry.externalFileAttributes >>> 16) & FILE_TYPE;
  if (mode === SYMBOLIC_LINK) return 'it is a link';
  if (entry.isEncrypted()) return 'it is encrypted';
  if (entry.fileName !== 'project.json' && !MEDIA_NAME.test(entry.fileName))
    return 'nothing of that name belongs in it';
  return names.has(entry.fileName.toLowerCase()) ? 'it is there twice' : null;
}

/** The content of an entry, never more than it says (BU4), with its checksum (BU5). */
async function contentOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    const stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > entry.uncompressedSize) throw new Error('it is larger than it says');
      chunks.push(chunk);
    }
  } catch (cause) {
    throw damaged(entry.fileName, (cause as Error).message, cause);
  }
  const content = Buffer.concat(chunks);
  if (crc32(content) !== entry.crc32) throw damaged(entry.fileName, 'its checksum is wrong');
  return content;
}

function checkedHash(name: string, content: Uint8Array): string {
  const [, hash = '', extension = ''] = MEDIA_NAME.exec(name) ?? [];
  if (createHash('sha256').update(content).digest('hex') !== hash)
    throw damaged(name, 'its content is not what its name says');
  if (!isOfType(extension, content)) throw foreignEntry(name, `it is no ${extension.toUpperCase()} recording`);
  return hash;
}

function tooLarge(what: string, limit: number): DialtreeError {
  const amount = what === 'entries' ? `${limit} entries` : `${Math.floor(limit / MB)} MB`;
  return new DialtreeError({
    code: 'bundle/too-large',
    message: `The bundle is too large (${what}): at most ${amount}.`,
    hint: 'Export it again with fewer recordings, or copy the folder of the project instead.',
    params: { what, limit },
  });
}

function foreignEntry(name: string, why: string): DialtreeError {
  return new DialtreeError({
    code: 'bundle/foreign-entry',
    message: `The bundle holds "${name.slice(0, 200)}": ${why}. Nothing was imported.`,
    hint: 'Ask for a file that was saved with "Export".',
    params: { name: name.slice(0, 200), why },
  });
}

function damaged(name: string, why: string, cause?: unknown): DialtreeError {
  const message = `The bundle is damaged${name === '' ? '' : ` at "${name}"`}: ${why}. Nothing was imported.`;
  return new DialtreeError(
    { code: 'bundle/damaged', message, hint: 'Ask for it again.', params: { name, why } },
    cause === undefined ? {} : { cause },
  );
}
