import { expect, it, onTestFinished } from 'vitest';
import { Backend } from '../../../../electron/services/backend.ts';
import type { EventName, ProjectState } from '../../../../shared/bridge/contract.ts';
import { dispatchCall } from '../../../../shared/bridge/dispatch.ts';
import type { RemoteState } from '../../../../shared/bridge/sync.ts';
import { printProject } from '../../../../shared/flow/canonical.ts';
import { parseProjectText } from '../../../../shared/flow/migrations.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { silentLogger } from '../../../../shared/lib/logger.ts';
import { TinyServer } from '../../../support/sync/tiny-server.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const PATH = '/team/office.json';

async function world() {
  const server = new TinyServer({ authorize: ({ headers }) => headers.authorization === 'Bearer HUSH' || 'Bearer' });
  await server.start();
  const emitted: { name: EventName; payload: unknown }[] = [];
  const backend = new Backend({
    dataDir: tempDir(),
    version: '1.0.0',
    host: 'node',
    locale: 'pl-PL',
    pbxPort: 0,
    spawnPbx: () => ({ send() {}, onMessage() {}, onExit: (exit) => queueMicrotask(() => exit(0)), kill() {} }),
    clock: new ManualClock(),
    logger: silentLogger,
    emit: (name, payload) => emitted.push({ name, payload }),
  });
  onTestFinished(async () => {
    await backend.stop();
    await server.stop();
  });
  async function ask<Output>(name: string, input: unknown = {}): Promise<Output> {
    const result = await dispatchCall(backend.handlers, name, input, 'window');
    if (!result.ok) throw Object.assign(new Error(result.error.message), result.error);
    return result.output as Output;
  }
  const settings = { url: `${server.url}${PATH}`, kind: 'http', auth: 'bearer', user: '' };
  return { server, backend, emitted, ask, settings };
}

it('[RS6][RS12] a window connects, follows the state, takes what others write, and disconnects', async () => {
  const { server, backend, emitted, ask, settings } = await world();
  backend.start();
  expect(await ask('sync.state')).toMatchObject({ status: 'off' });
  const { project, revision } = await ask<ProjectState>('project.current');
  // The synchronisation begins before any window asks: the sample is in the person's language all the same.
  expect(project.settings.language).toBe('pl');

  await expect(ask('sync.test', { settings, credentials: { token: 'wrong' } })).rejects.toMatchObject({
    code: 'sync/sign-in',
  });
  const credentials = { token: 'HUSH' };
  expect(await ask('sync.test', { settings, credentials })).toEqual({ found: 'nothing', name: null });
  const state = await ask<RemoteState>('sync.connect', { settings, credentials, takeRemote: false });
  expect(state).toMatchObject({ status: 'synced', hasCredentials: true, settings: { url: settings.url } });
  expect(JSON.stringify(emitted)).not.toContain('HUSH');
  expect(emitted.findLast(({ name }) => name === 'sync.state')?.payload).toMatchObject({ status: 'synced' });

  const theirs = parseProjectText(server.files.get(PATH)?.toString() ?? '');
  server.files.set(PATH, Buffer.from(printProject({ ...theirs, name: 'Theirs' })));
  await ask('sync.now');
  expect(await ask('project.current')).toMatchObject({ revision: revision + 1, project: { name: 'Theirs' } });
  expect(emitted).toContainEqual({ name: 'project.saved', payload: { revision: revision + 1, windowId: null } });

  expect(await ask('sync.disconnect')).toMatchObject({ status: 'off', settings: null, hasCredentials: false });
  expect(server.files.has(PATH)).toBe(true);
});

it('[RS7] what cannot be used is told; only a person puts the local copy there', async () => {
  const { server, ask, settings } = await world();
  const credentials = { token: 'HUSH' };
  await ask('sync.connect', { settings, credentials, takeRemote: false });
  server.files.set(PATH, Buffer.from('{"half": '));
  expect(await ask('sync.now')).toMatchObject({ status: 'blocked', error: { code: 'project/not-json' } });
  expect(server.files.get(PATH)?.toString()).toBe('{"half": ');
  expect(await ask('sync.overwriteRemote')).toMatchObject({ status: 'synced', error: null });
  expect(parseProjectText(server.files.get(PATH)?.toString() ?? '').format).toBe('dialtree');
});

it('[RS10] a choice that is no longer open changes nothing', async () => {
  const { ask } = await world();
  expect(await ask('sync.resolve', { id: 'gone', pick: 'ours' })).toMatchObject({ status: 'off', conflicts: [] });
  await expect(ask('sync.resolve', { id: 'gone', pick: 'both' })).rejects.toMatchObject({ code: 'bridge/bad-input' });
});
