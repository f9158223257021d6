import { expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { PbxWorld } from '../../support/pbx-world.ts';

/** Sockets and servers of this process. */
const open = () =>
  process
    .getActiveResourcesInfo()
    .filter((name) => /TCP|UDP/.test(name))
    .sort();

test('after stop no socket is open, whatever was going on', async () => {
  const before = open();
  const world = await PbxWorld.start({
    nodes: {
      start: { type: 'start', to: { next: 'ann' } },
      ann: { type: 'employee', data: { people: ['ann'] } },
    },
  });
  const [ann, tester, other] = [await world.phone('ann'), await world.phone('tester'), await world.phone('eve')];
  const talking = await tester.dial('flow.main');
  const ringing = await ann.nextCall();
  await ringing.answer();
  await talking.media.connected;
  await other.dial('flow.main');
  expect(open().length).toBeGreaterThan(before.length);
  await world.stop();
  await eventually('every socket closed', () => open().length <= before.length);
  expect(world.pbx.load).toEqual({ calls: 0, sessions: 0, transactions: 0 });
});
