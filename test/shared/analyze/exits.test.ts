import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exitsOf, leadsTo, reachableFrom } from '../../../shared/analyze/exits.ts';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import { outputsOf } from '../../../shared/flow/catalogue.ts';
import { lookup } from '../../../shared/lib/record.ts';
import { sameJson } from '../../../shared/lib/same-json.ts';
import { arbitraryProject } from '../../support/arbitrary-project.ts';
import { menu, sketchNode, startingWith } from '../../support/engine-driver.ts';

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
      for (const { origin } of Object.values(ops)) {
        const node = lookup(project.flows[origin.flowId]?.nodes ?? {}, origin.nodeId);
        const own = Object.values(ops).filter((op) => sameJson(op.origin, origin));
        const found = own.flatMap(exitsOf).map(({ output }) => output);
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

test('leads into flows that are called, back from them, and back to menus', () => {
  const sub = {
    name: 'Sub',
    nodes: {
      start: sketchNode('start', { type: 'start', to: { next: 'back' } }),
      back: sketchNode('back', { type: 'return', data: { result: 'done' } }),
    },
  };
  const project = startingWith(
    menu({ keys: ['1'] }, { 'key:1': 'call' }),
    {
      call: { type: 'sub-flow', data: { flowId: 'sub', results: ['done'] }, to: { 'result:done': 'again' } },
      again: { type: 'go-to', data: { target: { kind: 'repeat' } } },
    },
    (base) => ({ flows: { ...(base.flows as object), sub } }),
  );
  const { program } = lowerProject(project);
  expect(leadsTo(program, program.ops['main/call']!)).toContain('sub/start');
  expect(leadsTo(program, program.ops['sub/back']!)).toEqual(['main/again']);
  expect(leadsTo(program, program.ops['main/again']!)).toEqual(['main/m']);
});
