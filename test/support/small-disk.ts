import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { tempDir } from './temp-dir.ts';

/** Mounts need root, and a container may forbid them: told, so that nobody takes a skipped test for a passed one. */
export const canMount = (() => {
  const dir = mkdtempSync(join(tmpdir(), 'dialtree-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', dir], { stdio: 'ignore' });
    execFileSync('umount', [dir]);
    return true;
  } catch {
    console.warn('SKIPPED: full and read-only disks are not tested here, because this user cannot mount.');
    return false;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
})();

/** A disk of its own for one test. */
export function smallDisk(sizeKib: number): string {
  const dir = join(tempDir(), 'disk');
  mkdirSync(dir);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeKib}k`, 'tmpfs', dir]);
  // Before the folder around it is taken away.
  onTestFinished(() => void execFileSync('umount', [dir]));
  return dir;
}
