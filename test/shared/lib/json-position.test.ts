import fc from 'fast-check';
import { expect, test } from 'vitest';
import { positionAt, positionIn } from '../../../shared/lib/json-position.ts';

const TEXT = `{
  "name": "a, \\"b\\": [",
  "list": [1, { "x": [], "y": null }],
  "deep": {
    "list": true
  }
}`;

test.each([
  [['name'], 2, 11],
  [['list'], 3, 11],
  [['list', '0'], 3, 12],
  [['list', '1', 'y'], 3, 31],
  [['deep', 'list'], 5, 13],
  // What is missing is told by what should hold it.
  [['deep', 'none', 'x'], 4, 11],
])('finds %j', (path, line, column) => {
  expect(positionIn(TEXT, path)).toEqual({ line, column });
});

test('has none for the document itself, or what is not in it', () => {
  expect(positionIn(TEXT, [])).toBeUndefined();
  expect(positionIn(TEXT, ['none'])).toBeUndefined();
  expect(positionIn('7', ['x'])).toBeUndefined();
});

test('finds every value of any document, however it is laid out', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat({ max: 3 }), (value, indent) => {
      // Of two members of one name JSON takes the last; documents that are printed have one.
      const text = JSON.stringify(value, null, indent);
      const lines = text.split('\n');
      for (const [path, member] of valuesOf(JSON.parse(text))) {
        const found = positionIn(text, path);
        expect(found).toBeDefined();
        const rest = [lines[found!.line - 1]!.slice(found!.column - 1), ...lines.slice(found!.line)].join('\n');
        expect(rest.startsWith(JSON.stringify(member)[0]!)).toBe(true);
      }
    }),
  );
});

test('counts as editors do', () => {
  expect(positionAt('ab\ncd', 0)).toEqual({ line: 1, column: 1 });
  expect(positionAt('ab\ncd', 4)).toEqual({ line: 2, column: 2 });
  expect(positionAt('ab\n', 3)).toEqual({ line: 2, column: 1 });
});

function valuesOf(value: unknown, path: readonly string[] = []): [readonly string[], unknown][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [
    [[...path, key], member] as [readonly string[], unknown],
    ...valuesOf(member, [...path, key]),
  ]);
}
