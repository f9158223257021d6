import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BackupRing } from '../../../../electron/services/project/backups.ts';
import { type ChangeOrigin, ProjectStore } from '../../../../electron/services/project/project-store.ts';
import { POLL_MS, ProjectWatcher, SETTLE_MS } from '../../../../electron/services/project/project-watcher.ts';
import { systemClock } from '../../../../electron/services/system-clock.ts';
import { printProject } from '../../../../shared/flow/canonical.ts';
import { parseProjectText } from '../../../../shared/flow/migrations.ts';
import { sampleProject } from '../../../../shared/flow/samples/index.ts';
import type { Clock } from '../../../../shared/lib/clock.ts';
import { eventually } from '../../../support/eventually.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const renamed = (name: string) => ({ ...sampleProject('en'), name });
const CONFLICT = '{\n<<<<<<< HEAD\n  "name": "A"\n=======\n  "name": "B"\n>>>>>>> theirs\n}\n';

async function opened() {
  const store = new ProjectStore(tempDir());
  const { path, revision, project } = await store.current();
  const told: string[] = [];
  store.onChanged((state, origin: ChangeOrigin) => told.push(`${origin} ${state.project.name}`));
  const file = join(path, 'project.json');
  const copies = async (kind: string) => {
    const ring = new BackupRing(path);
    const found = (await ring.list()).filter((copy) => copy.kind === kind);
    return Promise.all(found.map((copy) => ring.read(copy.name)));
  };
  return { store, path, file, revision, project, told, copies };
}

describe('what others write', () => {
  it('[LF5] is taken, told, and keeps a copy of what it took the place of', async () => {
    const { store, file, revision, project, told, copies } = await opened();
    writeFileSync(file, printProject(renamed('By hand')));
    await store.checkDisk();
    expect(told).toEqual(['disk By hand']);
    expect((await store.current()).revision).toBe(revision + 1);
    expect(store.notices.take()).toEqual([{ code: 'project/changed-outside', params: { path: file } }]);
    expect((await copies('saved')).map((text) => parseProjectText(text).name)).toEqual([project.name]);
  });

  it('[LF5] is noticed before a save, which is then one of an old revision', async () => {
    const { store, file, revision } = await opened();
    writeFileSync(file, printProject(renamed('By hand')));
    await expect(store.save(renamed('Ours'), revision)).rejects.toMatchObject({ code: 'project/stale' });
    expect((await store.current()).project.name).toBe('By hand');
    expect((await store.save(renamed('Ours'), revision + 1)).project.name).toBe('Ours');
  });

  it('[LF5] is nothing for windows when only the layout differs; our own saves are not others’', async () => {
    const { store, file, revision, project, told } = await opened();
    writeFileSync(file, JSON.stringify(project));
    await store.checkDisk();
    expect(told).toEqual([]);
    await store.save(renamed('Ours'), revision);
    await store.checkDisk();
    expect(told).toEqual(['window Ours']);
    expect(store.notices.take()).toEqual([]);
  });

  it.each([
    ['an unfinished merge', CONFLICT, 'project/not-json', /line 2 column 1/],
    ['half a file', printProject(renamed('Half')).slice(0, 1000), 'project/not-json', /line \d+ column \d+/],
    ['an empty file', '', 'project/not-json', /line 1 column 1/],
    [
      'a value that cannot be',
      printProject(renamed('Odd')).replace(
        '"position": { "x": 1080, "y": 300 }',
        '"position": { "x": "far", "y": 300 }',
      ),
      'project/invalid',
      /flows\.main\.nodes\.billing\.position\.x: .*line 16 column 30/,
    ],
    ['another format', '{"hello": 1}', 'project/wrong-format', /format/],
    ['a newer version', '{"format": "dialtree", "version": 99}', 'project/newer-version', /99/],
  ])('[LF7] %s is not taken, told once, and kept when it is written over', async (_what, text, code, message) => {
    const { store, file, revision, project, told, copies } = await opened();
    writeFileSync(file, text);
    await store.checkDisk();
    await store.checkDisk();
    expect(told).toEqual([]);
    expect((await store.current()).project).toEqual(project);
    const notices = store.notices.take();
    expect(notices).toMatchObject([{ code: 'project/outside-refused', params: { code } }]);
    expect(JSON.stringify(notices[0]?.params)).toMatch(message);
    await store.save(renamed('Ours'), revision);
    expect(await copies('outside')).toEqual([text]);
    expect((await store.current()).project.name).toBe('Ours');
  });

  it('[BK3] is not written over when it cannot be copied', async () => {
    const { store, path, file, revision } = await opened();
    writeFileSync(file, CONFLICT);
    writeFileSync(join(path, '.local'), 'in the way');
    await expect(store.save(renamed('Ours'), revision)).rejects.toMatchObject({ code: 'project/not-saved' });
    rmSync(join(path, '.local'));
    await store.save(renamed('Ours'), revision);
  });

  it('[LF7] is taken once it is settled', async () => {
    const { store, file, told } = await opened();
    writeFileSync(file, CONFLICT);
    await store.checkDisk();
    writeFileSync(file, printProject(renamed('Settled')));
    await store.checkDisk();
    expect(told).toEqual(['disk Settled']);
  });

  it('[LF5] a file that was taken away is written again by the next save', async () => {
    const { store, path, revision } = await opened();
    rmSync(path, { recursive: true });
    await store.checkDisk();
    await store.save(renamed('Again'), revision);
    expect((await new ProjectStore(tempDir()).open(path)).project.name).toBe('Again');
  });
});

describe('ProjectWatcher', () => {
  /** Real time, but only timers of these lengths ever fire. */
  const only = (...lengthsMs: number[]): Clock => ({
    ...systemClock,
    after: (delayMs, fire) => (lengthsMs.includes(delayMs) ? systemClock.after(delayMs / 10, fire) : () => {}),
  });

  it.each([
    ['the system’s watch', SETTLE_MS],
    ['polling', POLL_MS],
  ])('[LF5] notices by %s what others write, in place or by rename', async (_way, timerMs) => {
    const { store, path, file, told } = await opened();
    const errors: unknown[] = [];
    const watcher = new ProjectWatcher(store, only(timerMs), (error) => errors.push(error));
    onTestFinished(() => watcher.stop());
    watcher.start();
    await store.open(path);
    told.length = 0;
    // A watch tells of what comes after it is there.
    let probes = 0;
    await eventually('the change in place', () => {
      if (probes++ % 50 === 0) writeFileSync(file, printProject(renamed('In place')));
      return told.length > 0;
    });
    writeFileSync(`${file}~`, printProject(renamed('By rename')));
    renameSync(`${file}~`, file);
    await eventually('the change by rename', () => told.length > 1);
    expect(told).toEqual(['disk In place', 'disk By rename']);
    expect(errors).toEqual([]);
  });
});
