import { beforeEach, expect, test } from 'vitest';
import { People } from '../../../electron/pbx/people.ts';
import { digestSecret } from '../../../electron/sip/digest.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';

const account = (user: string, personId?: string, password = 'pw') => ({
  user,
  displayName: user,
  ...(personId === undefined ? {} : { personId }),
  credentials: { realm: 'r', ...digestSecret(user, 'r', password) },
});

let clock: ManualClock;
let people: People;
let told: string[];

beforeEach(() => {
  clock = new ManualClock();
  told = [];
  people = new People(clock, {
    onFree: (personId, fresh) => told.push(`free ${personId}${fresh ? '' : ' again'}`),
    onHere: (personId) => told.push(`here ${personId}`),
  });
  people.setAccounts([account('101', 'ann'), account('102', 'bob'), account('tester')]);
});

test('unavailable without a phone, free with one, told once', () => {
  expect([people.availability('ann'), people.availability('nobody')]).toEqual(['unavailable', 'unavailable']);
  people.setPhones('101', 1);
  people.setPhones('101', 2);
  expect(people.availability('ann')).toBe('free');
  people.setPhones('101', 0);
  expect(told).toEqual(['here ann', 'free ann', 'here ann']);
});

test('busy while engaged, also twice at a time; free after the last', () => {
  people.setPhones('101', 1);
  told = [];
  const [one, two] = [people.engage('101'), people.engage('101')];
  one();
  one();
  expect([people.availability('ann'), told]).toEqual(['busy', []]);
  two();
  expect([people.availability('ann'), told]).toEqual(['free', ['free ann']]);
});

test('who was rung and did not answer is free again, not anew', () => {
  people.setPhones('101', 1);
  told = [];
  people.engage('101')({ unanswered: true });
  expect(told).toEqual(['free ann again']);
});

test('wrap-up comes after a conversation and ends by itself', () => {
  people.setPhones('101', 1);
  told = [];
  people.engage('101')({ wrapUp: { ms: 5000, queueId: 'q', callId: 'c' } });
  expect([people.availability('ann'), told]).toEqual(['wrap-up', []]);
  clock.advance(5000);
  expect([people.availability('ann'), told]).toEqual(['free', ['free ann']]);
});

test('a call during wrap-up does not shorten it; its end during a call tells nothing', () => {
  people.setPhones('101', 1);
  people.engage('101')({ wrapUp: { ms: 5000, queueId: 'q', callId: 'c' } });
  const release = people.engage('101');
  clock.advance(5000);
  told = [];
  expect(people.availability('ann')).toBe('busy');
  release();
  expect(told).toEqual(['free ann']);
});

test('the tester is nobody: nothing is told', () => {
  people.setPhones('tester', 1);
  people.engage('tester')();
  expect(told).toEqual([]);
});

test('accounts that went or have another password are named, so that their phones leave', () => {
  expect(people.setAccounts([account('101', 'ann', 'new'), account('tester')])).toEqual(['101', '102']);
  expect(people.accountOf('bob')).toBeUndefined();
});

test('close leaves no timer', () => {
  people.engage('101')({ wrapUp: { ms: 5000, queueId: 'q', callId: 'c' } });
  people.close();
  expect(clock.pending).toBe(0);
});
