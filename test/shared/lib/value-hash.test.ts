import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stableJson } from '../../../shared/lib/stable-json.ts';
import { valueHash } from '../../../shared/lib/value-hash.ts';

test('is 16 hex digits, the same for the same content', () => {
  expect(valueHash({ a: [1, 'x', null, true] })).toMatch(/^[0-9a-f]{16}$/);
  expect(valueHash({ a: 1, b: { c: 2, d: 3 } })).toBe(valueHash({ b: { d: 3, c: 2 }, a: 1 }));
  expect(valueHash({ a: 1, b: undefined })).toBe(valueHash({ a: 1 }));
});

test.each<[string, unknown, unknown]>([
  ['a number and its text', { a: 1 }, { a: '1' }],
  ['null and its text', [null], ['null']],
  ['no list and an empty one', {}, []],
  ['lists in another order', [1, 2], [2, 1]],
  ['values that changed places', { a: 1, b: 2 }, { a: 2, b: 1 }],
  ['members of another depth', { a: { b: 1 } }, { a: {}, b: 1 }],
  ['one list and two', [[1], [2]], [[1, 2]]],
  ['a text cut elsewhere', ['ab', 'c'], ['a', 'bc']],
  ['something twice and not at all', ['x', 'x'], []],
  ['one bit of a text', 'hello', 'hellp'],
])('tells apart %s', (_, one, other) => {
  expect(valueHash(one)).not.toBe(valueHash(other));
});

test('is equal exactly where the stable text is', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), (one, other) => {
      const plain = JSON.parse(JSON.stringify([one, other])) as [unknown, unknown];
      expect(valueHash(plain[0]) === valueHash(plain[1])).toBe(stableJson(plain[0]) === stableJson(plain[1]));
    }),
    { numRuns: 500 },
  );
});

test('no two of many like values share a hash', () => {
  const hashes = new Set<string>();
  for (let i = 0; i < 20_000; i++) hashes.add(valueHash({ id: `n${i}`, at: { x: i % 100, y: Math.floor(i / 100) } }));
  expect(hashes.size).toBe(20_000);
});
