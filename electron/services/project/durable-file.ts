import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const TEMPORARY = /^\.(.+)\.([0-9a-f]{12})\.tmp$/;
/** Older ones are left-overs of a crash. */
const LEFT_OVER_MS = 60_000;

/**
 * Writes a file so that after a crash or a power cut it holds the old or the new content, never half of one: write
 * beside it, fsync, rename, fsync of the folder. Makes the folder. `mode` of a file that was there is kept.
 * @throws the system's error (`ENOSPC`, `EROFS`, `EACCES`, …); the file is then as it was and nothing is left over.
 */
export async function writeDurably(path: string, content: string | Uint8Array): Promise<void> {
  const dir = dirname(path);
  await mkdir(dir, { recursive: true });
  const temporary = join(dir, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = await open(temporary, 'wx', await modeOf(path));
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(dir);
}

/** The entries of a folder survive a power cut only when the folder itself is synced. */
async function syncFolder(dir: string): Promise<void> {
  if (process.platform === 'win32') return; // folders cannot be opened there; NTFS journals renames
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } catch {
    // Some network file systems do not know it: the content is there all the same.
  } finally {
    await handle.close();
  }
}

async function modeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).mode & 0o777;
  } catch {
    return 0o666;
  }
}

/** Takes away what writes that a crash ended left in a folder. `nowMs` is the time of day. */
export async function removeLeftOvers(dir: string, nowMs: number): Promise<void> {
  for (const name of await readdir(dir).catch(() => [])) {
    if (!TEMPORARY.test(name)) continue;
    const path = join(dir, name);
    const made = await stat(path).catch(() => undefined);
    if (made && nowMs - made.mtimeMs > LEFT_OVER_MS) await rm(path, { force: true });
  }
}
