import { afterEach, describe, expect, test } from 'vitest';
import { DEFAULT_REACH, type Reach } from '../../../../shared/bridge/reach.ts';
import { eventually } from '../../../support/eventually.ts';
import { PbxWorld, type TestPerson, type WorldSketch } from '../../../support/pbx-world.ts';
import { sine, toneShare } from '../../../support/sound.ts';
import { OUTSIDE_NUMBER, TrunkWorld } from '../../../support/trunk-world.ts';

const sketch: WorldSketch = {
  nodes: {
    start: { type: 'start', to: { next: 'ann' } },
    ann: { type: 'employee', data: { people: ['ann'] }, to: { busy: 'wait' } },
    wait: { type: 'queue', data: { queueId: 'help' } },
  },
  queues: { help: { members: [{ personId: 'ann' }] } },
};

let world: PbxWorld;
afterEach(async () => {
  await world.stop();
  expect(world.pbx.load).toEqual({ calls: 0, sessions: 0, transactions: 0 });
});

const set = (person: TestPerson, part: Partial<Reach>) =>
  world.pbx.operators.setReach(person, { ...DEFAULT_REACH, ...part });

describe('who names a person', () => {
  test('[RX2] [RX6] from a colleague: the call is with whom it was forwarded to, who is told for whom it was', async () => {
    world = await PbxWorld.start(sketch);
    const [ann, bob, eve] = await Promise.all([world.phone('ann'), world.phone('bob'), world.phone('eve')]);
    set('ann', { always: '102' });
    const caller = await eve.dial('101');
    const rung = await bob.nextCall();
    expect(rung.invite.headers.get('Diversion')).toBe('<sip:101@dialtree.test>;reason=unconditional');
    expect(ann.incoming).toHaveLength(0);
    await rung.answer();
    await Promise.all([caller.media.connected, rung.media.connected]);
    rung.media.speak(sine(900, 1000));
    await eventually('Bob', () => toneShare(caller.media.heardSamples(-25), 900) > 0.8);
    caller.hangUp();
    await rung.untilEnded();
  });

  test('[RX1] [RX3] from a flow: not to be disturbed is busy, and who answers elsewhere has the call', async () => {
    world = await PbxWorld.start(sketch);
    const [ann, bob, tester] = await Promise.all([world.phone('ann'), world.phone('bob'), world.phone('tester')]);
    set('ann', { doNotDisturb: true });
    const refused = await tester.dial('flow.main');
    // By the output `busy` into the queue, which does not ring her either.
    await eventually('the queue', () => world.lastCall?.phase === 'queued');
    expect(ann.incoming).toHaveLength(0);
    refused.giveUp();
    await eventually('the end', () => world.lastCall?.phase === 'ended');
    set('ann', { doNotDisturb: true, busy: '102' });
    const caller = await tester.dial('flow.main');
    const rung = await bob.nextCall();
    await rung.answer();
    await eventually('the conversation', () => world.lastCall?.phase === 'talking');
    expect(world.lastCall?.personId).toBe('bob');
    // She calls whom she likes.
    const own = await ann.call('103');
    expect(own.rejectedWith).toBe(480);
    caller.hangUp();
    await rung.untilEnded();
  });
});

test('[RX5] goes outside over the line, under its rules', async () => {
  const worlds = await TrunkWorld.start(sketch);
  world = worlds.world;
  await worlds.connect();
  const eve = await world.phone('eve');
  set('ann', { always: OUTSIDE_NUMBER });
  const caller = await eve.call('101');
  expect(caller.rejectedWith).toBeUndefined();
  await caller.media.connected;
  await eventually('the voice outside', () => Math.max(...caller.media.heardSamples(-25)) > 1000);
  caller.hangUp();
  set('ann', { always: '+39061234567' }); // no allowed prefix
  expect((await eve.call('101')).rejectedWith).toBe(480);
  await worlds.provider.stop();
});

test('[RX8] is as it was after a restart of the PBX', async () => {
  world = await PbxWorld.start(sketch);
  const [bob, eve] = await Promise.all([world.phone('bob'), world.phone('eve')]);
  world.pbx.operators.restore({
    ann: {
      chosen: { kind: 'available' },
      sinceMs: 0,
      outOf: [],
      wrapUp: null,
      reach: { ...DEFAULT_REACH, always: '102' },
    },
  });
  const caller = await eve.dial('101');
  const rung = await bob.nextCall();
  caller.giveUp();
  await rung.untilEnded();
});
