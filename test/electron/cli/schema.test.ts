import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printProject } from '../../../shared/flow/canonical.ts';
import { sampleProject } from '../../../shared/flow/samples/index.ts';
import { arbitraryProject } from '../../support/arbitrary-project.ts';
import { cli } from '../../support/cli.ts';
import { presses, sketchTest } from '../../support/project-tests.ts';

test('[CL6] the schema takes what the program takes, and refuses what it refuses', async () => {
  const { code, out } = await cli(['schema']);
  expect(code).toBe(0);
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(JSON.parse(out));
  const takes = (value: unknown) => validate(JSON.parse(JSON.stringify(value)));
  for (const language of ['en', 'pl'] as const) {
    const project = sampleProject(language);
    expect(takes(JSON.parse(printProject(project)))).toBe(true);
    expect(takes({ ...project, tests: { a: sketchTest({ steps: presses('1') }) } })).toBe(true);
  }
  fc.assert(
    fc.property(arbitraryProject, (project) => {
      expect(takes(project)).toBe(true);
    }),
    { numRuns: 50 },
  );
  const project = sampleProject('en');
  expect(takes({ ...project, version: 99 })).toBe(false);
  expect(takes({ ...project, extra: 1 })).toBe(false);
  expect(takes({ ...project, people: { 'a b': project.people.reception } })).toBe(false);
  expect(takes({ ...project, people: { a: { name: 'A', extension: 'x' } } })).toBe(false);
  const menu = structuredClone(project);
  Object.assign(menu.flows.main!.nodes.main!.data, { keys: ['A'] });
  expect(takes(menu)).toBe(false);
});
