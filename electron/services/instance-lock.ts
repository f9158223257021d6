import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DialtreeError } from '../../shared/lib/errors.ts';

/**
 * Makes sure that only one app works on a data folder.
 * @returns The way to give the lock back; it is also given back when the process ends.
 * @throws DialtreeError `app/already-running` with the process id that holds it.
 */
export async function lockDataDir(dataDir: string): Promise<() => void> {
  await mkdir(dataDir, { recursive: true });
  const file = join(dataDir, 'running.pid');
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = Number.parseInt(readFileSync(file, 'utf8'), 10);
      if (isAlive(holder)) {
        throw new DialtreeError({
          code: 'app/already-running',
          message: `Dialtree is already running with the data folder ${dataDir} (process ${holder}).`,
          hint: 'Use that window, stop that process, or choose another folder with --data.',
          params: { path: dataDir, pid: holder },
        });
      }
      rmSync(file, { force: true }); // left by a crash
    }
  }
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  return () => {
    process.off('exit', release);
    release();
  };
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
