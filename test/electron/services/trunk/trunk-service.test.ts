import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Cipher } from '../../../../electron/services/sync/secret-store.ts';
import { TrunkService } from '../../../../electron/services/trunk/trunk-service.ts';
import {
  DEFAULT_TRUNK_SETTINGS,
  TRUNK_OFF,
  type TrunkConfig,
  type TrunkSettings,
  type TrunkState,
} from '../../../../shared/bridge/trunk.ts';
import { silentLogger } from '../../../../shared/lib/logger.ts';
import { tempDir } from '../../../support/temp-dir.ts';

/** Turns a text round: it is not there in the clear. */
const cipher: Cipher = {
  isAvailable: () => true,
  encrypt: (text) => Buffer.from([...text].reverse().join('')),
  decrypt: (bytes) => [...Buffer.from(bytes).toString()].reverse().join(''),
};
const settings: TrunkSettings = { ...DEFAULT_TRUNK_SETTINGS, enabled: true, host: 'sip.example', user: 'acme' };
let dir: string;
let applied: (TrunkConfig | null)[];
let states: TrunkState[];

beforeEach(() => {
  dir = join(tempDir(), 'trunk');
  [applied, states] = [[], []];
});

const service = (options: { cipher?: Cipher | undefined; environment?: Record<string, string> } = { cipher }) =>
  new TrunkService({
    dir,
    environment: {},
    logger: silentLogger,
    apply: (config) => applied.push(config),
    onState: (state) => states.push(state),
    cipher: undefined,
    ...options,
  });

describe('[TL1] settings', () => {
  test('nothing is set at first, and the PBX is told nothing', async () => {
    const line = service();
    await line.start();
    expect(await line.view()).toEqual({ settings: null, hasPassword: false, state: TRUNK_OFF });
    expect(applied).toEqual([]);
  });

  test('are given to the PBX, and again after a restart', async () => {
    const view = await service().set(settings, 'hush-hush');
    expect(view).toEqual({ settings, hasPassword: true, state: TRUNK_OFF });
    const again = service();
    await again.start();
    const config = { settings, password: 'hush-hush', historyPath: join(dir, 'calls.txt') };
    expect(applied).toEqual([config, config]);
    expect(await again.view()).toEqual(view);
  });

  test('are for this user of the system only', async () => {
    await service().set(settings, 'hush-hush');
    for (const name of readdirSync(dir)) expect(statSync(join(dir, name)).mode & 0o077).toBe(0);
  });

  test('changes follow one another', async () => {
    const line = service();
    const done = [1, 2, 3].map((n) => line.set({ ...settings, port: 5000 + n }, 'pw'));
    await Promise.all(done);
    expect(applied.map((config) => config?.settings.port)).toEqual([5001, 5002, 5003]);
    expect(JSON.parse(readFileSync(join(dir, 'settings.json'), 'utf8')).port).toBe(5003);
  });
});

describe('[TL2] the password', () => {
  test('is in no file in the clear, and in no answer', async () => {
    const line = service();
    const view = await line.set(settings, 'hush-hush');
    for (const name of readdirSync(dir)) expect(readFileSync(join(dir, name), 'utf8')).not.toContain('hush-hush');
    expect(JSON.stringify(view)).not.toContain('hush-hush');
  });

  test('stays as it is when none is given', async () => {
    const line = service();
    await line.set(settings, 'hush-hush');
    await line.set({ ...settings, callerId: '+48221234567' });
    expect(applied.at(-1)).toMatchObject({ password: 'hush-hush', settings: { callerId: '+48221234567' } });
  });

  test('without encryption is in memory only, and may come from the environment', async () => {
    const line = service({ cipher: undefined });
    await line.set(settings, 'hush-hush');
    expect(applied.at(-1)?.password).toBe('hush-hush');
    expect(readdirSync(dir)).toEqual(['settings.json']);
    const environment = { DIALTREE_TRUNK_PASSWORD: 'from-there', DIALTREE_SYNC_PASSWORD: 'of something else' };
    await service({ cipher: undefined, environment }).start();
    expect(applied.at(-1)?.password).toBe('from-there');
  });
});

describe('[TL3] whose password', () => {
  test.each([{ host: 'elsewhere.example' }, { user: 'other' }])('another %j gets none of it', async (other) => {
    const line = service();
    await line.set(settings, 'hush-hush');
    await expect(line.set({ ...settings, ...other })).rejects.toMatchObject({ code: 'trunk/password-missing' });
    // The line is as it was.
    expect(await line.view()).toMatchObject({ settings, hasPassword: true });
    await line.set({ ...settings, ...other, enabled: false });
    expect(applied.at(-1)).toMatchObject({ password: '' });
    expect(await line.view()).toMatchObject({ hasPassword: false });
  });

  test('a line that signs in needs a user; one of mode ip needs nothing', async () => {
    const line = service();
    await expect(line.set({ ...settings, user: '' }, 'pw')).rejects.toMatchObject({ code: 'trunk/user-missing' });
    await expect(line.set(settings)).rejects.toMatchObject({ code: 'trunk/password-missing' });
    await line.set({ ...settings, mode: 'ip', user: '' });
    expect(applied).toHaveLength(1);
  });
});

test.each(['{', '{}', '{"host":"javascript:alert(1)"}'])('[TL4] with %s for settings the line is off', async (text) => {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'settings.json'), text);
  const line = service();
  await expect(line.start()).rejects.toMatchObject({ code: 'trunk/unreadable' });
  expect(applied).toEqual([]);
  await line.set(settings, 'pw');
  expect(applied).toHaveLength(1);
});

test('[TL1] the state is passed on and kept', async () => {
  const line = service();
  const state: TrunkState = { status: 'refused', sipStatus: 403, reason: 'Forbidden', calls: 0 };
  line.handleState(state);
  expect(states).toEqual([state]);
  expect((await line.view()).state).toEqual(state);
});
