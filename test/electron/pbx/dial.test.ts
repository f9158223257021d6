import { beforeEach, describe, expect, test } from 'vitest';
import { Dial } from '../../../electron/pbx/dial.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import { FakeRinger, OFFER } from '../../support/fake-ringer.ts';

let clock: ManualClock;
let ringer: FakeRinger;
let told: string[];

beforeEach(() => {
  clock = new ManualClock();
  ringer = new FakeRinger();
  told = [];
});

function dial(mode: 'all' | 'in-order', ...people: string[]): Dial<string> {
  const request = { people, mode, ringMs: 20_000, offer: OFFER } as const;
  const attempt = new Dial(ringer, clock, request, {
    onRinging: (personId) => told.push(`ringing ${personId}`),
    onAnswered: (personId) => told.push(`answered ${personId}`),
    onFailed: (outcome) => told.push(outcome),
  });
  attempt.start();
  return attempt;
}

const reasons = () => ringer.rings.map((ring) => [ring.personId, ring.cancelledFor]);

describe('[DL1] in order', () => {
  test('one after the other, each for their time', () => {
    dial('in-order', 'ann', 'bob');
    clock.advance(19_999);
    expect(ringer.ringing).toEqual(['ann']);
    clock.advance(1);
    expect(ringer.ringing).toEqual(['bob']);
    clock.advance(20_000);
    expect(told).toEqual(['no-answer']);
    expect(reasons()).toEqual([
      ['ann', 'no-answer'],
      ['bob', 'no-answer'],
    ]);
  });

  test('who is busy, declines or is unavailable is passed over at once', () => {
    ringer.failing.set('ann', 'unavailable').set('bob', 'busy');
    dial('in-order', 'ann', 'bob', 'eve');
    expect(ringer.ringing).toEqual(['eve']);
    ringer.answer('eve');
    expect(told).toEqual(['answered eve']);
  });

  test('the next one gets their full time', () => {
    dial('in-order', 'ann', 'bob');
    clock.advance(15_000);
    ringer.fail('ann', 'declined');
    clock.advance(19_999);
    expect(ringer.ringing).toEqual(['bob']);
  });
});

describe('[DL1] all at once', () => {
  test('the first who answers has it; for the others it is answered elsewhere', () => {
    dial('all', 'ann', 'bob', 'eve');
    expect(ringer.ringing).toEqual(['ann', 'bob', 'eve']);
    ringer.answer('bob');
    expect(told).toEqual(['answered bob']);
    expect(reasons()).toEqual([
      ['ann', 'answered-elsewhere'],
      ['bob', undefined],
      ['eve', 'answered-elsewhere'],
    ]);
  });

  test('it goes on while anyone rings', () => {
    ringer.failing.set('ann', 'busy');
    dial('all', 'ann', 'bob', 'eve');
    ringer.fail('bob', 'declined');
    expect(told).toEqual([]);
    clock.advance(20_000);
    expect(told).toEqual(['no-answer']);
  });

  test('a person named twice rings once', () => {
    dial('all', 'ann', 'ann');
    expect(ringer.ringing).toEqual(['ann']);
  });
});

test.each([
  [['unavailable', 'unavailable'], 'unavailable'],
  [['busy', 'unavailable'], 'busy'],
  [['unavailable', 'declined'], 'busy'],
  [['no-answer', 'busy'], 'no-answer'],
] as const)('[DL3] %j is %s, whatever the order and mode', (failures, outcome) => {
  for (const mode of ['all', 'in-order'] as const) {
    for (const order of [failures, [...failures].reverse()]) {
      told = [];
      ringer.failing.set('ann', order[0] ?? 'busy').set('bob', order[1] ?? 'busy');
      dial(mode, 'ann', 'bob');
      expect(told).toEqual([outcome]);
    }
  }
});

test('a caller who is gone stops it, and nothing is told', () => {
  const attempt = dial('all', 'ann', 'bob');
  attempt.cancel();
  attempt.cancel();
  clock.advance(60_000);
  expect(told).toEqual([]);
  expect(reasons().map(([, why]) => why)).toEqual(['caller-gone', 'caller-gone']);
});

test('no timer is left, however it ends', () => {
  dial('in-order', 'ann').cancel();
  dial('all', 'ann');
  ringer.answer('ann');
  dial('in-order', 'ann');
  ringer.fail('ann', 'busy');
  expect(clock.pending).toBe(0);
});
