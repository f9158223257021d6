import { beforeEach, expect, test } from 'vitest';
import type { SipResponse } from '../../../electron/sip/message.ts';
import { Registrar } from '../../../electron/sip/registrar.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import { FakeFlow } from '../../support/sip/fake-flow.ts';
import { request } from '../../support/sip/messages.ts';

let clock: ManualClock;
let registrar: Registrar;
let changes: string[];
let cseq: number;

beforeEach(() => {
  clock = new ManualClock();
  changes = [];
  cseq = 0;
  registrar = new Registrar({ clock, onChange: (user) => changes.push(user), maxBindings: 3 });
});

function register(
  contacts: readonly string[],
  flow = new FakeFlow(),
  options: { expires?: string; cseq?: number; callId?: string } = {},
): SipResponse {
  const expires = options.expires === undefined ? [] : [`Expires: ${options.expires}`];
  const message = request({
    method: 'REGISTER',
    uri: 'sip:dialtree.test',
    callId: options.callId ?? 'reg',
    cseq: options.cseq ?? ++cseq,
    headers: [...contacts.map((contact) => `Contact: ${contact}`), ...expires],
  });
  return registrar.register(message, '101', flow);
}

const contacts = () => registrar.bindingsOf('101').map((binding) => binding.contact);

test('echoes the Contact as the phone wrote it, with its instance and the time left', () => {
  const sent = '<sip:ab1@x.invalid;transport=ws;ob>;+sip.ice;reg-id=1;+sip.instance="<urn:uuid:1>";expires=600';
  const response = register([sent]);
  expect(response.status).toBe(200);
  expect(response.headers.getAll('Contact')).toEqual([
    '<sip:ab1@x.invalid;transport=ws;ob>;+sip.instance="<urn:uuid:1>";expires=600',
  ]);
  expect(changes).toEqual(['101']);
});

test('a phone that comes back with its instance replaces its old binding, on the new connection', () => {
  const [before, after] = [new FakeFlow(), new FakeFlow()];
  register(['<sip:a@x>;+sip.instance="<urn:uuid:1>"'], before);
  register(['<sip:b@x>;+sip.instance="<urn:uuid:1>"'], after, { callId: 'other' });
  expect(contacts()).toEqual(['sip:b@x']);
  registrar.handleFlowClosed(before);
  expect(contacts()).toEqual(['sip:b@x']);
  expect(registrar.isOn('101', after)).toBe(true);
  expect(registrar.isOn('101', before)).toBe(false);
});

test('a binding goes with its connection', () => {
  const flow = new FakeFlow();
  register(['<sip:a@x>'], flow);
  register(['<sip:b@x>']);
  registrar.handleFlowClosed(flow);
  expect(contacts()).toEqual(['sip:b@x']);
});

test('a binding runs out, unless it is refreshed', () => {
  register(['<sip:a@x>;expires=100']);
  clock.advance(90_000);
  register(['<sip:a@x>;expires=100']);
  clock.advance(90_000);
  expect(contacts()).toEqual(['sip:a@x']);
  clock.advance(10_000);
  expect(contacts()).toEqual([]);
  expect(registrar.users()).toEqual([]);
});

test('[3261 10.3] a too short interval is refused with the minimum, a too long one is shortened', () => {
  const brief = register(['<sip:a@x>;expires=10']);
  expect([brief.status, brief.headers.get('Min-Expires')]).toEqual([423, '60']);
  expect(register(['<sip:a@x>'], undefined, { expires: '99999' }).headers.get('Contact')).toContain('expires=3600');
  expect(register(['<sip:a@x>'], undefined, { expires: 'soon' }).headers.get('Contact')).toContain('expires=3600');
});

test('[3261 10.2.2] expires=0 removes one, * with Expires 0 removes all', () => {
  register(['<sip:a@x>', '<sip:b@x>']);
  expect(contacts()).toEqual(['sip:a@x', 'sip:b@x']);
  register(['<sip:a@x>;expires=0']);
  expect(contacts()).toEqual(['sip:b@x']);
  expect(register(['*']).status).toBe(400);
  expect(register(['*', '<sip:c@x>'], undefined, { expires: '0' }).status).toBe(400);
  expect(register(['*'], undefined, { expires: '0' }).status).toBe(200);
  expect(contacts()).toEqual([]);
});

test('[3261 10.3 step 7] a request out of order changes nothing', () => {
  register(['<sip:a@x>'], undefined, { cseq: 5 });
  expect(register(['<sip:a@x>;expires=0'], undefined, { cseq: 4 }).status).toBe(500);
  expect(register(['<sip:a@x>;expires=0'], undefined, { cseq: 1, callId: 'new' }).status).toBe(200);
});

test('a REGISTER without Contact only asks', () => {
  register(['<sip:a@x>']);
  changes.length = 0;
  expect(register([]).headers.getAll('Contact')).toHaveLength(1);
  expect(changes).toEqual([]);
});

test('a malformed Contact is refused', () => expect(register(['<sip:a@x']).status).toBe(400));

test('the oldest phone makes room for one too many', () => {
  for (const name of ['a', 'b', 'c', 'd']) register([`<sip:${name}@x>`]);
  expect(contacts()).toEqual(['sip:b@x', 'sip:c@x', 'sip:d@x']);
});

test('close leaves no timer', () => {
  register(['<sip:a@x>', '<sip:b@x>']);
  registrar.close();
  expect(clock.pending).toBe(0);
});
