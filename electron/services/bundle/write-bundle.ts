import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { printProject } from '../../../shared/flow/canonical.ts';
import type { Project } from '../../../shared/flow/project.ts';
import type { MediaStore } from '../project/media-store.ts';
import { mediaOf } from '../sync/media-refs.ts';
import { extensionFor } from './media-type.ts';

/** Times are no part of the content (BU1): the first that a zip can hold. */
const MTIME = new Date(1980, 0, 1);
/** Unix permissions of a plain file, readable by all. */
const MODE = 0o100644;

/**
 * A project with the recordings that it plays, in one file (SPEC.md, BU1, BU6).
 * @returns the zip, and the hashes of recordings that are not there
 */
export async function writeBundle(
  project: Project,
  media: Pick<MediaStore, 'has' | 'read'> | null,
): Promise<{ bytes: Uint8Array; missing: readonly string[] }> {
  const zip = new ZipFile();
  const missing: string[] = [];
  // The local time zone moves the day that a zip holds; it has none of its own.
  zip.addBuffer(Buffer.from(printProject(project)), 'project.json', { mtime: MTIME, mode: MODE });
  for (const hash of mediaOf(project)) {
    const bytes = media && (await media.has(hash)) ? await media.read(hash) : undefined;
    const extension = bytes && extensionFor(bytes);
    if (bytes && extension) {
      const entry = `media/${hash}.${extension}`;
      zip.addBuffer(Buffer.from(bytes), entry, { mtime: MTIME, mode: MODE, compress: extension === 'wav' });
    } else missing.push(hash);
  }
  zip.end();
  return { bytes: await buffer(zip.outputStream), missing };
}
