import { afterEach, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { PbxWorld, PROMPT_SOUND } from '../../support/pbx-world.ts';
import { findSound } from '../../support/sound.ts';

let world: PbxWorld;
afterEach(() => world.stop());

const menu = {
  start: { type: 'start', to: { next: 'menu' } },
  menu: { type: 'menu', data: { prompt: 'Press one', keys: ['1', '2'] }, to: { 'key:1': 'bye', 'key:2': 'ann' } },
  bye: { type: 'hang-up' },
  ann: { type: 'employee', data: { people: ['ann'] } },
} as const;

test('a caller hears the prompt and presses a key by RFC 4733', async () => {
  world = await PbxWorld.start({ nodes: menu });
  const phone = await world.phone('tester');
  const call = await phone.call('flow.main');
  await call.media.connected;
  const heard = await call.media.listen(400);
  expect(findSound(heard, PROMPT_SOUND.subarray(400, 2000)).match).toBeGreaterThan(0.95);
  call.media.press('1');
  await call.untilEnded();
  expect(call.ended).toEqual({ by: 'remote', cause: 'bye' });
  await eventually('the end', () => world.lastCall?.phase === 'ended');
  expect(world.traces().map((entry) => entry.type)).toContain('digit');
});
