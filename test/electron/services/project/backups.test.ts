import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { APART_MS, BackupRing, DAYS, NEWEST, outdated } from '../../../../electron/services/project/backups.ts';
import { ProjectStore } from '../../../../electron/services/project/project-store.ts';
import type { Backup } from '../../../../shared/bridge/backups.ts';
import { parseProjectText } from '../../../../shared/flow/migrations.ts';
import { sampleProject } from '../../../../shared/flow/samples/index.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const DAY_MS = 86_400_000;
const NOON_MS = Date.UTC(2026, 2, 20, 12);
const copyAt = (madeAtMs: number): Backup => ({ name: String(madeAtMs), kind: 'saved', madeAtMs });
const renamed = (name: string) => ({ ...sampleProject('en'), name });

describe('which copies stay', () => {
  it('[BK1] the last ten, whatever their age', () => {
    const old = Array.from({ length: 12 }, (_, index) => copyAt(NOON_MS - 100 * DAY_MS - index * 1000));
    expect(outdated(old, NOON_MS)).toEqual(old.slice(NEWEST));
  });

  it('[BK1] and the last of each of fourteen days', () => {
    // One every six hours for thirty days, the newest first.
    const copies = Array.from({ length: 120 }, (_, index) => copyAt(NOON_MS - index * DAY_MS * 0.25));
    const gone = new Set(outdated(copies, NOON_MS));
    const kept = copies.filter((copy) => !gone.has(copy)).map(({ madeAtMs }) => new Date(madeAtMs).toISOString());
    expect(kept.slice(NEWEST)).toEqual(
      Array.from({ length: 11 }, (_, index) => `2026-03-${String(17 - index).padStart(2, '0')}T18:00:00.000Z`),
    );
    expect(kept.at(-1)?.slice(0, 10)).toBe('2026-03-07'); // the 20th is the first of fourteen days
  });

  it('[BK1] never more than ten and one a day; pruning at every copy keeps what pruning once would', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 3 * DAY_MS }), { maxLength: 60 });
    fc.assert(
      fc.property(gaps, (sinceMs) => {
        let nowMs = NOON_MS;
        let kept: readonly Backup[] = [];
        let all: readonly Backup[] = [];
        for (const gapMs of sinceMs) {
          nowMs += gapMs;
          all = [copyAt(nowMs), ...all];
          kept = [copyAt(nowMs), ...kept];
          const gone = outdated(kept, nowMs);
          kept = kept.filter((copy) => !gone.includes(copy));
          expect(kept.length).toBeLessThanOrEqual(NEWEST + DAYS);
        }
        const gone = new Set(outdated(all, nowMs).map(({ name }) => name));
        expect(kept).toEqual(all.filter(({ name }) => !gone.has(name)));
      }),
    );
  });
});

describe('BackupRing', () => {
  it('[BK1] prunes on the disk, and leaves files that are not its own', async () => {
    const folder = tempDir();
    mkdirSync(join(folder, '.local', 'backups'), { recursive: true });
    writeFileSync(join(folder, '.local', 'backups', 'mine.json'), '');
    const ring = new BackupRing(folder);
    for (let n = 0; n < 15; n++) await ring.keep(`{"n":${n}}`, 'saved', NOON_MS + n * APART_MS);
    const copies = await ring.list();
    expect(copies).toHaveLength(NEWEST);
    expect(await ring.read(copies[0]!.name)).toBe('{"n":14}');
    expect(readdirSync(join(folder, '.local', 'backups'))).toContain('mine.json');
  });

  it('[BK2] takes one in five minutes, even when the clock is put back', async () => {
    const ring = new BackupRing(tempDir());
    for (const atMs of [0, 1000, APART_MS - 1, APART_MS, APART_MS + 1, -DAY_MS]) {
      await ring.keep(String(atMs), 'saved', NOON_MS + atMs);
    }
    const kept = await Promise.all((await ring.list()).map((copy) => ring.read(copy.name)));
    expect(kept).toEqual([String(APART_MS), '0', String(-DAY_MS)]);
  });

  it('[BK3] takes what others wrote at once', async () => {
    const ring = new BackupRing(tempDir());
    await ring.keep('a', 'saved', NOON_MS);
    await ring.keep('b', 'outside', NOON_MS + 1);
    expect((await ring.list()).map(({ kind }) => kind)).toEqual(['outside', 'saved']);
  });
});

describe('a project that is saved', () => {
  it('[BK2] has a copy of what it was when it was opened, and one every five minutes', async () => {
    const clock = new ManualClock();
    const store = new ProjectStore(tempDir(), clock);
    let { path, revision, project } = await store.current();
    const opened = project;
    for (let n = 0; n < 20; n++) {
      ({ revision, project } = await store.save(renamed(`n${n}`), revision));
      clock.advance(60_000);
    }
    const ring = new BackupRing(path);
    const copies = await Promise.all((await ring.list()).map((copy) => ring.read(copy.name)));
    expect(copies.map((text) => parseProjectText(text).name)).toEqual(['n14', 'n9', 'n4', opened.name]);
  });

  it('[BK3] is saved even where copies cannot be made', async () => {
    const store = new ProjectStore(tempDir());
    const { path, revision } = await store.current();
    writeFileSync(join(path, '.local'), 'in the way');
    expect((await store.save(renamed('New'), revision)).project.name).toBe('New');
  });

  it('[BK4] gives out nothing but copies, whatever name it is asked for', async () => {
    const dir = tempDir();
    writeFileSync(join(dir, 'project.json'), '{}');
    const ring = new BackupRing(dir);
    for (const name of ['../../project.json', '2026-03-20T12-00-00.000Z.saved.json', '../../../etc/passwd', '']) {
      await expect(ring.read(name)).rejects.toMatchObject({ code: 'backup/unknown' });
    }
  });
});
