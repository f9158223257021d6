import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { serialiseWav } from '../../../../electron/media/wav.ts';
import { decodeCallerContext } from '../../../../shared/bridge/caller-context.ts';
import { CallbackParent } from '../../../support/callback-parent.ts';
import { eventually } from '../../../support/eventually.ts';
import { PbxWorld, PROMPT_SOUND, type WorldSketch } from '../../../support/pbx-world.ts';
import type { TestCall } from '../../../support/phone/test-call.ts';
import type { TestPhone } from '../../../support/phone/test-phone.ts';
import { findSound, sine, toneShare } from '../../../support/sound.ts';

/** Ann and Eve answer; the tester, Bob and people outside call. */
const sketch = (queue: Record<string, unknown> = {}): WorldSketch => ({
  nodes: {
    start: { type: 'start', to: { next: 'menu' } },
    menu: { type: 'menu', data: { prompt: 'Press', keys: ['1', '2'] }, to: { 'key:1': 'wait', 'key:2': 'back' } },
    wait: { type: 'queue', data: { queueId: 'help', breakOutKey: '9' }, to: { 'key-pressed': 'back' } },
    back: { type: 'callback', data: { queueId: 'help' }, to: { requested: 'thanks', 'not-possible': 'bye' } },
    thanks: { type: 'say', data: { prompt: 'We will call you' }, to: { next: 'bye' } },
    bye: { type: 'hang-up' },
  },
  queues: {
    help: { members: [{ personId: 'ann' }], rings: 1, retryMs: 0, callbackRings: 1, callbackRetryMs: 1000, ...queue },
  },
});

let world: PbxWorld;
let parent: CallbackParent;
beforeEach(() => {
  parent = new CallbackParent();
});
afterEach(async () => {
  await world.stop();
  await parent.settled;
  expect(world.pbx.load).toEqual({ calls: 0, sessions: 0, transactions: 0 });
});

const begin = async (queue?: Record<string, unknown>) => {
  world = await parent.serve(await PbxWorld.start(sketch(queue)));
};

/** Calls the flow and chooses: `1` waits in the queue, `2` asks for a call back. */
async function choose(phone: TestPhone, key: '1' | '2'): Promise<TestCall> {
  const call = await phone.call('flow.main');
  await call.pressByInfo(key);
  return call;
}

/** Asks for a call back and stays until the flow hangs up. */
async function ask(phone: TestPhone): Promise<void> {
  const before = parent.list.length;
  const call = await choose(phone, '2');
  await call.untilEnded();
  await eventually('the wish on the list', () => parent.list.length > before);
}

const queued = (count: number) =>
  eventually('callers in the queue', () => world.calls().filter(({ phase }) => phase === 'queued').length >= count);

async function hearEachOther(a: TestCall, b: TestCall): Promise<void> {
  await Promise.all([a.media.connected, b.media.connected]);
  a.media.speak(sine(440, 1000));
  b.media.speak(sine(880, 1000));
  await eventually('both voices', () => {
    const [heardByA, heardByB] = [a.media.heardSamples(-15), b.media.heardSamples(-15)];
    return toneShare(heardByA, 880) > 0.5 && toneShare(heardByB, 440) > 0.5;
  });
}

test('[QD5] [QD6] the place is kept: who asked in between is called in between', async () => {
  await begin();
  const [ann, tester, bob] = [await world.phone('ann'), await world.phone('tester'), await world.phone('bob')];
  const eve = await world.phone('eve');
  // Ann is busy until all three have chosen.
  const keepsBusy = await ann.call('flow.main');
  const first = await choose(tester, '1');
  await queued(1);
  await ask(bob);
  const third = await choose(eve, '1');
  await queued(2);
  keepsBusy.hangUp();

  const one = await ann.nextCall();
  expect(one.invite.from.uri).toContain('tester');
  await one.answer();
  first.hangUp();

  const two = await ann.nextCall();
  expect(two.invite.from.uri).toContain('102');
  const context = decodeCallerContext((name) => two.invite.headers.get(name));
  expect(context).toMatchObject({ queue: 'help', callback: true });
  expect(context?.waitedMs).toBeGreaterThan(0);
  await two.answer();
  const back = await bob.nextCall();
  expect(back.invite.from).toMatchObject({ displayName: 'help' });
  await two.media.connected;
  await eventually('ringback', () => toneShare(two.media.heardSamples(-15), 425) > 0.8);
  await back.answer();
  await hearEachOther(two, back);
  expect(parent.results).toEqual([{ served: 'reached' }]);
  expect(parent.list).toEqual([]);
  expect(world.calls().findLast(({ dialled }) => dialled === '102')).toMatchObject({
    phase: 'talking',
    personId: 'ann',
  });
  expect(ann.incoming).toEqual([]);
  back.hangUp();
  await two.untilEnded();

  const three = await ann.nextCall();
  expect(three.invite.from.uri).toContain('103');
  third.hangUp();
});

test('[QD5] who leaves the queue by its key to be called back keeps the place of that wait', async () => {
  await begin();
  const [ann, tester, bob] = [await world.phone('ann'), await world.phone('tester'), await world.phone('bob')];
  const keepsBusy = await ann.call('flow.main');
  const leaves = await choose(bob, '1');
  await queued(1);
  const second = await choose(tester, '1');
  await queued(2);
  await leaves.pressByInfo('9');
  await leaves.untilEnded();
  keepsBusy.hangUp();
  const ringing = await ann.nextCall();
  expect(ringing.invite.from.uri).toContain('102');
  second.hangUp();
});

test('[QD5] while the caller is still on the line, members are free for others', async () => {
  await begin();
  const [tester, bob] = [await world.phone('tester'), await world.phone('bob')];
  const call = await choose(bob, '2');
  await eventually('the wish on the list', () => parent.list.length === 1);
  const behind = await choose(tester, '1');
  await queued(1);
  const other = await bob.call('flow.main');
  await call.untilEnded();
  const ann = await world.phone('ann');
  const ringing = await ann.nextCall();
  expect(ringing.invite.from.uri).toContain('tester');
  // Their own turn comes once their line is free.
  other.hangUp();
  const theirs = await ann.nextCall();
  expect(theirs.invite.from.uri).toContain('102');
  behind.hangUp();
});

test('[QD5] places outlive the PBX', async () => {
  await begin();
  await ask(await world.phone('bob'));
  await ask(await world.phone('eve'));
  await world.stop();
  await begin();
  const [bob, tester] = [await world.phone('bob'), await world.phone('tester')];
  const live = await choose(tester, '1');
  await queued(1);
  const ann = await world.phone('ann');
  const first = await ann.nextCall();
  expect(first.invite.from.uri).toContain('102');
  await first.answer();
  await (await bob.nextCall()).answer();
  await eventually('reached', () => parent.list.length === 1);
  first.hangUp();
  const second = await ann.nextCall();
  expect(second.invite.from.uri).toContain('103');
  live.hangUp();
});

test('[QD6] a member who does not answer is passed over for the next', async () => {
  await begin({ members: [{ personId: 'ann' }, { personId: 'eve' }], strategy: 'linear' });
  const [ann, bob, eve] = [await world.phone('ann'), await world.phone('bob'), await world.phone('eve')];
  await ask(bob);
  const missed = await ann.nextCall();
  const taken = await eve.nextCall();
  expect((await missed.untilEnded()).cause).toBe('cancel');
  await taken.answer();
  const back = await bob.nextCall();
  await back.answer();
  await hearEachOther(taken, back);
  taken.hangUp();
  await back.untilEnded();
});

describe('[QD8] a caller who cannot be reached', () => {
  test('is tried again after the pause, and stays on the list as failed after the last attempt', async () => {
    await begin({ callbackAttempts: 2 });
    const [ann, bob] = [await world.phone('ann'), await world.phone('bob')];
    await ask(bob);
    for (const [status, outcome, failed] of [
      [486, 'busy', false],
      [480, 'busy', true],
    ] as const) {
      const call = await ann.nextCall();
      await call.answer();
      (await bob.nextCall()).reject(status);
      await eventually('the outcome', () => parent.list[0]?.tries?.failed === failed);
      expect(parent.list[0]?.tries).toMatchObject({ outcome, failed });
      call.hangUp();
    }
    expect(parent.list[0]?.tries?.attempts).toBe(2);
    // Asking again is a new beginning.
    const again = await choose(bob, '2');
    await again.untilEnded();
    expect(parent.list[0]).not.toHaveProperty('tries');
    await ann.nextCall();
  });

  test('by not answering', async () => {
    await begin({ callbackAttempts: 1 });
    const [ann, bob] = [await world.phone('ann'), await world.phone('bob')];
    await ask(bob);
    const call = await ann.nextCall();
    await call.answer();
    const missed = await bob.nextCall();
    expect((await missed.untilEnded()).cause).toBe('cancel');
    await eventually('the outcome', () => parent.list[0]?.tries);
    expect(parent.list[0]?.tries).toMatchObject({ outcome: 'no-answer', failed: true });
    await call.media.connected;
    await eventually('busy tone', () => toneShare(call.media.heardSamples(-15), 425) > 0.8);
  });

  test('outside: the member hears why, it is not tried again', async () => {
    await begin();
    const ann = await world.phone('ann');
    await ask(await world.phone('tester', { displayName: '+48123456789' }));
    const call = await ann.nextCall();
    await call.answer();
    const wanted = await eventually('what is to be said', () => world.events.find(({ type }) => type === 'render'));
    if (wanted.type !== 'render') throw new Error('nothing is said');
    expect(wanted.source.text).toContain('no line');
    await call.media.connected;
    world.pbx.handleRendered(wanted.requestId, {
      wav: serialiseWav({ sampleRate: 8000, samples: PROMPT_SOUND }).toString('base64'),
    });
    await call.untilEnded();
    expect(findSound(call.media.heardSamples(), PROMPT_SOUND).match).toBeGreaterThan(0.9);
    expect(parent.list).toMatchObject([{ tries: { attempts: 1, outcome: 'no-line', failed: true } }]);
  });

  test('is tried again when the member hangs up before', async () => {
    await begin();
    const [ann, bob] = [await world.phone('ann'), await world.phone('bob')];
    await ask(bob);
    const call = await ann.nextCall();
    await call.answer();
    const ringing = await bob.nextCall();
    call.hangUp();
    await ringing.untilEnded();
    await eventually('the outcome', () => parent.list[0]?.tries);
    expect(parent.list[0]?.tries).toMatchObject({ outcome: 'member-gone', failed: false });
    await ann.nextCall();
  });
});

describe('[QD7] who calls in again meanwhile', () => {
  test('waits at the kept place, and is off the list once served', async () => {
    await begin();
    const [tester, bob] = [await world.phone('tester'), await world.phone('bob')];
    await ask(bob);
    await choose(tester, '1');
    await queued(1);
    const again = await choose(bob, '1');
    await queued(2);
    const ann = await world.phone('ann');
    const call = await ann.nextCall();
    expect(call.invite.from.uri).toContain('102');
    expect(decodeCallerContext((name) => call.invite.headers.get(name))).not.toHaveProperty('callback');
    await call.answer();
    await hearEachOther(call, again);
    expect(parent.results).toEqual([{ served: 'called-in' }]);
    expect(parent.list).toEqual([]);
  });

  test('is still called back when they leave without having been served', async () => {
    await begin();
    const bob = await world.phone('bob');
    await ask(bob);
    const again = await choose(bob, '1');
    await queued(1);
    again.hangUp();
    await again.untilEnded();
    const call = await (await world.phone('ann')).nextCall();
    expect(decodeCallerContext((name) => call.invite.headers.get(name))?.callback).toBe(true);
  });
});

test('[QD9] who is taken off the list is not called, and the member stops ringing', async () => {
  await begin();
  const [ann, bob] = [await world.phone('ann'), await world.phone('bob')];
  await ask(bob);
  const ringing = await ann.nextCall();
  await parent.done(parent.list[0]?.id ?? '');
  expect((await ringing.untilEnded()).cause).toBe('cancel');
  expect(parent.list).toEqual([]);
});

test('[QD9] a supervisor ends a call back that goes on', async () => {
  await begin();
  const [ann, bob] = [await world.phone('ann'), await world.phone('bob')];
  await ask(bob);
  const call = await ann.nextCall();
  await call.answer();
  await (await bob.nextCall()).answer();
  const { callId } = await eventually('the talk', () => world.calls().find(({ phase }) => phase === 'talking'));
  world.pbx.hangUp(callId);
  await call.untilEnded();
  expect(world.lastCall).toMatchObject({ callId, phase: 'ended', endCause: 'hung-up-by-supervisor' });
});
