import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import { outcomes } from '../../../shared/engine/outcomes.ts';
import { plannedOutcome } from '../../../shared/engine/planned-outcome.ts';
import { start, step } from '../../../shared/engine/step.ts';
import { arbitraryProject } from '../../support/arbitrary-project.ts';
import { menu, runCall, says, startingWith } from '../../support/engine-driver.ts';

const project = startingWith(
  { type: 'employee', data: { people: ['ann'] }, to: { busy: 'a', 'no-answer': 'm2' } },
  { m2: menu({ keys: ['1'] }, { 'key:1': 'm' }), ...says('a') },
);

test('an outcome of its wait, by its whole name or its end, or the output that it leads to', () => {
  const went = (...plan: string[]) => runCall(project, '', { world: { nodes: { m: plan } } }).said;
  for (const name of ['dial:busy', 'busy']) expect(went(name)).toEqual(['a']);
  expect(runCall(project, '', { world: { nodes: { m: ['no-answer', 'busy'], m2: ['key:1'] } } }).said).toEqual([
    'menu',
    'a',
  ]);
});

test('what cannot happen at a wait, and a plan for another node, changes nothing', () => {
  const plain = runCall(project).lines;
  expect(runCall(project, '', { world: { nodes: { m: ['nonsense'], constructor: ['busy'] } } }).lines).toEqual(plain);
});

test('a plan for a node in its flow goes before one for the node', () => {
  const nodes = { m: ['answered'], 'main/m': ['busy'] };
  expect(runCall(project, '', { world: { nodes } }).said).toEqual(['a']);
});

test('whatever can happen in any project can be planned', () => {
  fc.assert(
    fc.property(arbitraryProject, fc.array(fc.nat(20), { maxLength: 8 }), (random, picks) => {
      const { program } = lowerProject(random);
      for (const flowId of Object.keys(program.flows)) {
        const call = { callId: 'c', caller: { number: '' }, target: { kind: 'flow', flowId } as const, startedAtMs: 0 };
        let { state } = start(program, call);
        for (const pick of picks) {
          const possible = outcomes(program, state);
          const outcome = possible[pick % possible.length];
          if (!outcome || state.wait.kind === 'ended') break;
          const nodeId = program.ops[state.wait.opId]?.origin.nodeId ?? '';
          expect(plannedOutcome(program, state, { [nodeId]: [outcome.id] }, new Map())).toEqual(outcome);
          ({ state } = step(program, state, outcome.event));
        }
      }
    }),
    { numRuns: 100 },
  );
});
