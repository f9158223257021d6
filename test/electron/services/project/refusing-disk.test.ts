import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BackupRing } from '../../../../electron/services/project/backups.ts';
import { ProjectStore } from '../../../../electron/services/project/project-store.ts';
import { printProject } from '../../../../shared/flow/canonical.ts';
import { sampleProject } from '../../../../shared/flow/samples/index.ts';
import { canMount, smallDisk } from '../../../support/small-disk.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const renamed = (name: string) => ({ ...sampleProject('en'), name });

const remount = (dir: string, how: 'ro' | 'rw') => execFileSync('mount', ['-o', `remount,${how}`, dir]);

/** A project on a disk of its own, the installation's folder elsewhere. */
async function onSmallDisk() {
  const disk = smallDisk(512);
  const dataDir = tempDir();
  const folder = join(disk, 'shop');
  mkdirSync(folder);
  writeFileSync(join(folder, 'project.json'), printProject(renamed('Good')));
  const store = new ProjectStore(dataDir);
  const { revision } = await store.open(folder);
  const onDisk = () => readFileSync(join(folder, 'project.json'), 'utf8');
  const rescues = () => (existsSync(join(dataDir, 'rescue')) ? readdirSync(join(dataDir, 'rescue')) : []);
  return { disk, dataDir, folder, store, revision, onDisk, rescues };
}

/** Takes all the room there is. */
function fill(disk: string): string {
  const file = join(disk, 'ballast');
  for (let size = 256 * 1024; size >= 1; size = Math.floor(size / 2)) {
    for (;;) {
      try {
        writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
      } catch {
        break;
      }
    }
  }
  return file;
}

type Refusal = (disk: string) => () => void;
const REFUSALS: readonly [code: string, refuse: Refusal][] = [
  [
    'project/disk-full',
    (disk) => {
      const ballast = fill(disk);
      return () => rmSync(ballast);
    },
  ],
  [
    'project/read-only',
    (disk) => {
      remount(disk, 'ro');
      return () => void remount(disk, 'rw');
    },
  ],
];

describe.skipIf(!canMount).each(REFUSALS)('%s', (code, refuse) => {
  it('[LF9] is told; the good document stays, nothing lies about, and saving works when it is mended', async () => {
    const { disk, folder, store, revision, onDisk, rescues } = await onSmallDisk();
    const mend = refuse(disk);
    await expect(store.save(renamed('New'), revision)).rejects.toMatchObject({ code, params: { path: folder } });
    await expect(store.save(renamed('Newer'), revision)).rejects.toMatchObject({ code });
    expect(onDisk()).toBe(printProject(renamed('Good')));
    expect(readdirSync(folder).filter((name) => name !== '.local')).toEqual(['project.json']);
    expect(rescues()).toHaveLength(1);
    mend();
    await store.save(renamed('Newest'), revision);
    expect(onDisk()).toBe(printProject(renamed('Newest')));
    expect(rescues()).toEqual([]);
  });

  it('[LF8] loses nothing by a crash meanwhile', async () => {
    const { disk, dataDir, folder, store, revision, onDisk, rescues } = await onSmallDisk();
    const mend = refuse(disk);
    await expect(store.save(renamed('Lost?'), revision)).rejects.toMatchObject({ code });
    // Still refused at the next start: it is there, and is kept.
    const next = new ProjectStore(dataDir);
    const again = await next.current();
    expect(again.project.name).toBe('Lost?');
    expect(next.notices.take()).toEqual([{ code: 'project/recovered', params: { conflicts: 0 } }]);
    expect(rescues()).toHaveLength(1);
    mend();
    const last = new ProjectStore(dataDir);
    expect((await last.current()).project.name).toBe('Lost?');
    expect(onDisk()).toBe(printProject(renamed('Lost?')));
    expect(rescues()).toEqual([]);
    expect((await last.current()).path).toBe(folder);
  });

  it('[LF8] merges with what others wrote meanwhile; where both changed the same, theirs is in the backups', async () => {
    const { disk, dataDir, folder, store, revision, rescues } = await onSmallDisk();
    const mend = refuse(disk);
    await expect(store.save(renamed('Ours'), revision)).rejects.toMatchObject({ code });
    mend();
    const theirs = { ...renamed('Theirs'), settings: { ...sampleProject('en').settings, language: 'pl' as const } };
    writeFileSync(join(folder, 'project.json'), printProject(theirs));
    const next = new ProjectStore(dataDir);
    const { project } = await next.current();
    expect([project.name, project.settings.language]).toEqual(['Ours', 'pl']);
    expect(next.notices.take()).toEqual([{ code: 'project/recovered', params: { conflicts: 1 } }]);
    const ring = new BackupRing(folder);
    const [copy] = (await ring.list()).filter(({ kind }) => kind === 'outside');
    expect(await ring.read(copy!.name)).toBe(printProject(theirs));
    expect(rescues()).toEqual([]);
  });
});

// Root writes everywhere, whatever the permissions.
it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
  '[LF9] says that a folder is read-only by its permissions',
  async () => {
    const store = new ProjectStore(tempDir());
    const { path, revision } = await store.current();
    chmodSync(path, 0o500);
    onTestFinished(() => chmodSync(path, 0o700));
    await expect(store.save(renamed('New'), revision)).rejects.toMatchObject({ code: 'project/read-only' });
  },
);

describe('what was rescued', () => {
  it('[LF8] of another project than lies there now is in its backups, not in its document', async () => {
    const dataDir = tempDir();
    const store = new ProjectStore(dataDir);
    const { path, revision } = await store.current();
    const file = join(path, 'project.json');
    rmSync(file);
    mkdirSync(join(file, 'in-the-way'), { recursive: true });
    await expect(store.save(renamed('Ours'), revision)).rejects.toMatchObject({ code: 'project/not-saved' });
    rmSync(file, { recursive: true });
    writeFileSync(file, printProject({ ...renamed('Other'), id: 'another' as never }));
    const next = new ProjectStore(dataDir);
    expect((await next.current()).project.name).toBe('Other');
    const ring = new BackupRing(path);
    const [copy] = await ring.list();
    expect(await ring.read(copy!.name)).toBe(printProject(renamed('Ours')));
    expect(readdirSync(join(dataDir, 'rescue'))).toEqual([]);
  });

  it('[LF8] in an entry that is damaged keeps no project from opening', async () => {
    const dataDir = tempDir();
    const { path } = await new ProjectStore(dataDir).current();
    const store = new ProjectStore(dataDir);
    const { revision } = await store.current();
    const file = join(path, 'project.json');
    const text = readFileSync(file, 'utf8');
    rmSync(file);
    mkdirSync(join(file, 'in-the-way'), { recursive: true });
    await expect(store.save(renamed('Ours'), revision)).rejects.toThrow();
    rmSync(file, { recursive: true });
    writeFileSync(file, text);
    const [entry] = readdirSync(join(dataDir, 'rescue'));
    writeFileSync(join(dataDir, 'rescue', entry!), '{"path":');
    expect((await new ProjectStore(dataDir).current()).path).toBe(path);
  });
});
