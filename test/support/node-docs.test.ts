import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NODE_TYPES } from '../../shared/flow/catalogue.ts';
import { DOCS_LANGUAGES, nodeDocs, nodeDocsFile } from './node-docs.ts';

describe.each(DOCS_LANGUAGES)('the documentation of the nodes in %s', (language) => {
  const docs = nodeDocs(language);

  test('is up to date (npm run docs:nodes)', () => {
    expect(readFileSync(join(import.meta.dirname, '../..', nodeDocsFile(language)), 'utf8')).toBe(docs);
  });

  test('has every node, each by its name', () => {
    for (const type of NODE_TYPES) expect(docs).toContain(`: \`${type}\`\n`);
    expect(docs.match(/^## /gm)).toHaveLength(NODE_TYPES.length);
    expect(docs).not.toMatch(/^## (node\.|$)/m);
    expect(docs).not.toContain('| output.');
  });
});

test('says of a setting what it may be, and what it is without it', () => {
  expect(nodeDocs('en')).toContain('| `firstDigitTimeoutMs` | whole number 500–60000 (ms) | `5000` |');
  expect(nodeDocs('pl')).toContain('| `firstDigitTimeoutMs` | liczba całkowita 500–60000 (ms) | `5000` |');
  expect(nodeDocs('en')).toContain('| `bargeIn` | `any`, `valid-only`, `none` | `"any"` |');
});
