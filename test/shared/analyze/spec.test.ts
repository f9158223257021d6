import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const spec = readFileSync(join(root, 'shared/analyze/SPEC.md'), 'utf8');
const rules = [...spec.matchAll(/^- \*\*([A-Z]{2}\d+)\*\*/gm)].map(([, id = '']) => id);

/** Every rule id that a test of this layer carries in its name. */
const carried = ['test/shared/analyze', 'test/shared/flow']
  .flatMap((dir) => readdirSync(join(root, dir), { recursive: true, encoding: 'utf8' }).map((name) => join(dir, name)))
  .filter((name) => name.endsWith('.test.ts'))
  .flatMap((name) => {
    const text = readFileSync(join(root, name), 'utf8');
    return [...text.matchAll(/\[([A-Z]{2}\d+)\]/g)].map(([, id = '']) => id);
  });

test('rule ids are unique', () => {
  expect(rules.length).toBeGreaterThan(5);
  expect(new Set(rules).size).toBe(rules.length);
});

test('every rule is carried by a test', () => {
  expect(rules.filter((id) => !carried.includes(id))).toEqual([]);
});

test('every id that a test carries is a rule', () => {
  expect([...new Set(carried)].filter((id) => !rules.includes(id))).toEqual([]);
});
