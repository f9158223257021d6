import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** Tests that the rules of a SPEC.md and the ids that the tests of a folder carry are the same. */
export function testRuleIds(specPath: string, testFolder: string): void {
  const spec = readFileSync(join(ROOT, specPath), 'utf8');
  const rules = [...spec.matchAll(/^- \*\*([A-Z]{2}\d+)\*\*/gm)].map(([, id = '']) => id);
  const carried = readdirSync(join(ROOT, testFolder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .flatMap((name) => {
      const text = readFileSync(join(ROOT, testFolder, name), 'utf8');
      return [...text.matchAll(/\[([A-Z]{2}\d+)\]/g)].map(([, id = '']) => id);
    });

  test('rule ids are unique', () => {
    expect(rules.length).toBeGreaterThan(0);
    expect(new Set(rules).size).toBe(rules.length);
  });

  test('every rule is carried by a test', () => {
    expect(rules.filter((id) => !carried.includes(id))).toEqual([]);
  });

  test('every id that a test carries is a rule', () => {
    expect([...new Set(carried)].filter((id) => !rules.includes(id))).toEqual([]);
  });
}
