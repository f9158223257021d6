import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sameJson } from '../../../shared/lib/same-json.ts';
import { stableJson } from '../../../shared/lib/stable-json.ts';

test('members may stand in any order, items may not', () => {
  expect(sameJson({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
  expect(sameJson([1, 2], [2, 1])).toBe(false);
  expect(sameJson([1], [1, 2])).toBe(false);
});

test('tells a missing member from one of another name, and null from an object', () => {
  expect(sameJson({ a: 1 }, { b: 1 })).toBe(false);
  expect(sameJson({ a: 1 }, { toString: 1 })).toBe(false);
  expect(sameJson(null, {})).toBe(false);
  expect(sameJson([], {})).toBe(false);
  expect(sameJson({}, [])).toBe(false);
});

test('is equality of the stable texts', () => {
  const value = fc.jsonValue({ maxDepth: 2 });
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [one, other] = [JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b))];
      expect(sameJson(one, other)).toBe(stableJson(one) === stableJson(other));
      expect(sameJson(one, JSON.parse(stableJson(one)))).toBe(true);
    }),
  );
});
