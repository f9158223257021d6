import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleProject } from '../../../shared/flow/samples/index.ts';
import { importText, MAX_IMPORT_LENGTH } from '../../../shared/import/index.ts';
import { deepFreeze } from '../../support/engine-driver.ts';
import { countingIds, emptyProject, importedFlow } from '../../support/import-helpers.ts';

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/import/${name}`, import.meta.url), 'utf8');
const imported = (text: string, project = emptyProject()) =>
  importText(project, text, { name: 'File', startName: 'Start', newId: countingIds() });

describe('what another program exported', () => {
  it.each([
    ['studio-shop.json', 'twilio-studio'],
    ['office-extensions.conf', 'asterisk'],
    ['freepbx-dump.sql', 'freepbx'],
  ])('%s is seen to be of %s', (file, source) => {
    const found = imported(`\uFEFF${fixture(file)}`);
    expect(found.source).toBe(source);
    expect(importedFlow(found.imported).nodes.start).toBeDefined();
  });

  it.each(['studio-shop.json', 'office-extensions.conf', 'freepbx-dump.sql'])(
    '%s comes beside what there is, and what is named there already is used',
    (file) => {
      const before = deepFreeze(sampleProject('en'));
      const { project, flowIds } = imported(fixture(file), before).imported;
      expect(project.flows).toMatchObject(before.flows);
      expect(Object.keys(project.flows)).toHaveLength(1 + flowIds.length);
      expect(project.people).toMatchObject(before.people);
      expect(Object.values(project.queues).filter(({ name }) => name.toLowerCase() === 'sales')).toHaveLength(1);
    },
  );

  it.each([
    ['', 'import/empty'],
    ['   \n', 'import/empty'],
    ['hello', 'import/unknown'],
    ['{"states": [', 'import/not-json'],
    ['{"a": 1}', 'import/not-studio'],
    ['[1]', 'import/not-studio'],
    ['x'.repeat(MAX_IMPORT_LENGTH + 1), 'import/too-large'],
  ])('%.20j is told with %s', (text, code) => {
    expect(() => imported(text)).toThrow(expect.objectContaining({ code }));
  });

  it('may be damaged in any way: it is taken or told, never a crash', () => {
    const files = ['studio-shop.json', 'office-extensions.conf', 'freepbx-dump.sql'].map(fixture);
    const damaged = fc
      .tuple(fc.constantFrom(...files), fc.nat(), fc.nat({ max: 400 }), fc.string({ maxLength: 12 }))
      .map(([text, at, length, put]) => {
        const from = at % text.length;
        return text.slice(0, from) + put + text.slice(from + length);
      });
    fc.assert(
      fc.property(damaged, (text) => {
        try {
          importedFlow(imported(text).imported);
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^import\//) });
        }
      }),
      { numRuns: 300 },
    );
  });
});
