import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ProjectStore } from '../../../../electron/services/project/project-store.ts';
import { sampleProject } from '../../../../shared/flow/samples/index.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const renamed = (name: string) => ({ ...sampleProject('en'), name });

describe('ProjectStore', () => {
  it('starts with a sample, and opens the same file at the next start', async () => {
    const dir = tempDir();
    const first = await new ProjectStore(dir).current('pl');
    expect(first.project.settings.language).toBe('pl');
    expect(first.path).toBe(join(dir, 'projects', 'sample.dialtree.json'));
    const second = await new ProjectStore(dir).current('en');
    expect(second.path).toBe(first.path);
    expect(second.project).toEqual(first.project);
  });

  it('makes one sample, however many ask for it at once', async () => {
    const dir = tempDir();
    const store = new ProjectStore(dir);
    const states = await Promise.all([store.current(), store.current(), store.current()]);
    expect(new Set(states.map((state) => state.path)).size).toBe(1);
    expect(readdirSync(join(dir, 'projects'))).toEqual(['sample.dialtree.json']);
  });

  it('saves so that the next start finds it, and counts revisions', async () => {
    const dir = tempDir();
    const store = new ProjectStore(dir);
    const { revision } = await store.current();
    const saved = await store.save(renamed('Bakery'), revision);
    expect(saved.revision).toBe(revision + 1);
    expect((await new ProjectStore(dir).current()).project.name).toBe('Bakery');
  });

  it('refuses a save over someone else’s, and keeps theirs', async () => {
    const store = new ProjectStore(tempDir());
    const { revision } = await store.current();
    await store.save(renamed('Theirs'), revision);
    await expect(store.save(renamed('Ours'), revision)).rejects.toMatchObject({ code: 'project/stale' });
    expect((await store.current()).project.name).toBe('Theirs');
  });

  it('lets one of two saves at once through', async () => {
    const store = new ProjectStore(tempDir());
    const { revision } = await store.current();
    const results = await Promise.allSettled([store.save(renamed('A'), revision), store.save(renamed('B'), revision)]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected']);
    expect((await store.current()).project.name).toBe('A');
  });

  it.each([
    ['project/not-json', '{"format": "dialtree", '],
    ['project/wrong-format', '{"hello": "world"}'],
    ['project/newer-version', '{"format": "dialtree", "version": 999}'],
    ['project/invalid', JSON.stringify({ ...sampleProject('en'), flows: 7 })],
  ])('says %s of a broken file and leaves it as it is', async (code, text) => {
    const dir = tempDir();
    const file = join(dir, 'mine.json');
    writeFileSync(file, text);
    const store = new ProjectStore(dir);
    await expect(store.open(file)).rejects.toMatchObject({ code });
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('goes on with a new sample beside a broken project, touching nothing', async () => {
    const dir = tempDir();
    const { path } = await new ProjectStore(dir).current();
    writeFileSync(path, 'broken');
    const store = new ProjectStore(dir);
    await expect(store.current()).rejects.toMatchObject({ code: 'project/not-json' });
    const fresh = await store.createSample('en');
    expect(fresh.path).not.toBe(path);
    expect(readFileSync(path, 'utf8')).toBe('broken');
    expect((await new ProjectStore(dir).current()).path).toBe(fresh.path);
  });

  it('says that a file is not there, or cannot be read', async () => {
    const dir = tempDir();
    await expect(new ProjectStore(dir).open(join(dir, 'none.json'))).rejects.toMatchObject({
      code: 'project/not-found',
    });
    await expect(new ProjectStore(dir).open(dir)).rejects.toMatchObject({ code: 'project/unreadable' });
  });

  it('keeps the last good file when the disk refuses, and saves when it is mended', async () => {
    const dir = tempDir();
    const store = new ProjectStore(dir);
    const { path, revision } = await store.current();
    const before = readFileSync(path, 'utf8');
    // A folder in the way of the temporary file's rename works as root too, where permissions do not.
    rmSync(path);
    mkdirSync(path);
    writeFileSync(join(path, 'in-the-way'), '');
    await expect(store.save(renamed('New'), revision)).rejects.toMatchObject({ code: 'project/not-saved' });
    rmSync(path, { recursive: true });
    writeFileSync(path, before);
    expect((await store.save(renamed('New'), revision)).project.name).toBe('New');
  });

  it('leaves no temporary files behind', async () => {
    const dir = tempDir();
    const store = new ProjectStore(dir);
    let { revision } = await store.current();
    for (let i = 0; i < 5; i++) ({ revision } = await store.save(renamed(`n${i}`), revision));
    expect(readdirSync(join(dir, 'projects'))).toEqual(['sample.dialtree.json']);
  });

  it('starts with a sample when what it remembers is damaged', async () => {
    const dir = tempDir();
    writeFileSync(join(dir, 'recent.json'), '{"path":');
    chmodSync(join(dir, 'recent.json'), 0o600);
    expect((await new ProjectStore(dir).current()).project.format).toBe('dialtree');
  });

  it('takes what comes from elsewhere, unless it was changed meanwhile, and tells who changed what', async () => {
    const store = new ProjectStore(tempDir());
    const { revision, path } = await store.current();
    const told: string[] = [];
    const stop = store.onChanged((state, origin) => told.push(`${origin} ${state.revision} ${state.project.name}`));
    await store.replace(renamed('Theirs'), 'remote', revision);
    await expect(store.replace(renamed('Late'), 'remote', revision)).rejects.toMatchObject({ code: 'project/stale' });
    await store.replace(renamed('Anyway'), 'restore');
    await store.save(renamed('Ours'), revision + 2);
    expect(told).toEqual([
      `remote ${revision + 1} Theirs`,
      `restore ${revision + 2} Anyway`,
      `window ${revision + 3} Ours`,
    ]);
    stop();
    await store.open(path);
    expect(told).toHaveLength(3);
    expect((await store.current()).project.name).toBe('Ours');
  });

  it('writes a project that came from elsewhere to a file of its own', async () => {
    const store = new ProjectStore(tempDir());
    const { path } = await store.current();
    const made = await store.create(renamed('Team'), 'sample');
    expect(made.path).not.toBe(path);
    expect((await store.current()).project.name).toBe('Team');
  });
});
