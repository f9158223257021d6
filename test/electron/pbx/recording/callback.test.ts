import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { CallbackParent } from '../../../support/callback-parent.ts';
import { eventually } from '../../../support/eventually.ts';
import { PbxWorld, type WorldSketch } from '../../../support/pbx-world.ts';
import { sine, toneShare } from '../../../support/sound.ts';
import { readStereo } from '../../../support/stereo.ts';

const sketch: WorldSketch = {
  nodes: {
    start: { type: 'start', to: { next: 'back' } },
    back: { type: 'callback', data: { queueId: 'help' }, to: { requested: 'bye', 'not-possible': 'bye' } },
    bye: { type: 'hang-up' },
  },
  queues: { help: { members: [{ personId: 'ann' }], rings: 2, callbackRings: 2, recording: 'always' } },
};

test('[RE9] who is called back is on the left, the operator on the right', async () => {
  const parent = new CallbackParent();
  const world = await parent.serve(await PbxWorld.start(sketch));
  onTestFinished(async () => {
    await world.stop();
    await parent.settled;
  });
  const bob = await world.phone('bob');
  await (await bob.call('flow.main')).untilEnded();
  const ann = await world.phone('ann');
  const operator = await ann.nextCall();
  await operator.answer();
  const caller = await bob.nextCall();
  await caller.answer();
  caller.media.speak(sine(900, 1000));
  operator.media.speak(sine(600, 1000));
  const call = await eventually('the recording', () =>
    world.calls().findLast(({ recording }) => recording?.state === 'recording'),
  );
  await caller.media.listen(700);
  // Hold ends it; after it the next one begins.
  await operator.setDirection('sendonly');
  await eventually('the hold', () => world.lastCall?.recording?.state === 'off');
  await operator.setDirection('sendrecv');
  await eventually('the next one', () => world.lastCall?.recording?.state === 'recording');
  world.pbx.record(call.callId, 'pause');
  expect(world.lastCall?.recording?.state).toBe('paused');
  caller.hangUp();
  await operator.untilEnded();
  await eventually('the recordings', () => world.events.filter(({ type }) => type === 'recording').length === 2);
  const sound = await readStereo(join(world.directory, 'recordings', `${call.callId}.wav`));
  expect(toneShare(sound.left.subarray(1600), 900)).toBeGreaterThan(0.9);
  expect(toneShare(sound.right.subarray(1600), 600)).toBeGreaterThan(0.9);
});
