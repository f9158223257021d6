import { expect, test } from 'vitest';
import { lookup, sortedEntries } from '../../../shared/lib/record.ts';

test('finds what the record holds itself', () => {
  expect(lookup({ a: 1 }, 'a')).toBe(1);
});

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('does not find the inherited %s', (key) => {
  expect(lookup({ a: 1 }, key)).toBeUndefined();
});

test('finds an own member with an inherited name', () => {
  expect(lookup({ constructor: 'mine' }, 'constructor')).toBe('mine');
});

test('sorts by code units, so that the order is the same in every locale', () => {
  const record = { b: 1, ą: 2, B: 3, 10: 4, 9: 5 };
  expect(sortedEntries(record).map(([key]) => key)).toEqual(['10', '9', 'B', 'b', 'ą']);
});
