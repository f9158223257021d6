import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BackupRing } from '../../../../electron/services/project/backups.ts';
import { ProjectStore } from '../../../../electron/services/project/project-store.ts';
import { printProject } from '../../../../shared/flow/canonical.ts';
import { sampleProject } from '../../../../shared/flow/samples/index.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const renamed = (name: string) => ({ ...sampleProject('en'), name });
const text = (path: string) => readFileSync(path, 'utf8');

describe('a project folder', () => {
  it('[LF1] holds the document as version control likes it; what is local is ignored', async () => {
    const store = new ProjectStore(tempDir());
    const { path, revision } = await store.current();
    expect(basename(path)).toBe('sample');
    await store.save(renamed('Bakery'), revision);
    expect(text(join(path, 'project.json'))).toBe(printProject(renamed('Bakery')));
    expect(readdirSync(path).sort()).toEqual(['.local', 'project.json']);
    expect(text(join(path, '.local', '.gitignore'))).toBe('*\n');
  });

  it('[LF2] opens by the folder and by the document in it, changing nothing', async () => {
    const dir = tempDir();
    const folder = join(dir, 'shop');
    mkdirSync(folder);
    // As somebody laid it out by hand.
    writeFileSync(join(folder, 'project.json'), JSON.stringify(renamed('Shop')));
    for (const path of [folder, join(folder, 'project.json')]) {
      const state = await new ProjectStore(join(dir, 'data')).open(path);
      expect([state.path, state.project.name]).toEqual([folder, 'Shop']);
    }
    expect(readdirSync(folder)).toEqual(['project.json']);
    expect(text(join(folder, 'project.json'))).toBe(JSON.stringify(renamed('Shop')));
  });

  it.each(['shop.dialtree.json', 'shop.json', 'shop'])(
    '[LF3] %s opens as it is, and becomes a folder at the first save',
    async (name) => {
      const dir = tempDir();
      const data = join(dir, 'data');
      const file = join(dir, name);
      writeFileSync(file, printProject(renamed('Old')));
      const store = new ProjectStore(data);
      const { path, revision } = await store.open(file);
      expect([path, readdirSync(dir).sort()]).toEqual([file, ['data', name]]);
      const saved = await store.save(renamed('New'), revision);
      const folder = join(dir, name === 'shop' ? 'shop-2' : 'shop');
      expect(saved.path).toBe(folder);
      expect(existsSync(file)).toBe(false);
      expect(text(join(folder, 'project.json'))).toBe(printProject(renamed('New')));
      const ring = new BackupRing(folder);
      const [copy] = await ring.list();
      expect(copy?.kind).toBe('old-file');
      expect(await ring.read(copy!.name)).toBe(printProject(renamed('Old')));
      expect(store.notices.take()).toEqual([{ code: 'project/moved', params: { from: file, to: folder } }]);
      expect((await new ProjectStore(data).current()).path).toBe(folder);
    },
  );

  it('[LF3] takes no folder that is there already', async () => {
    const dir = tempDir();
    mkdirSync(join(dir, 'shop'));
    writeFileSync(join(dir, 'shop.dialtree.json'), printProject(renamed('Old')));
    const store = new ProjectStore(join(dir, 'data'));
    const { revision } = await store.open(join(dir, 'shop.dialtree.json'));
    expect((await store.save(renamed('New'), revision)).path).toBe(join(dir, 'shop-2'));
    expect(readdirSync(join(dir, 'shop'))).toEqual([]);
  });
});
