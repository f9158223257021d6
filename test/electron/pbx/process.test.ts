import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { digestSecret } from '../../../electron/sip/digest.ts';
import { type PbxEvent, PbxEventSchema } from '../../../shared/bridge/pbx.ts';
import { eventually } from '../../support/eventually.ts';
import { passwordOf, REALM } from '../../support/pbx-world.ts';
import { TestPhone } from '../../support/phone/test-phone.ts';

const ENTRY = fileURLToPath(new URL('../../../electron/pbx/process.ts', import.meta.url));

let child: ChildProcess;
let events: PbxEvent[];
let exitCode: number | null | undefined;

beforeEach(() => {
  events = [];
  exitCode = undefined;
  child = fork(ENTRY, [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  // Everything that comes must be what the contract says.
  child.on('message', (message) => events.push(PbxEventSchema.parse(message)));
  child.on('exit', (code) => {
    exitCode = code;
  });
});

afterEach(async () => {
  if (exitCode !== undefined) return;
  child.kill();
  await eventually('the process to go', () => exitCode !== undefined);
});

const start = { type: 'start', host: '127.0.0.1', port: 0, realm: REALM } as const;
const started = () => eventually('started', () => events.find((event) => event.type === 'started'), 10_000);
const exited = () => eventually('the process to go', () => exitCode !== undefined, 10_000);

const config = {
  program: { version: 1, projectId: 'p', fingerprint: 'f', ops: {}, numbers: {}, flows: {}, prompts: {} },
  accounts: [
    {
      user: '101',
      displayName: 'Ann',
      personId: 'ann',
      credentials: { realm: REALM, ...digestSecret('101', REALM, passwordOf('101')) },
    },
  ],
  queues: {},
  ringMs: 5000,
  dialPlan: {},
  audio: {},
  music: {},
  secrets: {},
  voicemailDir: '/nowhere',
  recording: { directory: '/nowhere', projectId: 'test', notices: {} },
  nodeNames: {},
};

test('starts, is configured, registers a phone, stops', async () => {
  child.send(start);
  child.send({ type: 'configure', requestId: 'r1', config });
  const { wsUrl } = await started();
  await eventually('configured', () => events.some((event) => event.type === 'configured' && event.requestId === 'r1'));
  const phone = await new TestPhone({ wsUrl, user: '101', password: passwordOf('101'), realm: REALM }).connect();
  expect(await phone.register()).toBe(200);
  await eventually('registrations', () => events.find((event) => event.type === 'registrations'));
  child.send({ type: 'hang-up', callId: 'unknown' });
  child.send({ type: 'stop' });
  await exited();
  expect(exitCode).toBe(0);
  await phone.close();
});

test('a command that cannot be read is told, and changes nothing', async () => {
  child.send({ type: 'start', port: 'x' });
  child.send('nonsense');
  await eventually('two failures', () => events.length === 2, 10_000);
  expect(events.map((event) => event.type === 'failed' && event.code)).toEqual(['pbx/bad-command', 'pbx/bad-command']);
  child.send(start);
  await started();
});

test('a port in use is told with a hint, and another may be tried', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  child.send({ ...start, port });
  const failed = await eventually('a failure', () => events.find((event) => event.type === 'failed'), 10_000);
  expect(failed).toMatchObject({ code: 'pbx/port-in-use', hint: expect.any(String) });
  child.send(start);
  await started();
  await new Promise((resolve) => server.close(resolve));
});

test('goes when its parent goes', async () => {
  child.send(start);
  await started();
  child.disconnect();
  await exited();
  expect(exitCode).toBe(0);
});
