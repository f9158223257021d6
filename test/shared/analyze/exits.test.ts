import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exitsOf, reachableFrom } from '../../../shared/analyze/exits.ts';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import { outputsOf } from '../../../shared/flow/catalogue.ts';
import { lookup } from '../../../shared/lib/record.ts';
import { arbitraryProject } from '../../support/arbitrary-project.ts';
import { menu, startingWith } from '../../support/engine-driver.ts';

test('finds the exits of a menu, wherever they stand in the operation', () => {
  const { program } = lowerProject(startingWith(menu({ keys: ['1', '2'], repeatKeys: ['9'] }, { 'key:1': 'm' })));
  expect(exitsOf(program.ops['main/m']!)).toEqual([
    { output: 'key:1', to: 'main/m' },
    { output: 'key:2', to: null },
    { output: 'no-input', to: null },
    { output: 'invalid', to: null },
    { output: 'error', to: null },
  ]);
});

test('finds, in any project, every output that a node has', () => {
  fc.assert(
    fc.property(arbitraryProject, (project) => {
      const { ops } = lowerProject(project).program;
      for (const op of Object.values(ops)) {
        const node = lookup(project.flows[op.origin.flowId]?.nodes ?? {}, op.origin.nodeId);
        const found = exitsOf(op).map(({ output }) => output);
        for (const { id } of node ? outputsOf(node) : []) expect(found).toContain(id);
      }
    }),
    { numRuns: 60 },
  );
});

test('reaches what can be entered, through loops, and nothing that is not there', () => {
  const { program } = lowerProject(
    startingWith(menu({ keys: ['1', '2'] }, { 'key:1': 'm', 'key:2': 'a' }), {
      a: { type: 'hang-up' },
      alone: { type: 'hang-up' },
    }),
  );
  expect([...reachableFrom(program, ['main/start', 'main/gone'])]).toEqual(['main/start', 'main/m', 'main/a']);
});
