import { afterEach, expect, test } from 'vitest';
import { serialiseWav } from '../../../../electron/media/wav.ts';
import type { TextSource } from '../../../../shared/flow/speech.ts';
import { eventually } from '../../../support/eventually.ts';
import { PbxWorld, type WorldSketch } from '../../../support/pbx-world.ts';
import type { TestCall } from '../../../support/phone/test-call.ts';
import { sine, toneShare } from '../../../support/sound.ts';

const TONE = 1000;

const sketch = (queue: Record<string, unknown>): WorldSketch => ({
  nodes: {
    start: { type: 'start', to: { next: 'pl' } },
    pl: { type: 'language', data: { language: 'pl' }, to: { next: 'wait' } },
    wait: { type: 'queue', data: { queueId: 'help', breakOutKey: '9' }, to: { 'key-pressed': 'bye' } },
    bye: { type: 'hang-up' },
  },
  queues: { help: { members: [{ personId: 'ann' }], ...queue } },
});

let world: PbxWorld;
afterEach(async () => {
  await world.stop();
  expect(world.pbx.load).toEqual({ calls: 0, sessions: 0, transactions: 0 });
});

/** A world whose parent speaks each text as a tone of that length; gives what was to be spoken. */
async function begin(durationMs: number): Promise<TextSource[]> {
  world = await PbxWorld.start(sketch({ announcePosition: 'always' }));
  const spoken: TextSource[] = [];
  const wav = serialiseWav({ sampleRate: 16_000, samples: sine(TONE, durationMs, 16_000) }).toString('base64');
  world.onEvent = (event) => {
    if (event.type !== 'render') return;
    spoken.push(event.source);
    queueMicrotask(() => world.pbx.handleRendered(event.requestId, { wav }));
  };
  return spoken;
}

const isTold = (call: TestCall) => toneShare(call.media.heardSamples(-10), TONE) > 0.9;
const isMusic = (call: TestCall) => {
  const heard = call.media.heardSamples(-10);
  return toneShare(heard, TONE) < 0.3 && heard.some((sample) => Math.abs(sample) > 500);
};

test('[QA2] [QA4] over the music the caller is told their place, in the language of the call; then music goes on', async () => {
  const spoken = await begin(600);
  const call = await (await world.phone('tester')).call('flow.main');
  await eventually('the announcement', () => isTold(call));
  await eventually('music after it', () => isMusic(call));
  expect(spoken).toEqual([{ kind: 'text', text: 'Twoje miejsce w kolejce: 1.', language: 'pl', speed: 1, volume: 1 }]);
  const second = await (await world.phone('eve')).call('flow.main');
  await eventually('the next caller', () => spoken.length === 2);
  expect(spoken[1]?.text).toBe('Twoje miejsce w kolejce: 2.');
  call.hangUp();
  second.hangUp();
  await Promise.all([call.untilEnded(), second.untilEnded()]);
});

test('[QA5] the key that leaves the queue does so in the middle of it', async () => {
  await begin(20_000);
  const call = await (await world.phone('tester')).call('flow.main');
  await eventually('the announcement', () => isTold(call));
  call.media.press('9');
  expect(await call.untilEnded()).toEqual({ by: 'remote', cause: 'bye' });
  expect(world.traces().findLast((entry) => entry.type === 'outcome')).toMatchObject({ output: 'key-pressed' });
});

test('[QA5] being answered ends it at once: both hear each other, and nothing of the rest', async () => {
  await begin(20_000);
  const call = await (await world.phone('tester')).call('flow.main');
  await eventually('the announcement', () => isTold(call));
  const ann = await world.phone('ann');
  const talking = await ann.nextCall();
  await talking.answer();
  await talking.media.connected;
  talking.media.speak(sine(440, 1000));
  await eventually('the operator', () => toneShare(call.media.heardSamples(-10), 440) > 0.9);
  call.hangUp();
  await talking.untilEnded();
});
