import { beforeEach, expect, test } from 'vitest';
import { Qualify } from '../../../../electron/pbx/trunk/qualify.ts';
import type { RegistrationState } from '../../../../electron/pbx/trunk/registration.ts';
import { TransactionLayer } from '../../../../electron/sip/transactions/layer.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { FakeFlow } from '../../../support/sip/fake-flow.ts';
import { responseTo } from '../../../support/sip/messages.ts';

let clock: ManualClock;
let flow: FakeFlow;
let layer: TransactionLayer;
let states: RegistrationState[];
let qualify: Qualify;
let opening: Promise<FakeFlow> | undefined;

beforeEach(() => {
  clock = new ManualClock();
  flow = new FakeFlow('UDP');
  [states, opening] = [[], undefined];
  layer = new TransactionLayer(clock, { handleRequest: () => {} });
  qualify = new Qualify({
    clock,
    way: {
      flow: () => opening ?? Promise.resolve(flow),
      contactFor: () => '<sip:us@127.0.0.1>',
      send: (request, over, events) => layer.send(request, over, events),
    },
    aor: 'sip:us@peer.test',
    target: 'sip:peer.test',
    product: 'Dialtree',
    onState: (state) => states.push(state),
    random: () => 0,
  });
});

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
const questions = () => new Set(flow.sent).size;

async function begin(): Promise<void> {
  qualify.start();
  await settle();
}

async function advance(byMs: number): Promise<void> {
  clock.advance(byMs);
  await settle();
}

const answer = (status: number) => layer.receive(responseTo(flow.sent.at(-1) ?? '', status), flow);

test.each([
  [200, 'registered'],
  [404, 'registered'],
  [501, 'registered'],
  [403, 'refused'],
  [503, 'unreachable'],
])('[TG8] %d is %s', async (status, state) => {
  await begin();
  expect(flow.request()).toMatchObject({ method: 'OPTIONS', uri: 'sip:peer.test' });
  answer(status);
  expect(states.map((one) => one.status)).toEqual(['connecting', state]);
});

test('[TG8] asks again each minute, and tells a change only', async () => {
  await begin();
  answer(200);
  await advance(59_999);
  expect(questions()).toBe(1);
  await advance(1);
  expect(questions()).toBe(2);
  answer(200);
  expect(states).toHaveLength(2);
  await advance(60_000);
  await advance(32_000);
  expect(states.at(-1)).toEqual({ status: 'unreachable', sipStatus: null, reason: 'no answer' });
});

test('[TG8] tries again after a while when there is no answer or no way', async () => {
  opening = Promise.reject(new Error('there is no such name'));
  await begin();
  expect(states.at(-1)).toMatchObject({ status: 'unreachable', reason: 'there is no such name' });
  opening = undefined;
  await advance(2499);
  expect(questions()).toBe(0);
  await advance(1);
  answer(200);
  expect(qualify.state.status).toBe('registered');
});

test('[TG7] a stop leaves nothing running', async () => {
  await begin();
  await qualify.stop();
  answer(200);
  expect(qualify.state.status).toBe('off');
  layer.close();
  expect(clock.pending).toBe(0);
});
