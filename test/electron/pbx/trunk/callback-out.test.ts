import { afterEach, expect, test } from 'vitest';
import { CallbackParent } from '../../../support/callback-parent.ts';
import { eventually } from '../../../support/eventually.ts';
import { PROMPT_SOUND, type WorldSketch } from '../../../support/pbx-world.ts';
import type { TestCall } from '../../../support/phone/test-call.ts';
import { findSound } from '../../../support/sound.ts';
import { OUTSIDE_NUMBER, TrunkWorld } from '../../../support/trunk-world.ts';

/** Whoever calls is to be called back by Ann. */
const sketch: WorldSketch = {
  nodes: {
    start: { type: 'start', to: { next: 'back' } },
    back: { type: 'callback', data: { queueId: 'help' }, to: { requested: 'bye', 'not-possible': 'bye' } },
    bye: { type: 'hang-up' },
  },
  queues: { help: { members: [{ personId: 'ann' }], rings: 1, retryMs: 0, callbackRings: 2, callbackRetryMs: 1000 } },
};

let trunks: TrunkWorld;
let parent: CallbackParent;
afterEach(async () => {
  await trunks.stop();
  await parent.settled;
  expect(trunks.world.pbx.load).toEqual({ calls: 0, sessions: 0, transactions: 0 });
});

/** That caller asks for a call back, and Ann answers it. */
async function askAndAnswer(caller: string): Promise<TestCall> {
  parent = new CallbackParent();
  trunks = await TrunkWorld.start(sketch);
  await parent.serve(trunks.world);
  await trunks.connect();
  const ann = await trunks.world.phone('ann');
  const phone = await trunks.world.phone('tester', { displayName: caller });
  await phone.call('flow.main').catch(() => undefined);
  const call = await ann.nextCall();
  await call.answer();
  return call;
}

test('[TO6] a caller from outside is called back over the trunk, and heard', async () => {
  const call = await askAndAnswer(OUTSIDE_NUMBER);
  await call.untilEnded();
  expect(findSound(call.media.heardSamples(), PROMPT_SOUND).match).toBeGreaterThan(0.9);
  await eventually('an empty list', () => parent.list.length === 0);
  expect(parent.results).toEqual([{ served: 'reached' }]);
});

test('[TO6] a premium number that somebody left is not called, nor tried again', async () => {
  const call = await askAndAnswer('+48701234567');
  await eventually('the outcome', () => parent.list[0]?.tries);
  expect(parent.list).toMatchObject([{ tries: { attempts: 1, outcome: 'no-line', failed: true } }]);
  expect(trunks.world.logs('trunk.refused')).toMatchObject([{ fields: { code: 'trunk/premium' } }]);
  expect(trunks.provider.calls()).toEqual([]);
  call.hangUp();
});
