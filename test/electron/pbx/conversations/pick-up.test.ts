import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../../../support/eventually.ts';
import { PbxWorld, passwordOf, REALM, type WorldSketch } from '../../../support/pbx-world.ts';
import { TestSubscription } from '../../../support/phone/subscription.ts';
import type { TestCall } from '../../../support/phone/test-call.ts';
import { TestPhone } from '../../../support/phone/test-phone.ts';
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

const hears = (call: TestCall, frequencyHz: number) =>
  eventually(`${frequencyHz} Hz`, () => toneShare(call.media.heardSamples(-25), frequencyHz) > 0.8);

/** Both hear one another. */
async function areConnected(one: TestCall, other: TestCall): Promise<void> {
  one.media.speak(sine(900, 1000));
  other.media.speak(sine(600, 1000));
  await Promise.all([hears(other, 900), hears(one, 600)]);
}

/** Ann's phone rings; gives the names of that call that the event `dialog` tells. */
async function ringing(from: TestPhone = eve, target = '101') {
  const watch = await TestSubscription.begin(bob, '101', 'dialog');
  const caller = await from.dial(target);
  const rung = await ann.nextCall();
  rung.ring();
  await eventually('the light', () => watch.body.includes('<state>early</state>'));
  const value = (name: string) => new RegExp(` ${name}="(.*?)"`).exec(watch.body)?.[1] ?? '';
  // As phones with lights do it: local is the end of who is rung.
  const replaces = `${value('call-id')};to-tag=${value('local-tag')};from-tag=${value('remote-tag')}`;
  return { watch, caller, rung, replaces };
}

const cancels = (phone: TestPhone) => phone.received.filter((text) => text.startsWith('CANCEL'));
const pickUp = (phone: TestPhone, replaces: string) => phone.call('101', [['Replaces', replaces]]);

describe('[PU1] [PU2] a colleague picks up', () => {
  test('what rings at two phones', async () => {
    const second = await world.phone('ann');
    const { watch, caller, rung, replaces } = await ringing();
    const other = await second.nextCall();
    const picked = await pickUp(bob, replaces);
    await Promise.all([rung.untilEnded(), other.untilEnded()]);
    await areConnected(caller, picked);
    for (const phone of [ann, second]) {
      expect(cancels(phone)).toHaveLength(1);
      expect(cancels(phone)[0]).toContain('Reason: SIP;cause=200;text="Call completed elsewhere"');
    }
    await eventually('no light', () => watch.body.includes('<state>terminated</state>'));
    // Ann is free again.
    const tester = await world.phone('tester');
    const next = await tester.dial('101');
    await ann.nextCall();
    next.giveUp();
    picked.hangUp();
    await caller.untilEnded();
  });

  test('a caller from a queue; the record says who took it', async () => {
    const tester = await world.phone('tester');
    const { caller, replaces } = await ringing(tester, 'flow.main');
    const picked = await pickUp(bob, replaces);
    await areConnected(caller, picked);
    expect(world.lastCall).toMatchObject({ phase: 'talking', personId: 'bob' });
    expect(world.trace('answered') ?? world.traces().find((entry) => 'by' in entry)).toMatchObject({ by: 'bob' });
    caller.hangUp();
    await picked.untilEnded();
  });

  test('a call that is being transferred', async () => {
    const caller = await eve.dial('102');
    const first = await bob.nextCall();
    await first.answer();
    await first.media.connected;
    const watch = await TestSubscription.begin(bob, '101', 'dialog');
    expect(await first.transfer(`<sip:101@${REALM}>`)).toBe(202);
    await ann.nextCall();
    await eventually('the light', () => watch.body.includes('<state>early</state>'));
    const value = (name: string) => new RegExp(` ${name}="(.*?)"`).exec(watch.body)?.[1] ?? '';
    const tester = await world.phone('tester');
    const named = `${value('call-id')};to-tag=${value('local-tag')};from-tag=${value('remote-tag')}`;
    const picked = await pickUp(tester, named);
    await first.untilEnded();
    await areConnected(caller, picked);
    picked.hangUp();
    await caller.untilEnded();
  });

  test.each([
    ['as the phone that rings knows it', (call: TestCall) => dialogOf(call).join(' ')],
    ['the other way round', (call: TestCall) => dialogOf(call).toReversed().join(' ')],
  ])('by the early dialog, %s', async (_what, tags) => {
    const { caller, rung } = await ringing();
    const [one, other] = tags(rung).split(' ');
    const picked = await pickUp(bob, `${rung.invite.callId};to-tag=${one};from-tag=${other};early-only`);
    await rung.untilEnded();
    await areConnected(caller, picked);
    picked.hangUp();
    await caller.untilEnded();
  });

  test('not without an account', async () => {
    const { caller, rung, replaces } = await ringing();
    const options = { wsUrl: world.wsUrl, user: '102', password: passwordOf('102'), realm: REALM };
    const stranger = await new TestPhone(options).connect();
    world.phones.push(stranger);
    expect((await pickUp(stranger, replaces)).rejectedWith).toBe(407);
    await rung.answer();
    await areConnected(caller, rung);
  });
});

/** Our tag and the phone's. */
const dialogOf = (call: TestCall) => call.session.dialogId?.split(' ').slice(1) ?? [];

describe('[PU3] what rings no more', () => {
  test.each(['answered', 'given up'])('because it was %s', async (why) => {
    const { caller, rung, replaces } = await ringing();
    if (why === 'answered') await rung.answer();
    else caller.giveUp();
    await eventually('the end of the ringing', () => rung.ended !== undefined || rung.session.state === 'confirmed');
    expect((await pickUp(bob, replaces)).rejectedWith).toBe(481);
    if (why === 'answered') await areConnected(caller, rung);
  });

  test('because another was faster', async () => {
    const tester = await world.phone('tester');
    const { caller, replaces } = await ringing();
    const both = await Promise.all([pickUp(bob, replaces), pickUp(tester, replaces)]);
    await eventually('one of them let go', () => both.some((call) => call.ended ?? call.rejectedWith));
    const kept = both.filter((call) => call.ended === undefined && call.rejectedWith === undefined);
    expect(kept).toHaveLength(1);
    await areConnected(caller, kept[0]!);
    caller.hangUp();
    await kept[0]?.untilEnded();
  });

  test('without a common codec it rings on', async () => {
    const { caller, rung, replaces } = await ringing();
    const offer = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/AVP 96\r\n';
    const response = await bob.request(
      'INVITE',
      `sip:101@${REALM}`,
      [
        ['Replaces', replaces],
        ['Contact', `<${bob.contact}>`],
        ['Content-Type', 'application/sdp'],
      ],
      offer,
    );
    expect(response.status).toBe(488);
    expect(cancels(ann)).toEqual([]);
    await rung.answer();
    await areConnected(caller, rung);
  });
});

test('[PU4] a call that the colleague makes', async () => {
  const watch = await TestSubscription.begin(bob, '101', 'dialog');
  const calling = await ann.dial('103');
  const rung = await eve.nextCall();
  rung.ring();
  await eventually('the light', () => watch.body.includes('direction="initiator"'));
  const value = (name: string) => new RegExp(` ${name}="(.*?)"`).exec(watch.body)?.[1] ?? '';
  const named = `${value('call-id')};to-tag=${value('local-tag')};from-tag=${value('remote-tag')}`;
  expect((await pickUp(bob, named)).rejectedWith).toBe(481);
  calling.giveUp();
  await rung.untilEnded();
});
