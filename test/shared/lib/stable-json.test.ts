import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stableJson } from '../../../shared/lib/stable-json.ts';

test('does not depend on the order of members, at any depth', () => {
  const one = { b: [{ y: 1, x: 2 }], a: null };
  const other = { a: null, b: [{ x: 2, y: 1 }] };
  expect(stableJson(one)).toBe('{"a":null,"b":[{"x":2,"y":1}]}');
  expect(stableJson(other)).toBe(stableJson(one));
});

test('keeps the order of lists', () => {
  expect(stableJson([2, 1])).toBe('[2,1]');
});

test('puts the named members first, in the order they are named', () => {
  const text = stableJson({ z: 1, name: 2, id: 3, a: 4 }, { first: ['id', 'name'] });
  expect(text).toBe('{"id":3,"name":2,"a":4,"z":1}');
});

test('leaves out members without a value', () => {
  expect(stableJson({ a: undefined, b: 1 })).toBe('{"b":1}');
});

test('is JSON that reads back to an equal value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(stableJson(value, { indent: 2, first: ['b'] }))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
