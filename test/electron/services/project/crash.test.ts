import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BackupRing } from '../../../../electron/services/project/backups.ts';
import { ProjectStore } from '../../../../electron/services/project/project-store.ts';
import { parseProjectText } from '../../../../shared/flow/migrations.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const KILLS = 200;
const SEED = 7;
const SCRIPT = join(import.meta.dirname, '../../../support/save-forever.ts');

/** When to kill: after so many lines of output, and a moment more. */
const moments = fc.sample(
  fc.record({ lines: fc.integer({ min: 1, max: 12 }), moreMs: fc.double({ min: 0, max: 6, noNaN: true }) }),
  {
    numRuns: KILLS,
    seed: SEED,
  },
);

it(`[LF4] opens after each of ${KILLS} kill -9 while it saves all the time, and lost nothing that was saved (seed ${SEED})`, async () => {
  const dataDir = tempDir();
  let { path, project } = await new ProjectStore(dataDir).current();
  let lostNone = 0;
  for (const { lines, moreMs } of moments) {
    const before = Number.parseInt(project.name, 10) || 0;
    const said = await saveUntilKilled(dataDir, lines, moreMs);
    ({ path, project } = await new ProjectStore(dataDir).current());
    const now = Number.parseInt(project.name, 10) || 0;
    // What was acknowledged is there; what was being saved may be.
    expect(now).toBeGreaterThanOrEqual(Math.max(before, said.ack));
    expect(now).toBeLessThanOrEqual(Math.max(before, said.tried));
    if (now === said.ack) lostNone++;
  }
  expect(lostNone).toBeGreaterThan(0);
  const ring = new BackupRing(path);
  const copies = await ring.list();
  expect(copies.length).toBeGreaterThan(5);
  for (const copy of copies) expect(parseProjectText(await ring.read(copy.name)).id).toBe(project.id);
  expect(readFileSync(join(path, 'project.json'), 'utf8')).toContain(`"name": "${project.name}"`);
}, 600_000);

async function saveUntilKilled(
  dataDir: string,
  lines: number,
  moreMs: number,
): Promise<{ ack: number; tried: number }> {
  const child = spawn(process.execPath, [SCRIPT, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  await said(child, () => text.split('\n').length > lines, closed);
  await delay(moreMs);
  child.kill('SIGKILL');
  const [, signal] = await closed;
  expect(signal).toBe('SIGKILL');
  const last = (word: string) => Number(text.match(new RegExp(`${word} (\\d+)\\n(?![^]*${word} \\d+\\n)`))?.[1] ?? 0);
  return { ack: last('ack'), tried: last('try') };
}

async function said(child: ChildProcess, enough: () => boolean, closed: Promise<unknown[]>): Promise<void> {
  let ended = false;
  void closed.then(() => (ended = true));
  while (!enough() && !ended) await Promise.race([once(child.stdout!, 'data'), closed]);
}
