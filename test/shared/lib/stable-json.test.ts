import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stableJson, stableLines } from '../../../shared/lib/stable-json.ts';

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

test('puts one small thing on a line', () => {
  const value = { b: { y: 2, x: 1, none: undefined }, a: [1, 2], many: [1, 2, 3, 4], deep: [{ a: 1 }], empty: {} };
  expect(stableLines(value, { first: ['b'], oneLineMembers: 3 }).split('\n')).toEqual([
    '{',
    '  "b": { "x": 1, "y": 2 },',
    '  "a": [1, 2],',
    '  "deep": [',
    '    { "a": 1 }',
    '  ],',
    '  "empty": {},',
    '  "many": [',
    '    1,',
    '    2,',
    '    3,',
    '    4',
    '  ]',
    '}',
  ]);
  expect(stableLines({ a: 1 }, { oneLineMembers: 3 })).toBe('{\n  "a": 1\n}');
});

test('lines are JSON that reads back to an equal value, and print the same again', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat({ max: 6 }), (value, oneLineMembers) => {
      const text = stableLines(value, { oneLineMembers });
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(stableLines(JSON.parse(text), { oneLineMembers })).toBe(text);
    }),
  );
});

test('another value in one place is one other line', () => {
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean());
  const tree = fc.dictionary(fc.string(), fc.oneof(leaf, fc.dictionary(fc.string(), leaf), fc.array(leaf)), {
    minKeys: 1,
  });
  fc.assert(
    fc.property(tree, fc.string({ minLength: 1 }), fc.nat(), (value, text, pick) => {
      const places = placesOf(value);
      if (places.length === 0) return;
      const before = stableLines(value, { oneLineMembers: 4 }).split('\n');
      const [holder, key] = places[pick % places.length]!;
      holder[key] = `${text} and more than there was before, however long it gets`;
      const after = stableLines(value, { oneLineMembers: 4 }).split('\n');
      expect(after).toHaveLength(before.length);
      expect(after.filter((line, index) => line !== before[index])).toHaveLength(1);
    }),
  );
});

/** Every place in a value where something without members stands. */
function placesOf(value: object): [Record<string, unknown>, string][] {
  return Object.entries(value).flatMap(([key, member]) => {
    if (typeof member === 'object' && member !== null && Object.keys(member).length > 0) return placesOf(member);
    return [[value as Record<string, unknown>, key] as [Record<string, unknown>, string]];
  });
}
