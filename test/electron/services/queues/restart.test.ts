import { join } from 'node:path';
import { onTestFinished, test } from 'vitest';
import { forkPbx } from '../../../../electron/host/spawn-pbx.ts';
import { Backend } from '../../../../electron/services/backend.ts';
import { systemClock } from '../../../../electron/services/system-clock.ts';
import type { PbxStatus } from '../../../../shared/bridge/contract.ts';
import { ProjectSchema } from '../../../../shared/flow/project.ts';
import { silentLogger } from '../../../../shared/lib/logger.ts';
import { eventually } from '../../../support/eventually.ts';
import { pbxPids } from '../../../support/pbx-pids.ts';
import { TestPhone } from '../../../support/phone/test-phone.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const PROCESS = join(import.meta.dirname, '../../../../electron/pbx/process.ts');

const PROJECT = ProjectSchema.parse({
  format: 'dialtree',
  version: 1,
  id: 'test',
  name: 'Test',
  settings: {},
  numbers: { n: { number: '100', defaultHandling: { kind: 'queue', queueId: 'help' }, useVoiceMenu: false } },
  people: { ann: { name: 'Ann', extension: '101' }, bob: { name: 'Bob', extension: '102' } },
  queues: { help: { name: 'Help', members: [{ personId: 'ann' }, { personId: 'bob' }], strategy: 'leastrecent' } },
  prompts: {},
  schedules: {},
  flows: {},
});

let status: PbxStatus | undefined;

function startBackend(dataDir: string): Backend {
  const backend = new Backend({
    dataDir,
    version: '1.0.0',
    host: 'node',
    locale: 'en-US',
    pbxPort: 0,
    spawnPbx: forkPbx(PROCESS),
    clock: systemClock,
    logger: silentLogger,
    emit: (name, payload) => {
      if (name === 'pbx.status') status = payload as PbxStatus;
    },
  });
  backend.start();
  return backend;
}

const isRunning = () => status?.state === 'running' && status.deployedRevision !== null;

async function phoneOf(backend: Backend, who: 'tester' | { personId: string }): Promise<TestPhone> {
  const { wsUrl, user, password, uri } = await backend.handlers['phone.account']({ who }, 'window');
  const phone = await new TestPhone({ wsUrl, user, password, realm: uri.split('@')[1] ?? '' }).connect();
  // After a crash the PBX listens before it knows anybody.
  for (let tries = 0; (await phone.register()) !== 200; tries++) if (tries === 100) throw new Error('not registered');
  return phone;
}

/** Everyone registers, one call is answered by who is rung, and is over. Gives who that was. */
async function callOnce(backend: Backend): Promise<'ann' | 'bob'> {
  await eventually('the PBX', isRunning, 20_000);
  const [ann, bob, tester] = [
    await phoneOf(backend, { personId: 'ann' }),
    await phoneOf(backend, { personId: 'bob' }),
    await phoneOf(backend, 'tester'),
  ];
  const calling = tester.call('100');
  const [rung, who] = await Promise.race([
    ann.nextCall(10_000).then((call) => [call, 'ann'] as const),
    bob.nextCall(10_000).then((call) => [call, 'bob'] as const),
  ]);
  await rung.answer();
  const call = await calling;
  call.hangUp();
  await rung.untilEnded();
  await Promise.all([ann, bob, tester].map((phone) => phone.close()));
  return who;
}

test('[QD11] whose turn it is survives a crash of the PBX and a restart of the app', async ({ expect }) => {
  const dataDir = tempDir();
  let backend = startBackend(dataDir);
  onTestFinished(() => backend.stop());
  const { revision } = await backend.handlers['project.current']({}, 'window');
  await backend.handlers['project.save']({ project: PROJECT, baseRevision: revision }, 'window');
  expect(await callOnce(backend)).toBe('ann');

  const [pid = 0] = pbxPids();
  status = undefined;
  process.kill(pid, 'SIGKILL');
  await eventually('another process', () => pbxPids().some((other) => other !== pid), 10_000);
  expect(await callOnce(backend)).toBe('bob');

  await backend.stop();
  status = undefined;
  backend = startBackend(dataDir);
  expect(await callOnce(backend)).toBe('ann');
});
