import { afterEach, expect, test } from 'vitest';
import type { OperatorState } from '../../../../shared/bridge/desk.ts';
import { eventually } from '../../../support/eventually.ts';
import { PbxWorld, type WorldSketch } from '../../../support/pbx-world.ts';

/** Ann is in `help`, Eve in `sales`; who calls waits for help, or goes to Bob himself. */
const sketch = (help: Record<string, unknown> = {}): WorldSketch => ({
  nodes: {
    start: { type: 'start', to: { next: 'wait' } },
    wait: { type: 'queue', data: { queueId: 'help' }, to: { timeout: 'bye' } },
    bye: { type: 'hang-up' },
  },
  queues: {
    help: { members: [{ personId: 'ann' }], rings: 1, retryMs: 0, ...help },
    sales: { members: [{ personId: 'eve' }], rings: 5 },
  },
});

let world: PbxWorld;
afterEach(async () => {
  await world.stop();
  expect(world.pbx.load).toEqual({ calls: 0, sessions: 0, transactions: 0 });
});

const last = (personId: string): OperatorState | undefined =>
  world.events
    .flatMap((event) => (event.type === 'operator' && event.operator.personId === personId ? [event.operator] : []))
    .at(-1);
const queued = () => eventually('the caller waits', () => world.lastCall?.phase === 'queued');
const talking = () => eventually('they talk', () => world.lastCall?.phase === 'talking');

test('[OS1] a phone of who is paused stays silent for the queue, and rings for a colleague', async () => {
  world = await PbxWorld.start(sketch());
  const [ann, bob, tester] = [await world.phone('ann'), await world.phone('bob'), await world.phone('tester')];
  world.pbx.operators.choose('ann', { kind: 'paused', reason: 'Lunch' });
  const waiting = await tester.call('flow.main');
  await queued();
  const direct = await bob.dial('101');
  const rung = await ann.nextCall();
  expect(last('ann')).toMatchObject({ activity: 'ringing', chosen: { kind: 'paused' } });
  await rung.answer();
  await eventually('on call', () => last('ann')?.activity === 'on-call');
  await eventually('an answer', () => direct.answeredAtMs !== undefined);
  direct.hangUp();
  await rung.untilEnded();
  world.pbx.operators.choose('ann', { kind: 'available' });
  const offered = await ann.nextCall();
  await offered.answer();
  await talking();
  waiting.hangUp();
  await offered.untilEnded();
});

test('[OS3] after a conversation of a queue its wrap-up is told with the call', async () => {
  world = await PbxWorld.start(sketch({ wrapUpMs: 60_000 }));
  const [ann, tester] = [await world.phone('ann'), await world.phone('tester')];
  const call = await tester.call('flow.main');
  await (await ann.nextCall()).answer();
  await talking();
  call.hangUp();
  await eventually('wrap-up', () => last('ann')?.wrapUp !== null && last('ann')?.activity === 'idle');
  expect(last('ann')?.wrapUp).toMatchObject({ queueId: 'help', callId: world.lastCall?.callId });
  world.pbx.operators.changeWrapUp('ann', 'finish');
  expect(last('ann')).toMatchObject({ wrapUp: null, chosen: { kind: 'available' } });
});

test('[OS4] a phone that rings in vain pauses its operator, and the ring is told', async () => {
  world = await PbxWorld.start(sketch({ autoPauseAfter: 1 }));
  const [ann, tester] = [await world.phone('ann'), await world.phone('tester')];
  const call = await tester.call('flow.main');
  await ann.nextCall();
  await eventually('the pause', () => last('ann')?.chosen.kind === 'paused');
  const told = world.events.find((event) => event.type === 'unanswered');
  expect(told).toMatchObject({ personId: 'ann', queueId: 'help', callId: world.lastCall?.callId });
  call.hangUp();
  await call.untilEnded();
});

test('[OS8] a caller who waits is put into another queue, at the place of their wait', async () => {
  world = await PbxWorld.start(sketch());
  const [eve, tester, bob] = [await world.phone('eve'), await world.phone('tester'), await world.phone('bob')];
  const first = await tester.call('flow.main');
  await queued();
  const { callId = '', waitingSinceMs } = world.lastCall ?? {};
  const second = await bob.call('flow.main');
  await eventually('both wait', () => world.calls().filter(({ phase }) => phase === 'queued').length >= 2);
  world.pbx.move(callId, 'gone');
  world.pbx.move(callId, 'sales');
  await eventually('moved', () => world.calls().some((call) => call.callId === callId && call.queueId === 'sales'));
  expect(world.calls().findLast((call) => call.callId === callId)).toMatchObject({ phase: 'queued', waitingSinceMs });
  const rung = await eve.nextCall();
  await rung.answer();
  await talking();
  // Who talks waits no more.
  world.pbx.move(callId, 'help');
  expect(world.calls().findLast((call) => call.callId === callId)).toMatchObject({ phase: 'talking', personId: 'eve' });
  for (const call of [first, second]) call.hangUp();
  await rung.untilEnded();
});
