import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../../../support/eventually.ts';
import { PbxWorld, passwordOf, REALM, type WorldSketch } from '../../../support/pbx-world.ts';
import { TestSubscription } from '../../../support/phone/subscription.ts';
import { TestPhone } from '../../../support/phone/test-phone.ts';

const sketch: WorldSketch = {
  nodes: {
    start: { type: 'start', to: { next: 'bye' } },
    bye: { type: 'hang-up' },
  },
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

/** `trying early …` in the order they were told, of every call in each document. */
const states = (watch: TestSubscription) =>
  watch.notifies.map(({ body }) => [...body.matchAll(/<state>(.*?)<\/state>/g)].map(([, state]) => state).join(' '));
const until = (watch: TestSubscription, state: string) => eventually(state, () => states(watch).at(-1) === state);
const attribute = (text: string, name: string) =>
  new RegExp(` ${name}="(.*?)"`).exec(text.slice(text.indexOf('?>')))?.[1];

describe('[LM1] messages', () => {
  test('are told when they come, are heard, and go', async () => {
    const watch = await TestSubscription.begin(ann, '101', 'message-summary');
    await eventually('nothing', () => watch.notifies.length === 1);
    expect(watch.body).toBe(`Messages-Waiting: no\r\nMessage-Account: sip:101@${REALM}\r\nVoice-Message: 0/0\r\n`);
    expect(watch.notifies[0]?.contentType).toBe('application/simple-message-summary');
    for (const [fresh, heard, waiting] of [
      [1, 0, 'yes'],
      [0, 1, 'no'],
      [0, 0, 'no'],
    ] as const) {
      world.pbx.setMailboxes(fresh + heard === 0 ? {} : { ann: { fresh, heard } });
      await eventually('the counts', () => watch.body.includes(`Voice-Message: ${fresh}/${heard}\r\n`));
      expect(watch.body).toContain(`Messages-Waiting: ${waiting}\r\n`);
    }
    world.pbx.setMailboxes({ bob: { fresh: 3, heard: 0 }, nobody: { fresh: 1, heard: 1 } });
    expect(watch.notifies).toHaveLength(4);
  });

  test('of another are not told', async () => {
    expect((await TestSubscription.begin(ann, '102', 'message-summary')).status).toBe(403);
  });

  test('that were there before are told', async () => {
    world.pbx.setMailboxes({ ann: { fresh: 2, heard: 8 } });
    const watch = await TestSubscription.begin(ann, '101', 'message-summary');
    await eventually('the counts', () => watch.body.includes('Voice-Message: 2/8\r\n'));
  });
});

describe('[LD1] [LD2] [LD3] a colleague’s calls', () => {
  test('from the first ring to the end', async () => {
    const watch = await TestSubscription.begin(bob, '101', 'dialog');
    expect(watch.status).toBe(200);
    const eve = await world.phone('eve');
    const calling = await eve.dial('101');
    const rung = await ann.nextCall();
    await until(watch, 'early');
    expect(watch.body).toContain('<identity display="eve">sip:103@dialtree.test</identity>');
    expect(attribute(watch.body, 'direction')).toBe('recipient');
    await rung.answer();
    await until(watch, 'confirmed');
    expect(watch.body).not.toContain('103@');
    calling.hangUp();
    await until(watch, 'terminated');
    const told = states(watch).filter((state, index, all) => state !== all[index - 1]);
    expect(told.filter((state) => state !== 'trying')).toEqual(['', 'early', 'confirmed', 'terminated']);
    expect(watch.notifies.map(({ body }) => attribute(body, 'version'))).toEqual(
      watch.notifies.map((_notify, index) => String(index)),
    );
    expect(watch.notifies.every(({ body }) => attribute(body, 'entity') === `sip:101@${REALM}`)).toBe(true);
    expect(watch.notifies.every(({ body }) => body.includes('state="full"'))).toBe(true);
    expect(watch.notifies[0]?.contentType).toBe('application/dialog-info+xml');
    await rung.untilEnded();
  });

  test('that they make, without whom they call', async () => {
    const watch = await TestSubscription.begin(bob, '101', 'dialog');
    const eve = await world.phone('eve');
    const calling = await ann.dial('103');
    const rung = await eve.nextCall();
    await until(watch, 'early');
    expect(attribute(watch.body, 'direction')).toBe('initiator');
    expect(watch.body).not.toContain('103@');
    calling.giveUp();
    await until(watch, 'terminated');
    await rung.untilEnded();
  });

  test('a call that nobody answers is over; what is told next leaves it out', async () => {
    const watch = await TestSubscription.begin(bob, '101', 'dialog');
    const eve = await world.phone('eve');
    const calling = await eve.dial('101');
    await ann.nextCall();
    await until(watch, 'early');
    const first = attribute(watch.body, 'id');
    calling.giveUp();
    await until(watch, 'terminated');
    expect(attribute(watch.body, 'id')).toBe(first);
    const again = await eve.dial('101');
    await ann.nextCall();
    await until(watch, 'early');
    expect(watch.body).not.toContain(`id="${first}"`);
    again.giveUp();
    await until(watch, 'terminated');
  });

  test('on two phones', async () => {
    const second = await world.phone('ann');
    const watch = await TestSubscription.begin(bob, '101', 'dialog');
    const eve = await world.phone('eve');
    const calling = await eve.dial('101');
    await Promise.all([ann.nextCall(), second.nextCall()]);
    await until(watch, 'early early');
    calling.giveUp();
    await until(watch, 'terminated terminated');
  });

  test('of nobody', async () => {
    expect((await TestSubscription.begin(bob, '999', 'dialog')).status).toBe(404);
  });

  test('are not told to who has not signed in', async () => {
    const options = { wsUrl: world.wsUrl, user: '101', password: passwordOf('101'), realm: REALM };
    const stranger = await new TestPhone(options).connect();
    world.phones.push(stranger);
    expect((await TestSubscription.begin(stranger, '102', 'dialog')).status).toBe(407);
  });
});

test('[LD4] the ids are not those of the dialog', async () => {
  const watch = await TestSubscription.begin(bob, '101', 'dialog');
  const eve = await world.phone('eve');
  const calling = await eve.dial('101');
  const rung = await ann.nextCall();
  await until(watch, 'early');
  const secrets = [
    rung.invite.callId,
    rung.invite.fromTag,
    calling.session.callId,
    rung.session.dialogId?.split(' ')[1],
  ];
  for (const secret of secrets) expect(watch.body).not.toContain(String(secret));
  expect(attribute(watch.body, 'call-id')).toMatch(/^[0-9a-f]{32}$/);
  calling.giveUp();
  await rung.untilEnded();
});

test('whose account goes is told so, once', async () => {
  const watch = await TestSubscription.begin(bob, '101', 'dialog');
  await eventually('the first', () => watch.notifies.length === 1);
  const config = world.config(sketch);
  await world.pbx.configure({ ...config, accounts: config.accounts.filter(({ user }) => user !== '102') });
  await eventually('the last', () => watch.notifies.length === 2);
  expect(watch.notifies.at(-1)?.headers.get('Subscription-State')).toBe('terminated;reason=rejected');
});
