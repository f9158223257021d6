import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { PbxWorld, passwordOf, type WorldSketch } from '../support/pbx-world.ts';
import { findPhone, skippedText } from '../support/phones/install.ts';
import {
  callScenario,
  HANG_UP,
  IS_HUNG_UP,
  pause,
  press,
  REGISTER,
  reliableCall,
  runSipp,
  subscribeScenario,
} from '../support/phones/sipp.ts';
import { sine, toneShare } from '../support/sound.ts';
import { tempDir } from '../support/temp-dir.ts';

const sketch: WorldSketch = {
  nodes: {
    start: { type: 'start', to: { next: 'menu' } },
    menu: { type: 'menu', data: { prompt: 'Press', keys: ['3'] }, to: { 'key:3': 'wait' } },
    wait: { type: 'queue', data: { queueId: 'help' } },
  },
  queues: { help: { members: [{ personId: 'ann' }] } },
};

const isThere = findPhone('sipp') !== undefined;
if (!isThere) console.warn(skippedText('sipp'));
const isRoot = process.getuid?.() === 0;
if (!isRoot) console.warn('!!! NOT TESTED: sipp sends keys as root only.');

let world: PbxWorld;
afterEach(async () => {
  await world.stop();
  expect(world.pbx.load).toEqual({ calls: 0, sessions: 0, transactions: 0 });
});

const sipp = (scenario: string, transport: 'udp' | 'tcp', more: { target?: string; calls?: number } = {}) =>
  runSipp(scenario, {
    sipPort: world.sipPort,
    transport,
    user: '102',
    password: passwordOf('102'),
    target: '100',
    ...more,
  });

describe.skipIf(!isThere).each(['udp', 'tcp'] as const)('sipp over %s', (transport) => {
  test('registers and leaves', async () => {
    world = await PbxWorld.start(sketch);
    await sipp(REGISTER, transport, { target: '' });
    const counts = world.events.flatMap((event) =>
      event.type === 'registrations' ? [event.registrations.find(({ user }) => user === '102')?.contacts ?? 0] : [],
    );
    expect(counts).toEqual([1, 0]);
  });

  test.skipIf(!isRoot)('hears the menu, presses a key, waits, is heard by an operator, who hangs up', async () => {
    world = await PbxWorld.start(sketch);
    const ann = await world.phone('ann');
    const done = sipp(callScenario(pause(500), press('3'), IS_HUNG_UP), transport);
    // Told below; until then it must not count as unhandled.
    done.catch(() => undefined);
    const call = await ann.nextCall(20_000);
    await call.answer();
    await call.media.connected;
    call.media.speak(sine(800, 1000));
    // It sends back what it hears: the operator hears herself, which is audio both ways.
    await eventually('the echo', () => toneShare(call.media.heardSamples(-25), 800) > 0.8);
    call.hangUp();
    await done;
    expect(world.traces().filter(({ type }) => type === 'digit')).toHaveLength(1);
  });

  test('thirty calls, ten a second, each hung up by the caller', async () => {
    world = await PbxWorld.start(sketch);
    await sipp(callScenario(pause(400), HANG_UP), transport, { calls: 30 });
    const ended = world.calls().filter(({ phase }) => phase === 'ended');
    expect(ended.map(({ endCause }) => endCause)).toEqual(Array.from({ length: 30 }, () => 'caller-hung-up'));
  });

  test('is told reliably that the operator’s phone rings', async () => {
    world = await PbxWorld.start(sketch);
    const ann = await world.phone('ann');
    const readyFile = join(tempDir(), 'ready');
    const done = sipp(reliableCall(readyFile), transport, { target: '101' });
    done.catch(() => undefined);
    const call = await ann.nextCall(20_000);
    call.ring();
    await eventually('the acknowledgement', () => existsSync(readyFile));
    await call.answer();
    await done;
    await call.untilEnded();
  });

  test('is told how many messages wait, when they change', async () => {
    world = await PbxWorld.start(sketch);
    world.pbx.setMailboxes({ bob: { fresh: 1, heard: 2 } });
    const told = ['Voice-Message: 1/2', 'Voice-Message: 0/3'];
    const done = sipp(subscribeScenario(...told), transport, { target: '102' });
    done.catch(() => undefined);
    await eventually('the subscription', () => world.pbx.subscriptions === 1, 20_000);
    world.pbx.setMailboxes({ bob: { fresh: 0, heard: 3 } });
    await done;
    expect(world.pbx.subscriptions).toBe(0);
  });

  test('a wrong password does not get in, and is slowed down', async () => {
    world = await PbxWorld.start(sketch);
    const options = { sipPort: world.sipPort, transport, user: '102', target: '', calls: 12 };
    await expect(runSipp(REGISTER, { ...options, password: 'wrong' })).rejects.toThrow('403');
    expect(world.logs('sip.auth-failed')).toHaveLength(10);
  });
});
