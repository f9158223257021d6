import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Backend } from '../../../../electron/services/backend.ts';
import type { PbxProcess } from '../../../../electron/services/pbx/pbx-process.ts';
import { dispatchCall } from '../../../../shared/bridge/dispatch.ts';
import type { PbxCommand } from '../../../../shared/bridge/pbx.ts';
import { DEFAULT_TRUNK_SETTINGS } from '../../../../shared/bridge/trunk.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { eventually } from '../../../support/eventually.ts';
import { tempDir } from '../../../support/temp-dir.ts';

test('[TL1][TL2] a window sets the line, the PBX gets it with the password, windows get the state without', async () => {
  const told: unknown[] = [];
  const commands: PbxCommand[] = [];
  let say: (message: unknown) => void = () => {};
  let leave: (code: number | null) => void = () => {};
  const pbx: PbxProcess = {
    send: (command) => {
      commands.push(command);
      if (command.type === 'stop') leave(0);
    },
    onMessage: (listener) => {
      say = listener;
    },
    onExit: (listener) => {
      leave = listener;
    },
    kill: () => leave(null),
  };
  const dataDir = tempDir();
  const backend = new Backend({
    dataDir,
    version: '1.0.0',
    host: 'node',
    locale: 'en',
    pbxPort: 0,
    spawnPbx: () => pbx,
    clock: new ManualClock(),
    logger: { log: (...entry) => told.push(entry) },
    emit: (...event) => told.push(event),
  });
  onTestFinished(() => backend.stop());
  const ask = async (name: string, input: unknown = {}) => {
    const result = await dispatchCall(backend.handlers, name, input, 'window');
    told.push(result);
    return result;
  };
  backend.start();
  say({ type: 'started', wsUrl: 'ws://127.0.0.1:1', port: 1 });
  const settings = { ...DEFAULT_TRUNK_SETTINGS, enabled: true, host: '127.0.0.1', user: 'acme' };
  const set = await ask('trunk.set', { settings, password: 'hush-hush' });
  expect(set).toMatchObject({ ok: true, output: { settings, hasPassword: true } });
  expect(commands.findLast(({ type }) => type === 'trunk')).toMatchObject({ config: { password: 'hush-hush' } });

  const state = { status: 'registered', sipStatus: 200, reason: '', calls: 2 };
  say({ type: 'trunk-state', state });
  expect(told).toContainEqual(['trunk.state', state]);
  expect(await ask('trunk.state')).toMatchObject({ output: state });

  // The phone server comes back after a crash: it gets the line again.
  const before = commands.length;
  say({ type: 'started', wsUrl: 'ws://127.0.0.1:1', port: 1 });
  await eventually('the line', () => commands.slice(before).some(({ type }) => type === 'trunk'));

  expect(await ask('trunk.set', { settings: { ...settings, host: 'a b' } })).toMatchObject({ ok: false });
  expect(JSON.stringify(told)).not.toContain('hush-hush');
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const file of files) expect(readFileSync(join(file.parentPath, file.name), 'utf8')).not.toContain('hush-hush');
});
