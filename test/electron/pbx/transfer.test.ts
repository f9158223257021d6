import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { PbxWorld, REALM, type WorldSketch } from '../../support/pbx-world.ts';
import type { TestCall } from '../../support/phone/test-call.ts';
import type { TestPhone } from '../../support/phone/test-phone.ts';
import { sine, toneShare } from '../../support/sound.ts';

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
beforeEach(async () => {
  world = await PbxWorld.start(sketch);
  ann = await world.phone('ann');
  bob = await world.phone('bob');
});
afterEach(async () => {
  await world.stop();
  expect(world.pbx.load).toEqual({ calls: 0, sessions: 0, transactions: 0 });
});

/** Eve calls Ann, who answers. */
async function talk(): Promise<{ caller: TestCall; operator: TestCall }> {
  const eve = await world.phone('eve');
  const caller = await eve.dial('101');
  const operator = await ann.nextCall();
  await operator.answer();
  await Promise.all([caller.media.connected, operator.media.connected]);
  return { caller, operator };
}

const to = (extension: string) => `<sip:${extension}@${REALM}>`;
/** Bodies of the NOTIFYs that came to Ann. */
const told = () =>
  ann.received.flatMap((text) => (text.startsWith('NOTIFY') ? [text.split('\r\n\r\n')[1]?.trim() ?? ''] : []));
const hears = (call: TestCall, frequencyHz: number) =>
  eventually(`${frequencyHz} Hz`, () => toneShare(call.media.heardSamples(-25), frequencyHz) > 0.8);

test('[TX1] [TX2] the caller hears ringback, then talks with the colleague; who transferred is let go', async () => {
  const { caller, operator } = await talk();
  expect(await operator.transfer(to('102'))).toBe(202);
  const rung = await bob.nextCall();
  expect(rung.invite.from.uri).toContain('103');
  await hears(caller, 425);
  await rung.answer();
  await rung.media.connected;
  rung.media.speak(sine(900, 1000));
  caller.media.speak(sine(600, 1000));
  await Promise.all([hears(caller, 900), hears(rung, 600)]);
  await operator.untilEnded();
  expect(told()).toEqual(['SIP/2.0 100 Trying', 'SIP/2.0 200 OK']);
  expect(ann.received.findLast((text) => text.startsWith('NOTIFY'))).toMatch(/Subscription-State: terminated/);
  // The new one may transfer, too.
  rung.hangUp();
  await caller.untilEnded();
});

test('[TX1] who transferred may hang up at once', async () => {
  const { caller, operator } = await talk();
  await operator.transfer(to('102'));
  operator.hangUp();
  const rung = await bob.nextCall();
  expect(caller.ended).toBeUndefined();
  await rung.answer();
  await rung.media.connected;
  rung.media.speak(sine(900, 1000));
  await hears(caller, 900);
  caller.hangUp();
  await rung.untilEnded();
});

describe('[TX3] a colleague who does not answer', () => {
  test('the conversation goes on', async () => {
    const { caller, operator } = await talk();
    await operator.transfer(to('102'));
    (await bob.nextCall()).reject(486);
    await eventually('the outcome', () => told().includes('SIP/2.0 486 Busy Here'));
    operator.media.speak(sine(700, 1000));
    await hears(caller, 700);
    caller.hangUp();
    await operator.untilEnded();
  });

  test('the call ends when who transferred is gone', async () => {
    const { caller, operator } = await talk();
    await operator.transfer(to('102'));
    operator.hangUp();
    (await bob.nextCall()).reject(486);
    await caller.untilEnded();
  });
});

test('the caller hangs up meanwhile: nobody is rung any more', async () => {
  const { caller, operator } = await talk();
  await operator.transfer(to('102'));
  const rung = await bob.nextCall();
  caller.hangUp();
  expect((await rung.untilEnded()).cause).toBe('cancel');
  await operator.untilEnded();
});

test.each([
  ['someone who is not there', [to('999')], 603],
  ['something else than a call', [`<sip:102@${REALM};method=BYE>`], 603],
  ['two at once', [to('102'), to('103')], 400],
  ['nobody', [], 400],
  ['no SIP address', ['<tel:102>'], 400],
])('declines a transfer to %s', async (_what, targets, status) => {
  const { caller, operator } = await talk();
  expect(await operator.transfer(...targets)).toBe(status);
  expect(told()).toEqual([]);
  expect([caller.ended, bob.incoming]).toEqual([undefined, []]);
});

test('declines a caller who transfers', async () => {
  const { caller } = await talk();
  expect(await caller.transfer(to('102'))).toBe(603);
});

test('[TX2] an operator of a queue transfers; the record says who talks', async () => {
  const tester = await world.phone('tester');
  const caller = await tester.call('flow.main');
  const operator = await ann.nextCall();
  await operator.answer();
  await eventually('the talk', () => world.lastCall?.phase === 'talking');
  expect(await operator.transfer(to('102'))).toBe(202);
  const rung = await bob.nextCall();
  await rung.answer();
  await operator.untilEnded();
  expect(world.lastCall).toMatchObject({ phase: 'talking', personId: 'bob' });
  rung.hangUp();
  await caller.untilEnded();
  expect(world.lastCall).toMatchObject({ phase: 'ended', endCause: 'far-end-hung-up' });
});
