import { describe, expect, it } from 'vitest';
import { en } from '../../../renderer/i18n/en.ts';
import { preferredLanguage } from '../../../renderer/i18n/index.ts';
import { pl } from '../../../renderer/i18n/pl.ts';
import { OUTCOMES } from '../../../renderer/ui/nodes/output-label.ts';
import { PROOFS } from '../../../shared/analyze/finding.ts';
import { CHECKS } from '../../../shared/analyze/rules/codes.ts';
import { DIAGNOSTICS } from '../../../shared/engine/lower/diagnostics.ts';
import { createNode, NODE_TYPES, outputsOf } from '../../../shared/flow/catalogue.ts';

/** Every text by its path. */
function flatten(section: object, path = ''): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(section)) {
    if (typeof value === 'string') texts.set(path + key, value);
    else for (const [inner, text] of flatten(value, `${path}${key}.`)) texts.set(inner, text);
  }
  return texts;
}

const english = flatten(en);
const polish = flatten(pl);
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
const base = (key: string) => key.replace(/_(one|few|many|other)$/, '');

describe('texts', () => {
  it('are complete in Polish, with its four plural forms', () => {
    for (const key of english.keys()) {
      if (key.endsWith('_one')) continue;
      if (!key.endsWith('_other')) expect(polish.has(key), key).toBe(true);
      else
        for (const form of ['one', 'few', 'many', 'other']) expect(polish.has(`${base(key)}_${form}`), key).toBe(true);
    }
  });

  it('have the same placeholders in both languages', () => {
    const model = new Map([...english].map(([key, text]) => [base(key), placeholders(text)]));
    for (const [key, text] of polish) {
      const wanted = new Set(model.get(base(key)));
      // A form for exactly one may say it in words.
      for (const name of placeholders(text)) expect(wanted.has(name ?? ''), key).toBe(true);
      if (base(key) === key) expect(placeholders(text), key).toEqual(model.get(key));
    }
  });

  it('are never empty', () => {
    for (const [key, text] of [...english, ...polish]) expect(text.trim(), key).not.toBe('');
  });

  it('know every problem of the core by its code', () => {
    for (const code of Object.keys({ ...DIAGNOSTICS, ...CHECKS, ...PROOFS })) expect(en.problem).toHaveProperty([code]);
  });

  it('know every outcome of the catalogue by its name', () => {
    const outcomes = NODE_TYPES.flatMap((type) => {
      const node = createNode(type, '', { x: 0, y: 0 });
      const all = node.type === 'queue' ? { ...node, data: { ...node.data, breakOutKey: '1' as const } } : node;
      return outputsOf(all).filter((output) => output.kind !== 'key');
    });
    expect(outcomes.length).toBeGreaterThan(8);
    for (const { id, caption } of outcomes) {
      if (caption === undefined && !id.startsWith('case:')) expect(OUTCOMES).toContain(id);
    }
  });
});

describe('language of the window', () => {
  it.each([
    ['pl', ['en-US'], 'pl'],
    [null, ['de-DE', 'pl-PL'], 'pl'],
    [null, ['de-DE', 'en-GB', 'pl'], 'en'],
    [null, ['de-DE'], 'en'],
    ['klingon', ['pl'], 'pl'],
    [null, [], 'en'],
  ])('kept %s, system %s: %s', (kept, system, language) => {
    expect(preferredLanguage(kept, system)).toBe(language);
  });
});
