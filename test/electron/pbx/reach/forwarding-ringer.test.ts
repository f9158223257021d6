import { beforeEach, describe, expect, test } from 'vitest';
import type { AnsweredPerson } from '../../../../electron/pbx/person-ringer.ts';
import { ForwardingRinger } from '../../../../electron/pbx/reach/forwarding-ringer.ts';
import { DEFAULT_REACH, type Reach } from '../../../../shared/bridge/reach.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import type { Ringer } from '../../../../shared/queue/ringer.ts';
import { FakeRinger, OFFER } from '../../../support/fake-ringer.ts';

const EXTENSIONS: Readonly<Record<string, string>> = { '101': 'ann', '102': 'bob', '103': 'eve' };
const OUTSIDE = '+48600700800';

let clock: ManualClock;
let phones: FakeRinger;
let outside: FakeRinger;
let reach: Record<string, Partial<Reach>>;
let ringer: ForwardingRinger;
/** What the caller's side was told. */
let told: unknown[];

/** Fakes connect with a name: what answers is an object with it. */
const asPeople = (fake: FakeRinger): Ringer<AnsweredPerson> => ({
  ring: (personId, offer, events) =>
    fake.ring(personId, offer, {
      onRinging: () => events.onRinging?.(),
      onFailed: (why) => events.onFailed(why),
      onAnswered: (name) => events.onAnswered({ name } as unknown as AnsweredPerson),
    }),
});

beforeEach(() => {
  clock = new ManualClock();
  phones = new FakeRinger();
  outside = new FakeRinger();
  reach = {};
  told = [];
  const calls = asPeople(outside);
  ringer = new ForwardingRinger({
    clock,
    ringer: asPeople(phones),
    reachOf: (personId) => ({ ...DEFAULT_REACH, ...reach[personId] }),
    personOf: (extension) => EXTENSIONS[extension],
    addressOf: (personId) => `sip:${personId}@test`,
    ringOutside: (number, offer, events) => calls.ring(number, offer, events),
  });
});

const ring = (personId: string) =>
  ringer.ring(personId, OFFER, {
    onAnswered: (person) => told.push(person),
    onFailed: (why) => told.push(why),
  });
const diversions = (fake: FakeRinger) =>
  fake.rings.at(-1)?.offer.headers.flatMap(([name, value]) => (name === 'Diversion' ? [value] : []));

test('who has set nothing is rung, and answers as who was rung', () => {
  ring('ann');
  expect(phones.ringing).toEqual(['ann']);
  clock.advance(600_000);
  phones.answer('ann');
  expect(told).toEqual([{ name: 'ann' }]);
});

describe('do not disturb', () => {
  test('[RX1] is busy, without a ring', () => {
    reach = { ann: { doNotDisturb: true } };
    ring('ann');
    expect([phones.rings.length, told]).toEqual([0, ['busy']]);
  });

  test('[RX3] sends the call on, where calls go while busy', () => {
    reach = { ann: { doNotDisturb: true, busy: '102', noAnswer: '103' } };
    ring('ann');
    expect(phones.ringing).toEqual(['bob']);
    expect(diversions(phones)).toEqual(['<sip:ann@test>;reason=do-not-disturb']);
  });
});

describe('forwarding', () => {
  test('[RX2] [RX6] always: the target alone rings, and is who has the call', () => {
    reach = { ann: { always: '102', doNotDisturb: true } };
    ring('ann');
    expect(phones.ringing).toEqual(['bob']);
    expect(diversions(phones)).toEqual(['<sip:ann@test>;reason=unconditional']);
    phones.answer('bob');
    expect(told).toEqual([{ name: 'bob', personId: 'bob' }]);
  });

  test.each(['busy', 'declined'] as const)('[RX3] when they are %s', (why) => {
    reach = { ann: { busy: OUTSIDE } };
    ring('ann');
    phones.fail('ann', why);
    expect(outside.ringing).toEqual([OUTSIDE]);
    expect(diversions(outside)).toEqual(['<sip:ann@test>;reason=user-busy']);
    outside.answer(OUTSIDE);
    expect(told).toEqual([{ name: OUTSIDE, personId: OUTSIDE }]);
  });

  test('[RX4] after the time they set, with their phones told that it is answered elsewhere', () => {
    reach = { ann: { noAnswer: '103', noAnswerMs: 10_000 } };
    ring('ann');
    clock.advance(9999);
    expect(phones.ringing).toEqual(['ann']);
    clock.advance(1);
    expect(phones.ringing).toEqual(['eve']);
    expect(phones.rings[0]?.cancelledFor).toBe('answered-elsewhere');
    phones.fail('eve', 'no-answer');
    expect(told).toEqual(['no-answer']);
  });

  test('[RX4] at once where they have no phone', () => {
    reach = { ann: { noAnswer: '103', busy: '102' } };
    phones.failing.set('ann', 'unavailable');
    ring('ann');
    expect(phones.ringing).toEqual(['eve']);
  });

  test('[RX4] an answer in time is an answer', () => {
    reach = { ann: { noAnswer: '103', noAnswerMs: 10_000 } };
    ring('ann');
    phones.answer('ann');
    clock.advance(20_000);
    expect([told, phones.rings.length]).toEqual([[{ name: 'ann' }], 1]);
  });

  test('[RX5] [RX6] goes from one to the next, each with their own settings', () => {
    reach = { ann: { always: '102' }, bob: { busy: '103' } };
    ring('ann');
    phones.fail('bob', 'busy');
    expect(phones.ringing).toEqual(['eve']);
    expect(diversions(phones)).toEqual(['<sip:ann@test>;reason=unconditional', '<sip:bob@test>;reason=user-busy']);
  });

  test('[RX5] never in a circle', () => {
    reach = { ann: { always: '102' }, bob: { always: '103' }, eve: { always: '101' } };
    ring('ann');
    expect([phones.rings.length, told]).toEqual([0, ['busy']]);
    reach = { ann: { busy: OUTSIDE }, bob: { always: OUTSIDE } };
    outside.failing.set(OUTSIDE, 'unavailable');
    ring('bob');
    expect(told).toEqual(['busy', 'no-answer']);
  });

  test('[RX7] a target that is busy is busy, one that cannot be had does not answer', () => {
    reach = { ann: { always: OUTSIDE } };
    outside.failing.set(OUTSIDE, 'busy');
    ring('ann');
    outside.failing.set(OUTSIDE, 'unavailable');
    ring('ann');
    expect(told).toEqual(['busy', 'no-answer']);
  });

  test('ends with the caller, whoever rings then', () => {
    reach = { ann: { noAnswer: '102', noAnswerMs: 5000 }, bob: { noAnswer: OUTSIDE, noAnswerMs: 5000 } };
    for (const rungFor of [1000, 6000, 11_000]) {
      const ringing = ring('ann');
      clock.advance(rungFor);
      ringing.cancel('caller-gone');
      clock.advance(60_000);
      expect([...phones.ringing, ...outside.ringing]).toEqual([]);
    }
    expect(told).toEqual([]);
  });
});
