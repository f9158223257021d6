import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { lockDataDir } from '../../../electron/services/instance-lock.ts';
import { tempDir } from '../../support/temp-dir.ts';

it('lets one process in, and the next after it has gone', async () => {
  const dir = tempDir();
  const release = await lockDataDir(dir);
  expect(readFileSync(join(dir, 'running.pid'), 'utf8')).toBe(String(process.pid));
  release();
  expect(existsSync(join(dir, 'running.pid'))).toBe(false);
});

it('refuses while another living process holds the folder, and names it', async () => {
  const dir = tempDir();
  const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  onTestFinished(() => void holder.kill());
  await once(holder, 'spawn');
  writeFileSync(join(dir, 'running.pid'), String(holder.pid));
  await expect(lockDataDir(dir)).rejects.toMatchObject({ code: 'app/already-running', params: { pid: holder.pid } });
});

it.each(['', 'garbage', '-1', '999999999'])('takes over what a crash left behind (%j)', async (left) => {
  const dir = tempDir();
  writeFileSync(join(dir, 'running.pid'), left);
  (await lockDataDir(dir))();
});
