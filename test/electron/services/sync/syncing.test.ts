import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { MediaStore } from '../../../../electron/services/sync/projects.ts';
import { printProject } from '../../../../shared/flow/canonical.ts';
import { parseProjectText } from '../../../../shared/flow/migrations.ts';
import type { Project } from '../../../../shared/flow/project.ts';
import type { Clock } from '../../../../shared/lib/clock.ts';
import { sampleProject } from '../../../support/sample-project.ts';
import { Instance, type InstanceOptions } from '../../../support/sync/instance.ts';
import { TinyServer, type TinyServerOptions } from '../../../support/sync/tiny-server.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const PATH = '/office.json';
const open: { stop(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.stop();
});

/** Waits are over at once. */
const hastyClock: Clock = {
  nowMs: () => performance.now(),
  wallMs: () => Date.UTC(2026, 0, 5),
  after(_delayMs, fire) {
    const timer = setImmediate(fire);
    return () => clearImmediate(timer);
  },
};

async function tiny(options: TinyServerOptions = {}): Promise<TinyServer> {
  const server = new TinyServer(options);
  await server.start();
  open.push(server);
  return server;
}

const dirOf = new WeakMap<Instance, string>();

async function instance(options: Partial<InstanceOptions> = {}, project = sampleProject()): Promise<Instance> {
  const dir = options.dir ?? tempDir();
  const one = new Instance({ ...options, dir });
  dirOf.set(one, dir);
  await one.begin(project);
  open.push({ stop: () => one.service.stop() });
  return one;
}

/** A server and two people who are connected with it. */
async function pair(options: TinyServerOptions = {}) {
  const server = await tiny(options);
  const [ann, bob] = [await instance(), await instance()];
  await ann.connect(`${server.url}${PATH}`);
  await bob.connect(`${server.url}${PATH}`);
  return { server, ann, bob };
}

const remoteOf = (server: TinyServer): Project => parseProjectText(server.files.get(PATH)?.toString() ?? '');
const nameOf = async (one: Instance) => (await one.project()).flows.main?.name;
const renameFlow = (name: string) => (project: Project) => {
  if (project.flows.main) project.flows.main.name = name;
};
const renamePerson = (name: string) => (project: Project) => {
  if (project.people.ann) project.people.ann.name = name;
};
const puts = (server: TinyServer) => server.seen.filter((line) => line.startsWith(`PUT ${PATH} `));

describe('two people at one document', () => {
  it('[RS1] what one saves comes to the other; nothing is sent when nothing changed', async () => {
    const { server, ann, bob } = await pair();
    expect(ann.service.state().status).toBe('synced');
    await ann.edit(renameFlow('Evening'));
    expect(ann.service.state().status).toBe('waiting');
    await ann.service.syncNow();
    await bob.service.syncNow();
    expect(await nameOf(bob)).toBe('Evening');
    expect(bob.service.state()).toMatchObject({ status: 'synced', error: null, conflicts: [] });
    const before = puts(server).length;
    await ann.service.syncNow();
    await bob.service.syncNow();
    expect(puts(server)).toHaveLength(before);
    expect(server.seen.at(-1)).toBe(`GET ${PATH} → 304`);
  });

  it('[RS1] edits of both are in both', async () => {
    const { server, ann, bob } = await pair();
    await ann.edit(renameFlow('Evening'));
    await bob.edit(renamePerson('Anna'));
    await ann.service.syncNow();
    await bob.service.syncNow();
    await ann.service.syncNow();
    expect(await ann.project()).toEqual(await bob.project());
    expect(remoteOf(server)).toEqual(await ann.project());
    expect(remoteOf(server).people.ann?.name).toBe('Anna');
    expect(remoteOf(server).flows.main?.name).toBe('Evening');
  });

  it('[RS3] a PUT that comes too late is refused, merged and sent again', async () => {
    const { server, ann, bob } = await pair();
    await ann.edit(renameFlow('Evening'));
    await bob.edit(renamePerson('Anna'));
    // Bob writes between Ann's reading and her writing.
    let once = true;
    server.intercept = (incoming) => {
      if (incoming.method === 'PUT' && once) {
        once = false;
        const theirs = remoteOf(server);
        renamePerson('Anna')(theirs);
        server.files.set(PATH, Buffer.from(printProject(theirs)));
      }
      return false;
    };
    await ann.service.syncNow();
    expect(puts(server).slice(-2)).toEqual([`PUT ${PATH} → 412`, `PUT ${PATH} → 204`]);
    expect(remoteOf(server).people.ann?.name).toBe('Anna');
    expect(remoteOf(server).flows.main?.name).toBe('Evening');
  });

  it('[RS3] every PUT says what it replaces', async () => {
    const { server, ann } = await pair();
    await ann.edit(renameFlow('Evening'));
    await ann.service.syncNow();
    const conditions = server.headers.filter((_, index) => server.seen[index]?.startsWith(`PUT ${PATH} `));
    expect(conditions.map((one) => [one['if-none-match'], one['if-match'] === undefined])).toEqual([
      ['*', true],
      [undefined, false],
    ]);
  });

  it('[RS10] different wishes for one place wait for a choice, and nothing is sent until then', async () => {
    const { server, ann, bob } = await pair();
    await ann.edit(renameFlow('Evening'));
    await ann.service.syncNow();
    await bob.edit(renameFlow('Night'));
    await bob.edit(renamePerson('Anna'));
    await bob.service.syncNow();
    const state = bob.service.state();
    expect(state.status).toBe('conflict');
    expect(state.conflicts).toMatchObject([
      { kind: 'both-changed', path: ['flows', 'main', 'name'], ours: '"Night"', theirs: '"Evening"', taken: 'ours' },
    ]);
    expect(await nameOf(bob)).toBe('Night');
    expect(remoteOf(server).flows.main?.name).toBe('Evening');
    // What Ann does elsewhere still comes in.
    await ann.edit((project) => {
      project.name = 'Other shop';
    });
    await ann.service.syncNow();
    await bob.service.syncNow();
    expect((await bob.project()).name).toBe('Other shop');
    expect(bob.service.state().conflicts).toHaveLength(1);

    // An edit at the place is what is asked about from then on.
    const old = state.conflicts[0]?.id ?? '';
    await bob.edit(renameFlow('Midnight'));
    await bob.service.resolve(old, 'theirs');
    expect(await nameOf(bob)).toBe('Midnight');
    expect(bob.service.state().conflicts).toMatchObject([{ ours: '"Midnight"', theirs: '"Evening"' }]);
    await bob.service.resolve(bob.service.state().conflicts[0]?.id ?? '', 'theirs');
    expect(bob.service.state()).toMatchObject({ status: 'synced', conflicts: [] });
    expect(remoteOf(server).flows.main?.name).toBe('Evening');
    expect(remoteOf(server).people.ann?.name).toBe('Anna');
  });

  it('[RS10] keeping ours sends it; the other side takes it', async () => {
    const { ann, bob } = await pair();
    await ann.edit(renameFlow('Evening'));
    await ann.service.syncNow();
    await bob.edit(renameFlow('Night'));
    await bob.service.syncNow();
    await bob.service.resolve(bob.service.state().conflicts[0]?.id ?? '', 'ours');
    await ann.service.syncNow();
    expect(await nameOf(ann)).toBe('Night');
    expect(ann.service.state().status).toBe('synced');
  });

  it('[RS10] a removal here of what was changed there is a question too, whichever way it goes', async () => {
    const { ann, bob } = await pair();
    await ann.edit((project) => {
      if (project.queues.sales) project.queues.sales.rings = 9;
    });
    await ann.service.syncNow();
    await bob.edit((project) => {
      delete project.queues.sales;
    });
    await bob.service.syncNow();
    const [conflict] = bob.service.state().conflicts;
    expect(conflict).toMatchObject({ kind: 'removed-changed', taken: 'theirs', ours: null });
    // It stays a question over further rounds.
    await bob.service.syncNow();
    expect(bob.service.state().conflicts).toHaveLength(1);
    await bob.service.resolve(conflict?.id ?? '', 'ours');
    await ann.service.syncNow();
    expect((await ann.project()).queues.sales).toBeUndefined();
  });

  it('[RS10] a further change there replaces what is shown of them', async () => {
    const { ann, bob } = await pair();
    await ann.edit(renameFlow('Evening'));
    await ann.service.syncNow();
    await bob.edit(renameFlow('Night'));
    await bob.service.syncNow();
    await ann.edit(renameFlow('Late evening'));
    await ann.service.syncNow();
    await bob.service.syncNow();
    expect(bob.service.state().conflicts).toMatchObject([{ ours: '"Night"', theirs: '"Late evening"' }]);
    await ann.edit(renameFlow('Night'));
    await ann.service.syncNow();
    await bob.service.syncNow();
    expect(bob.service.state()).toMatchObject({ status: 'synced', conflicts: [] });
  });

  it('[RS8] after a crash while a merge is put in place it is done, with its conflicts, or begun again', async () => {
    const { server, ann, bob } = await pair();
    await ann.edit(renameFlow('Evening'));
    await ann.edit(renamePerson('Anna'));
    await ann.service.syncNow();
    await bob.edit(renameFlow('Night'));
    for (const crash of ['before', 'after'] as const) {
      const dir = tempDir();
      cpSync(dirOf.get(bob) ?? '', dir, { recursive: true });
      const { path } = await bob.projects.current();
      const again = new Instance({ dir });
      open.push({ stop: () => again.service.stop() });
      await again.projects.open(path);
      const replace = again.projects.replace.bind(again.projects);
      again.projects.replace = async (...given) => {
        if (crash === 'after') await replace(...given);
        throw new Error('power cut');
      };
      await again.service.start();
      await again.service.syncNow();
      again.projects.replace = replace;
      await again.service.syncNow();
      expect(again.service.state()).toMatchObject({
        status: 'conflict',
        conflicts: [{ ours: '"Night"', theirs: '"Evening"' }],
      });
      expect((await again.project()).people.ann?.name).toBe('Anna');
      expect(remoteOf(server).flows.main?.name).toBe('Evening');
      await again.service.stop();
      await again.edit((project) => Object.assign(project, structuredClone(sampleProject()), { id: project.id }));
      await again.edit(renameFlow('Night'));
    }
  });

  it('[RS8] a save while a merge is put in place makes the merge begin again', async () => {
    const { ann, bob } = await pair();
    await ann.edit(renameFlow('Evening'));
    await ann.service.syncNow();
    const replace = bob.projects.replace.bind(bob.projects);
    let times = 0;
    bob.projects.replace = async (project, origin, base) => {
      if (times++ === 0) await bob.edit(renamePerson('Anna'));
      return replace(project, origin, base);
    };
    await bob.service.syncNow();
    expect(times).toBe(2);
    expect((await bob.project()).people.ann?.name).toBe('Anna');
    expect(await nameOf(bob)).toBe('Evening');
  });
});

describe('servers in trouble', () => {
  it('[RS5] a PUT whose answer is lost is not sent again when it was carried out', async () => {
    const { server, ann } = await pair();
    const before = puts(server).length;
    let cut = true;
    server.intercept = (incoming) => {
      if (incoming.method !== 'PUT' || incoming.url !== PATH || !cut) return false;
      cut = false;
      // Carried out, the answer lost.
      void ann.project().then((project) => {
        server.files.set(PATH, Buffer.from(printProject(project)));
        incoming.socket.destroy();
      });
      return true;
    };
    await ann.edit(renameFlow('Evening'));
    await ann.service.syncNow();
    expect(ann.service.state().status).toBe('synced');
    expect(puts(server)).toHaveLength(before + 1);
  });

  it('[RS5][RS6] away: work goes on, and is sent when it is back', async () => {
    const { server, ann, bob } = await pair();
    server.intercept = (incoming) => {
      incoming.socket.destroy();
      return true;
    };
    await ann.edit(renameFlow('Evening'));
    await ann.service.syncNow();
    const away = ann.service.state();
    expect(away).toMatchObject({ status: 'offline', error: { code: 'sync/cut' } });
    expect(away.nextTryAtMs).toBeGreaterThan(0);
    server.intercept = () => false;
    await ann.service.syncNow();
    await bob.service.syncNow();
    expect(ann.service.state()).toMatchObject({ status: 'synced', error: null });
    expect(await nameOf(bob)).toBe('Evening');
  });

  it.each([
    [401, 'sign-in', 'sync/sign-in'],
    [403, 'sign-in', 'sync/forbidden'],
    [405, 'blocked', 'sync/read-only'],
    [413, 'blocked', 'sync/too-large'],
    [423, 'waiting', 'sync/locked'],
    [503, 'offline', 'sync/server-error'],
    [507, 'waiting', 'sync/full'],
  ])('[RS6] %d is shown as %s', async (status, shown, code) => {
    const { server, ann } = await pair();
    server.intercept = (incoming, answer) => {
      if (incoming.method !== 'PUT') return false;
      answer.writeHead(status).end();
      return true;
    };
    await ann.edit(renameFlow('Evening'));
    await ann.service.syncNow();
    expect(ann.service.state()).toMatchObject({ status: shown, error: { code } });
    server.intercept = () => false;
    await ann.service.syncNow();
    expect(remoteOf(server).flows.main?.name).toBe('Evening');
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, text.length / 2), 'project/not-json'],
    ['not ours', () => '<html>Welcome</html>', 'project/not-json'],
    ['empty', () => '', 'project/not-json'],
    ['of a foreign format', () => '{"format":"other"}', 'project/wrong-format'],
    ['newer', (text: string) => text.replace('"version": 1', '"version": 999'), 'project/newer-version'],
    ['another project', (text: string) => text.replace('"id": "project"', '"id": "other"'), 'sync/other-project'],
  ])('[RS7] a document that is %s changes nothing here and is not written over', async (_, spoil, code) => {
    const { server, ann } = await pair();
    const good = server.files.get(PATH)?.toString() ?? '';
    server.files.set(PATH, Buffer.from(spoil(good)));
    const before = await ann.project();
    await ann.service.syncNow();
    expect(ann.service.state()).toMatchObject({ status: 'blocked', error: { code } });
    await ann.edit(renameFlow('Evening'));
    await ann.service.syncNow();
    expect(server.files.get(PATH)?.toString()).toBe(spoil(good));
    expect(await ann.project()).toEqual({
      ...before,
      flows: { ...before.flows, main: { ...before.flows.main, name: 'Evening' } },
    });
    await ann.service.overwriteRemote();
    expect(ann.service.state().status).toBe('synced');
    expect(remoteOf(server).flows.main?.name).toBe('Evening');
  });

  it('[RS7] a document that was taken away is written again', async () => {
    const { server, ann } = await pair();
    server.files.delete(PATH);
    await ann.service.syncNow();
    expect(remoteOf(server)).toEqual(await ann.project());
  });
});

describe('servers with habits', () => {
  it('[RS2][RS3] compressed answers have weak tags: the strong one is asked for', async () => {
    const { server, ann, bob } = await pair({ gzip: true });
    await bob.edit(renameFlow('Evening'));
    await bob.service.syncNow();
    await ann.edit(renamePerson('Anna'));
    await ann.service.syncNow();
    expect(remoteOf(server).people.ann?.name).toBe('Anna');
    expect(remoteOf(server).flows.main?.name).toBe('Evening');
    expect(server.seen.some((line) => line.startsWith('HEAD'))).toBe(true);
  });

  it.each(['weak', 'none'] as const)(
    '[RS4] tags that are %s: every PUT is carried out, and nothing is lost',
    async (etags) => {
      const server = await tiny({ etags });
      const [ann, bob] = [await instance({ clock: hastyClock, pollMs: 1e9 }), await instance({ clock: hastyClock })];
      await ann.connect(`${server.url}${PATH}`);
      await bob.connect(`${server.url}${PATH}`);
      await ann.edit(renameFlow('Evening'));
      await ann.service.syncNow();
      await bob.edit(renamePerson('Anna'));
      await bob.service.syncNow();
      await ann.service.syncNow();
      expect(remoteOf(server).flows.main?.name).toBe('Evening');
      expect(await ann.project()).toEqual(await bob.project());
      expect(
        server.headers.every((headers) => headers['if-match'] === undefined || headers['if-match'].includes('nothing')),
      ).toBe(true);
    },
  );

  it('[RS4] what was written over comes back from its author', async () => {
    const server = await tiny({ etags: 'none' });
    const [ann, bob] = [await instance(), await instance()];
    await ann.connect(`${server.url}${PATH}`);
    await bob.connect(`${server.url}${PATH}`);
    await bob.edit(renameFlow('Again'));
    await bob.service.syncNow();
    await ann.service.syncNow();
    // Bob reads before Ann writes, and writes after her.
    await ann.edit(renameFlow('Evening'));
    await bob.edit(renamePerson('Anna'));
    let once = true;
    server.intercept = (incoming, answer) => {
      if (incoming.method !== 'PUT' || incoming.url !== PATH || !once) return false;
      once = false;
      void ann.service.syncNow().then(() =>
        bob.project().then((project) => {
          server.files.set(PATH, Buffer.from(printProject(project)));
          answer.writeHead(204).end();
        }),
      );
      return true;
    };
    await bob.service.syncNow();
    expect(remoteOf(server).flows.main?.name).toBe('Again');
    server.intercept = () => false;
    await ann.service.syncNow();
    await bob.service.syncNow();
    expect(await ann.project()).toEqual(await bob.project());
    expect(remoteOf(server).flows.main?.name).toBe('Evening');
    expect(remoteOf(server).people.ann?.name).toBe('Anna');
    expect(ann.service.state().conflicts).toEqual([]);
  });

  it('[RS3] a server that has the document and no other file is enough, if its tags are strong', async () => {
    const { server, ann, bob } = await pair({ only: PATH });
    await ann.edit(renameFlow('Evening'));
    await bob.edit(renamePerson('Anna'));
    for (const one of [ann, bob, ann]) await one.service.syncNow();
    expect(await nameOf(bob)).toBe('Evening');
    expect(await ann.project()).toEqual(await bob.project());
    expect(remoteOf(server).people.ann?.name).toBe('Anna');
    expect(server.files.size).toBe(1);
    const sent = server.seen.filter((line) => line.startsWith('PUT') && line.endsWith(' 204')).length;
    expect(sent).toBeGreaterThan(0);
  });

  it('[RS3] one without strong tags that has no other file is not written over', async () => {
    const server = await tiny({ only: PATH, etags: 'weak' });
    const ann = await instance({ clock: hastyClock });
    await ann.connect(`${server.url}${PATH}`);
    const before = server.files.get(PATH)?.toString();
    await ann.edit(renameFlow('Evening'));
    await ann.service.syncNow();
    expect(ann.service.state()).toMatchObject({ status: 'blocked', error: { code: 'sync/no-guard' } });
    expect(server.files.get(PATH)?.toString()).toBe(before);
  });

  it('[RS4] ancestors of old versions are taken away', async () => {
    const server = await tiny({ folders: true });
    const ann = await instance();
    await ann.connect(`${server.url}${PATH}`, { kind: 'webdav' });
    for (let n = 0; n < 60; n++) {
      await ann.edit(renameFlow(`Flow ${n}`));
      await ann.service.syncNow();
    }
    const kept = [...server.files.keys()].filter((path) => path.includes('.lineage/'));
    expect(kept.length).toBeLessThanOrEqual(41);
    expect(kept.length).toBeGreaterThan(30);
    expect(ann.service.state().status).toBe('synced');
  });

  it('[RS3] folders are made with WebDAV', async () => {
    const server = await tiny({ folders: true });
    const ann = await instance();
    await ann.connect(`${server.url}/team/a/office.json`, { kind: 'webdav' });
    expect(ann.service.state().status).toBe('synced');
    expect(server.files.has('/team/a/office.json')).toBe(true);
    const bob = await instance();
    await bob.connect(`${server.url}/nowhere/office.json`);
    expect(bob.service.state()).toMatchObject({ status: 'blocked', error: { code: 'sync/no-folder' } });
  });

  it('[RS13] a redirect keeps the method; secrets do not go to another origin', async () => {
    const [server, other] = [await tiny(), await tiny()];
    server.intercept = (incoming, answer) => {
      answer.writeHead(308, { location: `${other.url}${incoming.url}` }).end();
      return true;
    };
    const ann = await instance();
    await ann.connect(`${server.url}${PATH}`, { auth: 'bearer' }, { token: 'SECRET' });
    expect(ann.service.state().status).toBe('synced');
    expect(other.files.has(PATH)).toBe(true);
    expect(other.headers.every((headers) => headers.authorization === undefined)).toBe(true);
    expect(server.headers.every((headers) => headers.authorization === 'Bearer SECRET')).toBe(true);
  });
});

describe('joining', () => {
  it('[RS4] without a common past everything of one side is kept, and differences are conflicts', async () => {
    const server = await tiny();
    const theirs = sampleProject();
    renameFlow('Theirs')(theirs);
    theirs.people.zoe = { name: 'Zoe', extension: '777' };
    server.files.set(PATH, Buffer.from(printProject(theirs)));
    const ours = sampleProject();
    ours.people.max = { name: 'Max', extension: '888' };
    const ann = await instance({}, ours);
    await ann.connect(`${server.url}${PATH}`);
    expect(ann.service.state()).toMatchObject({ status: 'conflict', conflicts: [{ path: ['flows', 'main', 'name'] }] });
    const people = Object.keys((await ann.project()).people);
    expect(people).toEqual(expect.arrayContaining(['zoe', 'max']));
    expect(remoteOf(server)).toEqual(theirs);
  });

  it('[RS7] another project is opened in a file of its own when asked to; ours stays', async () => {
    const server = await tiny();
    const theirs = { ...sampleProject(), id: 'theirs', name: 'Team' };
    server.files.set(PATH, Buffer.from(printProject(theirs)));
    const ann = await instance();
    const before = await ann.projects.current();
    expect(await ann.service.test({ url: `${server.url}${PATH}`, kind: 'http', auth: 'none', user: '' })).toEqual({
      found: 'other-project',
      name: 'Team',
    });
    await ann.connect(`${server.url}${PATH}`, {}, undefined, true);
    expect((await ann.project()).name).toBe('Team');
    expect(ann.service.state().status).toBe('synced');
    expect(parseProjectText(readFileSync(join(before.path, 'project.json'), 'utf8'))).toEqual(before.project);
  });

  it('[RS1] a restart goes on from the base; another project has its own endpoint', async () => {
    const server = await tiny();
    const dir = tempDir();
    const ann = await instance({ dir });
    const { path } = await ann.projects.current();
    await ann.connect(`${server.url}${PATH}`);
    await ann.service.stop();
    const theirs = remoteOf(server);
    renameFlow('Evening')(theirs);
    server.files.set(PATH, Buffer.from(printProject(theirs)));

    const again = new Instance({ dir });
    open.push({ stop: () => again.service.stop() });
    await again.projects.open(path);
    await again.edit(renamePerson('Anna'));
    await again.service.start();
    await again.service.syncNow();
    expect(again.service.state()).toMatchObject({ status: 'synced', conflicts: [] });
    expect(remoteOf(server).people.ann?.name).toBe('Anna');
    await again.projects.createSample('en');
    await again.service.start();
    expect(again.service.state()).toMatchObject({ status: 'off', settings: null });
  });

  it('[RS1] a project that was moved stays connected, with its base; a copy is not', async () => {
    const server = await tiny();
    const ann = await instance();
    await ann.connect(`${server.url}${PATH}`);
    const { path } = await ann.projects.current();
    const [moved, copy] = [`${path}-moved`, `${path}-copy`];
    renameSync(path, moved);
    await ann.projects.open(moved);
    await ann.edit(renamePerson('Anna'));
    await ann.service.syncNow();
    expect(ann.service.state()).toMatchObject({ status: 'synced', conflicts: [] });
    expect(remoteOf(server).people.ann?.name).toBe('Anna');
    cpSync(moved, copy, { recursive: true });
    await ann.projects.open(copy);
    await ann.service.syncNow();
    expect(ann.service.state()).toMatchObject({ status: 'off', settings: null });
  });

  it('[RS7] another project at the path that was connected is not sent in its place', async () => {
    const server = await tiny();
    const ann = await instance();
    await ann.connect(`${server.url}${PATH}`);
    await ann.projects.replace({ ...sampleProject(), id: 'another', name: 'Another' }, 'disk');
    await ann.service.syncNow();
    expect(ann.service.state()).toMatchObject({ status: 'blocked', error: { code: 'sync/other-project-here' } });
    expect(remoteOf(server).name).not.toBe('Another');
  });

  it('[RS12] secrets are in no file, state or log line', async () => {
    const server = await tiny({ authorize: ({ headers }) => headers.authorization !== undefined || 'Basic realm="x"' });
    const dir = tempDir();
    const ann = await instance({ dir });
    await ann.connect(`${server.url}${PATH}`, { auth: 'basic', user: 'ann' }, { password: 'HUSH-HUSH' });
    expect(ann.service.state()).toMatchObject({ status: 'synced', hasCredentials: true });
    server.intercept = (incoming) => incoming.socket.destroy() !== undefined;
    await ann.service.syncNow();
    const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const text = files.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8')).join('\n');
    expect(text).toContain(PATH);
    for (const secret of ['HUSH-HUSH', Buffer.from('ann:HUSH-HUSH').toString('base64')]) {
      expect(text).not.toContain(secret);
      expect(ann.logged.join('\n')).not.toContain(secret);
      expect(JSON.stringify(ann.states)).not.toContain(secret);
    }
    await ann.service.disconnect();
    expect(ann.service.state()).toMatchObject({ status: 'off', settings: null, hasCredentials: false });
    expect(server.files.has(PATH)).toBe(true);
  });
});

describe('recordings', () => {
  const bytes = Buffer.from('a recording');
  const hash = createHash('sha256').update(bytes).digest('hex');

  function memoryMedia(...kept: Buffer[]): MediaStore & { readonly kept: Map<string, Uint8Array> } {
    const map = new Map<string, Uint8Array>(kept.map((one) => [createHash('sha256').update(one).digest('hex'), one]));
    return {
      kept: map,
      has: async (name) => map.has(name),
      read: async (name) => map.get(name) ?? Buffer.alloc(0),
      write: async (data) => {
        const name = createHash('sha256').update(data).digest('hex');
        map.set(name, data);
        return name;
      },
      list: async () => [...map.keys()],
    };
  }

  function playing(): Project {
    const project = sampleProject();
    const prompt = { kind: 'audio', sha256: hash, fileName: 'a.mp3', durationMs: 1000 } as const;
    return { ...project, prompts: { ...project.prompts, hello: { name: 'Hello', sources: { en: prompt } } } };
  }

  it('[RS9] go once, before the document, and come to the other', async () => {
    const server = await tiny();
    const ann = await instance({ media: memoryMedia(bytes) }, playing());
    await ann.connect(`${server.url}${PATH}`);
    expect(ann.service.state().status).toBe('synced');
    const order = server.seen.filter((line) => /^PUT (\/media|\/office\.json )/.test(line));
    expect(order).toEqual([`PUT /media/${hash} → 201`, `PUT ${PATH} → 201`]);
    await ann.edit(renameFlow('Evening'));
    await ann.service.syncNow();
    expect(server.seen.filter((line) => line.startsWith('PUT /media'))).toHaveLength(1);

    const media = memoryMedia();
    const bob = await instance({ media }, playing());
    await bob.connect(`${server.url}${PATH}`);
    expect([...media.kept.keys()]).toEqual([hash]);
  });

  it('[RS9] an upload that breaks off begins again; a damaged one is not taken, and told', async () => {
    const server = await tiny();
    let breaks = true;
    server.intercept = (incoming) => {
      if (incoming.method !== 'PUT' || !incoming.url?.startsWith('/media') || !breaks) return false;
      breaks = false;
      server.files.set(`/media/${hash}`, bytes.subarray(0, 4));
      incoming.socket.destroy();
      return true;
    };
    const ann = await instance({ media: memoryMedia(bytes) }, playing());
    await ann.connect(`${server.url}${PATH}`);
    expect(ann.service.state().status).toBe('offline');
    expect(server.files.has(PATH)).toBe(false);
    await ann.service.syncNow();
    expect(server.files.get(`/media/${hash}`)).toEqual(bytes);

    server.files.set(`/media/${hash}`, Buffer.from('something !'));
    const media = memoryMedia();
    const bob = await instance({ media }, playing());
    await bob.connect(`${server.url}${PATH}`);
    expect(media.kept.size).toBe(0);
    expect(bob.service.state()).toMatchObject({ status: 'waiting', error: { code: 'sync/media-missing' } });
    server.files.set(`/media/${hash}`, bytes);
    await bob.service.syncNow();
    expect(bob.service.state().status).toBe('synced');
    expect(media.kept.size).toBe(1);
  });
});
