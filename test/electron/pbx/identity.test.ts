import { describe, expect, test } from 'vitest';
import { CallPath } from '../../../electron/pbx/call-path.ts';
import { CallRecord } from '../../../electron/pbx/call-record.ts';
import { callerIdentity } from '../../../electron/pbx/caller-identity.ts';
import { failureOf } from '../../../electron/pbx/person-ringer.ts';
import type { IncomingSession } from '../../../electron/sip/session/incoming.ts';
import type { PbxEvent } from '../../../shared/bridge/pbx.ts';
import { request } from '../../support/sip/messages.ts';

describe('who calls', () => {
  const credentials = { realm: 'r', md5Ha1: '0'.repeat(32), sha256Ha1: '0'.repeat(64) };
  const tester = { user: 'tester', displayName: 'Test caller', credentials };

  function identity(from: string, headers: readonly string[] = [], account = tester) {
    const message = request({ method: 'INVITE', headers, fromName: from });
    return callerIdentity({ request: message } as unknown as IncomingSession, account);
  }

  test.each([
    ['"Jan"', ['X-Dialtree-Caller: +48123456789'], { number: '+48123456789', name: 'Jan' }],
    ['"Jan"', ['X-Dialtree-Caller: Anonymous'], { number: '', name: '' }],
    ['"+48 (12) 345-67"', [], { number: '+481234567', name: '' }],
    ['"Jan"', ['X-Dialtree-Caller: <script>'], { number: 'tester', name: 'Jan' }],
    ['', [], { number: 'tester', name: 'Test caller' }],
  ])('the tester as %s %j', (from, headers, expected) => expect(identity(from, headers)).toEqual(expected));

  test('a person is their extension, whatever they say', () => {
    const person = { ...tester, user: '101', displayName: 'Ann', personId: 'ann' };
    expect(identity('"Boss"', ['X-Dialtree-Caller: 1'], person)).toEqual({ number: '101', name: 'Ann' });
  });
});

test('the path of a call has the names as drawn and the keys pressed, and leaves out what has no name', () => {
  const path = new CallPath({ main: { menu: 'Main menu' } });
  path.add({ atMs: 0, type: 'node-entered', flowId: 'main', nodeId: 'start' });
  path.add({ atMs: 0, type: 'node-entered', flowId: 'main', nodeId: 'menu' });
  path.add({ atMs: 5, type: 'digit', nodeId: 'menu', digit: '1' });
  path.add({ atMs: 6, type: 'digit', nodeId: 'menu', digit: '2' });
  path.add({ atMs: 7, type: 'prompt-finished', nodeId: 'menu' });
  expect(path.steps).toEqual([{ node: 'Main menu', digits: '12' }]);
});

test('a record tells what has changed, once', () => {
  const told: PbxEvent[] = [];
  const record = new CallRecord((event) => told.push(event), {
    callId: 'c',
    caller: { number: '1', name: '' },
    dialled: '100',
    startedAtMs: 5,
  });
  record.update({ phase: 'ringing' });
  record.update({ phase: 'ringing' });
  record.trace({ atMs: 0, type: 'node-entered', flowId: 'main', nodeId: 'n' });
  expect(told.map((event) => (event.type === 'call' ? [event.call.phase, event.call.flowId] : event.type))).toEqual([
    ['flow', null],
    ['ringing', null],
    'trace',
    ['ringing', 'main'],
  ]);
});

test.each([
  [486, true, 'busy'],
  [600, true, 'busy'],
  [603, false, 'declined'],
  [480, true, 'declined'],
  [480, false, 'unavailable'],
  [408, true, 'no-answer'],
  [408, false, 'unavailable'],
  [404, false, 'unavailable'],
  [488, true, 'unavailable'],
  [503, true, 'unavailable'],
] as const)('a phone that refuses with %i (rang: %s) is %s', (status, rang, failure) => {
  expect(failureOf(status, rang)).toBe(failure);
});
