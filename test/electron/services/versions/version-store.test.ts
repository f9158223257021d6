import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AUTOMATIC_MS, AutoVersions } from '../../../../electron/services/versions/auto-versions.ts';
import { versionsDir } from '../../../../electron/services/versions/places.ts';
import { VersionStore } from '../../../../electron/services/versions/version-store.ts';
import { parseProjectText } from '../../../../shared/flow/migrations.ts';
import type { Project } from '../../../../shared/flow/project.ts';
import { silentLogger } from '../../../../shared/lib/logger.ts';
import { sampleProject } from '../../../support/sample-project.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 10, 1, 8);

/** A store whose clock the test moves. */
function store(author = 'anna') {
  const dir = join(tempDir(), 'versions');
  const at = { ms: START_MS };
  return { dir, at, versions: new VersionStore({ dir: async () => dir, author, nowMs: () => at.ms }) };
}
const named = (name: string): Project => ({ ...sampleProject(), name });
const files = (dir: string) => (existsSync(dir) ? readdirSync(dir).sort() : []);
const settled = () => new Promise<void>((done) => setImmediate(done));

describe('versions', () => {
  it('[VE1] are one file each: facts on the first line, then the project as it is saved', async () => {
    const { dir, versions } = store();
    const { id } = await versions.keep(named('One'), 'named', 'Before the fair');
    expect(files(dir)).toEqual([`${id}.json`]);
    expect(id).toMatch(/^20261101-080000-000-[0-9a-f]{12}$/);
    const [facts = '', ...text] = readFileSync(join(dir, `${id}.json`), 'utf8').split('\n');
    expect(JSON.parse(facts)).toMatchObject({ author: 'anna', message: 'Before the fair', kind: 'named' });
    expect(parseProjectText(text.join('\n')).name).toBe('One');
    expect(await versions.get(id)).toMatchObject({ version: { id, author: 'anna' }, project: { name: 'One' } });
  });

  it('[VE1] are listed newest first', async () => {
    const { at, versions } = store();
    for (const message of ['a', 'b', 'c']) {
      await versions.keep(named(message), 'named', message);
      at.ms += 1;
    }
    expect((await versions.list()).versions.map(({ message }) => message)).toEqual(['c', 'b', 'a']);
  });

  it('[VE2] of a project that did not change are kept by name, and renamed', async () => {
    const { versions } = store();
    await versions.keep(named('One'), 'named', 'first');
    const same = await versions.keep(named('One'), 'automatic', '');
    expect((await versions.list()).versions).toHaveLength(1);
    expect(await versions.rename(same.id, 'second')).toMatchObject({ message: 'second', kind: 'named' });
  });

  it('[VE5] of their own are bounded: the newest 20, then one a day for 30 days; others stay', async () => {
    const { at, versions } = store();
    const first = await versions.keep(named('mine'), 'named', 'mine');
    const shown = await versions.keep(named('shown'), 'automatic', '');
    await versions.markPublished(shown.id);
    for (let day = 0; day < 60; day++) {
      for (const hour of [1, 2]) {
        at.ms = START_MS + day * DAY_MS + hour * 3_600_000;
        await versions.keep(named(`${day} ${hour}`), 'automatic', '');
      }
    }
    const kept = (await versions.list()).versions;
    expect(kept.filter(({ kind, published }) => kind === 'automatic' && !published)).toHaveLength(50);
    expect(kept.map(({ id }) => id)).toContain(first.id);
    expect(kept.map(({ id }) => id)).toContain(shown.id);
    expect(kept.slice(0, 3).map(({ savedAtMs }) => savedAtMs)).toEqual([at.ms, at.ms - 3_600_000, at.ms - DAY_MS]);
  });

  it('[VE6] have one published one, which stays', async () => {
    const { at, versions } = store();
    const one = await versions.keep(named('One'), 'named', 'one');
    at.ms += 1;
    const two = await versions.keep(named('Two'), 'named', 'two');
    const published = async () =>
      (await versions.list()).versions.filter((version) => version.published).map(({ id }) => id);
    await versions.markPublished(one.id);
    await versions.markPublished(two.id);
    expect(await published()).toEqual([two.id]);
    await expect(versions.remove(two.id)).rejects.toMatchObject({ code: 'version/published' });
    await versions.remove(one.id);
    await versions.markPublished(null);
    expect(await published()).toEqual([]);
    expect((await versions.list()).versions.map(({ id }) => id)).toEqual([two.id]);
  });

  it('[VE7] that are damaged or foreign are listed apart and left alone', async () => {
    const { dir, versions } = store();
    const { id } = await versions.keep(named('One'), 'named', '');
    const path = join(dir, `${id}.json`);
    writeFileSync(path, readFileSync(path, 'utf8').replace('"One"', '"Two"'));
    writeFileSync(join(dir, 'notes.json'), '{"hello": 1}');
    writeFileSync(join(dir, 'half.json'), '{"format":"dialtree-ver');
    await expect(versions.get(id)).rejects.toMatchObject({ code: 'version/damaged', params: { path } });
    expect(await versions.list()).toMatchObject({ versions: [{ id }], damaged: ['notes.json', 'half.json'] });
    expect(files(dir)).toHaveLength(3);
  });

  it.each(['', '../recent', 'x', '20261101-080000-000-../../../../'])(
    'are never asked for outside their folder: %j',
    async (id) => {
      const { versions } = store();
      for (const work of [
        versions.get(id),
        versions.remove(id),
        versions.rename(id, 'x'),
        versions.markPublished(id),
      ]) {
        await expect(work).rejects.toMatchObject({ code: 'version/unknown' });
      }
    },
  );

  it('[VE8] say why a named one was not kept where there is no folder', async () => {
    const file = join(tempDir(), 'file');
    writeFileSync(file, '');
    const versions = new VersionStore({ dir: async () => join(file, 'versions'), author: '', nowMs: () => START_MS });
    await expect(versions.keep(named('One'), 'named', '')).rejects.toMatchObject({ code: 'version/not-saved' });
  });
});

describe('versions that are kept by themselves', () => {
  function watched() {
    const given = store();
    const auto = new AutoVersions(given.versions, silentLogger);
    let revision = 0;
    const change = async (name: string, origin: 'window' | 'disk' | 'remote' = 'window', path = 'p') => {
      auto.changed({ path, revision: ++revision, project: named(name) }, origin);
      await given.versions.list();
    };
    const kept = async () => {
      const { versions } = await given.versions.list();
      return Promise.all(
        versions.map(async ({ id, kind }) => `${kind} ${(await given.versions.get(id)).project.name}`),
      );
    };
    return { ...given, change, kept };
  }

  it('[VE3] are what the project was before a change, every ten minutes at most, and each once', async () => {
    const { at, change, kept } = watched();
    await change('opened', 'disk');
    expect(await kept()).toEqual([]);
    await change('a');
    at.ms += AUTOMATIC_MS - 1;
    await change('b');
    expect(await kept()).toEqual(['automatic opened']);
    at.ms += 1;
    await change('c');
    expect(await kept()).toEqual(['automatic b', 'automatic opened']);
  });

  it('[VE4] are what the project was before a merge, at any time', async () => {
    const { at, change, kept } = watched();
    await change('opened', 'disk');
    await change('a');
    at.ms += 1;
    await change('theirs', 'remote');
    at.ms += 1;
    await change('by hand', 'disk');
    expect(await kept()).toEqual(['before-merge theirs', 'before-merge a', 'automatic opened']);
  });

  it('[VE4] never mix two projects', async () => {
    const { change, kept } = watched();
    await change('one', 'disk', '/one');
    await change('two', 'disk', '/two');
    expect(await kept()).toEqual([]);
  });

  it('[VE8] that cannot be kept stand in nobody’s way', async () => {
    const events: string[] = [];
    const versions = new VersionStore({ dir: async () => '/dev/null/versions', author: '', nowMs: () => START_MS });
    const auto = new AutoVersions(versions, { log: (level, event) => events.push(`${level} ${event}`) });
    for (const name of ['a', 'b']) auto.changed({ path: 'p', revision: 1, project: named(name) }, 'window');
    await versions.list();
    await settled();
    expect(events).toEqual(['warn versions.not-kept']);
  });
});

it('versions lie in the folder of the project, or beside a project that is one file', () => {
  expect(versionsDir('/a/shop/project.json')).toBe('/a/shop/versions');
  expect(versionsDir('/a/shop')).toBe('/a/shop/versions');
  expect(versionsDir('/a/shop.dialtree.json')).toBe('/a/shop.versions');
});
