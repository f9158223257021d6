import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../../../support/eventually.ts';
import { PbxWorld, REALM, type WorldSketch } from '../../../support/pbx-world.ts';
import type { TestCall } from '../../../support/phone/test-call.ts';
import type { TestPhone } from '../../../support/phone/test-phone.ts';
import { sine, toneShare } from '../../../support/sound.ts';

const sketch: WorldSketch = {
  nodes: {
    start: { type: 'start', to: { next: 'wait' } },
    wait: { type: 'queue', data: { queueId: 'help' } },
  },
  queues: { help: { members: [{ personId: 'ann' }] } },
};

let world: PbxWorld;
let ann: TestPhone;
let bob: TestPhone;
let eve: TestPhone;
beforeEach(async () => {
  world = await PbxWorld.start(sketch);
  ann = await world.phone('ann');
  bob = await world.phone('bob');
  eve = await world.phone('eve');
});
afterEach(async () => {
  await world.stop();
  expect(world.pbx.load).toEqual({ calls: 0, sessions: 0, transactions: 0 });
});

interface Talk {
  readonly caller: TestCall;
  readonly callee: TestCall;
}

async function talk(from: TestPhone, target: string, at: TestPhone): Promise<Talk> {
  const caller = await from.dial(target);
  const callee = await at.nextCall();
  await callee.answer();
  await Promise.all([caller.media.connected, callee.media.connected]);
  return { caller, callee };
}

const hears = (call: TestCall, frequencyHz: number) =>
  eventually(`${frequencyHz} Hz`, () => toneShare(call.media.heardSamples(-25), frequencyHz) > 0.8);

/** Both hear one another. */
async function areConnected(one: TestCall, other: TestCall): Promise<void> {
  one.media.speak(sine(900, 1000));
  other.media.speak(sine(600, 1000));
  await Promise.all([hears(other, 900), hears(one, 600)]);
}

/** REFER to the far end of another call. */
const connect = (here: TestCall, replaces: string) =>
  here.transfer(`<sip:102@${REALM}?Replaces=${encodeURIComponent(replaces)}>`);
/** Status lines that came to Ann by NOTIFY. */
const told = () =>
  ann.received.flatMap((text) => (text.startsWith('NOTIFY') ? [text.split('\r\n\r\n')[1]?.trim() ?? ''] : []));

describe('[AT1] [AT2] an operator connects the caller with whom they asked', () => {
  test.each(['the caller’s call', 'the consultation'])('by a REFER in %s', async (which) => {
    const { caller, callee: answered } = await talk(eve, '101', ann);
    await answered.setDirection('sendonly');
    const { caller: consulting, callee: asked } = await talk(ann, '102', bob);
    const [here, there] = which === 'the consultation' ? [consulting, answered] : [answered, consulting];
    expect(await connect(here, there.replaces)).toBe(202);
    await Promise.all([answered.untilEnded(), consulting.untilEnded()]);
    expect(told()).toEqual(['SIP/2.0 100 Trying', 'SIP/2.0 200 OK']);
    await areConnected(caller, asked);
    // Ann can be called again; Bob cannot.
    expect((await world.phone('tester').then((tester) => tester.call('102'))).rejectedWith).toBe(486);
    asked.hangUp();
    await caller.untilEnded();
  });

  test('tags may be named as the other end sees them', async () => {
    const { caller, callee: answered } = await talk(eve, '101', ann);
    const { caller: consulting, callee: asked } = await talk(ann, '102', bob);
    const [, callId, toTag, fromTag] = /^(.*);to-tag=(.*);from-tag=(.*)$/.exec(consulting.replaces) ?? [];
    expect(await connect(answered, `${callId};to-tag=${fromTag};from-tag=${toTag}`)).toBe(202);
    await areConnected(caller, asked);
    caller.hangUp();
    await asked.untilEnded();
  });

  test('whom they called, both', async () => {
    const first = await talk(ann, '103', eve);
    const second = await talk(ann, '102', bob);
    expect(await connect(first.caller, second.caller.replaces)).toBe(202);
    await Promise.all([first.caller.untilEnded(), second.caller.untilEnded()]);
    await areConnected(first.callee, second.callee);
    // They may transfer in turn.
    first.callee.hangUp();
    await second.callee.untilEnded();
  });

  test('a caller from a queue; the record says who talks', async () => {
    const tester = await world.phone('tester');
    const { caller, callee: answered } = await talk(tester, 'flow.main', ann);
    const { caller: consulting, callee: asked } = await talk(ann, '102', bob);
    expect(await connect(answered, consulting.replaces)).toBe(202);
    await areConnected(caller, asked);
    expect(world.lastCall).toMatchObject({ phase: 'talking', personId: 'bob' });
    asked.hangUp();
    await caller.untilEnded();
    expect(world.lastCall).toMatchObject({ phase: 'ended', endCause: 'far-end-hung-up' });
  });
});

describe('[AT3] what cannot be connected stays as it is', () => {
  test.each([
    ['an unknown dialog', async () => 'unknown;to-tag=a;from-tag=b', '481'],
    ['a call that rings', async () => (await ann.dial('102')).replaces, '481'],
    ['the same call', async (answered: TestCall) => answered.replaces, '400'],
    ['another user’s call', async () => (await talk(bob, '103', eve)).caller.replaces, '481'],
  ])('%s', async (_what, replaces, status) => {
    const tester = await world.phone('tester');
    const { caller, callee: answered } = await talk(tester, '101', ann);
    expect(await connect(answered, await replaces(answered))).toBe(202);
    await eventually('the outcome', () => told().at(-1)?.startsWith(`SIP/2.0 ${status}`));
    await areConnected(caller, answered);
  });

  test.each(['nothing', 'a%3Bto-tag%3Db', '%'])('a Replaces that names no dialog: %s', async (value) => {
    const { caller, callee: answered } = await talk(eve, '101', ann);
    expect(await answered.transfer(`<sip:102@${REALM}?Replaces=${value}>`)).toBe(400);
    expect([caller.ended, answered.ended]).toEqual([undefined, undefined]);
  });
});

describe('[AT4] a phone takes the place of another one of the same user', () => {
  test('of who was called', async () => {
    const { caller, callee: answered } = await talk(eve, '101', ann);
    const other = await world.phone('ann');
    const taken = await other.call('101', [['Replaces', answered.replaces]]);
    await answered.untilEnded();
    await areConnected(caller, taken);
    caller.hangUp();
    await taken.untilEnded();
  });

  test('of the caller', async () => {
    const { caller, callee } = await talk(eve, '101', ann);
    const other = await world.phone('eve');
    const taken = await other.call('101', [
      ['Replaces', caller.replaces],
      ['Require', 'replaces'],
    ]);
    await caller.untilEnded();
    await areConnected(taken, callee);
    callee.hangUp();
    await taken.untilEnded();
  });
});

describe('[AT5] a phone that may not', () => {
  test.each([
    ['an unknown dialog', bob, () => 'unknown;to-tag=a;from-tag=b', 481],
    ['early-only', ann, (call: TestCall) => `${call.replaces};early-only`, 486],
    ['no dialog', ann, () => 'nothing', 400],
  ])('%s', async (_what, _phone, value, status) => {
    const { caller, callee: answered } = await talk(eve, '101', ann);
    const refused = await ann.call('101', [['Replaces', value(answered)]]);
    expect(refused.rejectedWith).toBe(status);
    await areConnected(caller, answered);
  });

  test('someone else’s', async () => {
    const { caller, callee: answered } = await talk(eve, '101', ann);
    expect((await bob.call('101', [['Replaces', answered.replaces]])).rejectedWith).toBe(481);
    await areConnected(caller, answered);
  });

  test('one that is over', async () => {
    const { caller, callee: answered } = await talk(eve, '101', ann);
    const { replaces } = answered;
    caller.hangUp();
    await answered.untilEnded();
    expect((await ann.call('101', [['Replaces', replaces]])).rejectedWith).toBe(603);
  });
});
