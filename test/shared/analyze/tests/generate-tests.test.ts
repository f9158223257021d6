import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeKey } from '../../../../shared/analyze/explore/facts.ts';
import { exploreTarget, targetsOf } from '../../../../shared/analyze/explorer.ts';
import { coverageOf } from '../../../../shared/analyze/tests/coverage.ts';
import { generateTests } from '../../../../shared/analyze/tests/generate-tests.ts';
import { runTests } from '../../../../shared/analyze/tests/run-tests.ts';
import { callerClasses } from '../../../../shared/engine/caller-classes.ts';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import { outputsOf } from '../../../../shared/flow/catalogue.ts';
import { sampleProject } from '../../../../shared/flow/samples/index.ts';
import { arbitraryProject } from '../../../support/arbitrary-project.ts';

test('[TS12] covers every output of the sample, one test for each', () => {
  const project = sampleProject('en');
  const { tests, without } = generateTests(project);
  const outputs = Object.values(project.flows.main!.nodes).flatMap(outputsOf);
  expect(without).toEqual([]);
  expect(Object.keys(tests)).toHaveLength(outputs.length);
  const results = runTests({ ...project, tests });
  expect(results.filter(({ passed }) => !passed)).toEqual([]);
  expect(
    coverageOf(
      project,
      results.map(({ trace }) => trace),
    ).percent,
  ).toBe(100);
  expect(Object.values(tests).map(({ name }) => name)).toContain(`${project.flows.main!.nodes.main!.name}: key:2`);
});

test('[TS12] only what is wanted', () => {
  const { tests, without } = generateTests(sampleProject('en'), (place) => placeKey(place) === 'main/support key:3');
  expect(Object.keys(tests)).toHaveLength(1);
  expect(without).toEqual([]);
});

test('[TS12] of any project: every test passes and takes its output, the others are named', () => {
  let made = 0;
  let missing = 0;
  fc.assert(
    fc.property(arbitraryProject, (project) => {
      const { tests, without } = generateTests(project);
      const results = runTests({ ...project, tests });
      expect(results.filter(({ passed }) => !passed)).toEqual([]);
      const taken = coverageOf(
        project,
        results.map(({ trace }) => trace),
      ).flows.flatMap(({ flowId, outputs }) =>
        outputs.flatMap(({ nodeId, output, taken }) => (taken > 0 ? [placeKey({ flowId, nodeId, output })] : [])),
      );
      const all = Object.entries(project.flows).flatMap(([flowId, { nodes }]) =>
        Object.entries(nodes).flatMap(([nodeId, node]) =>
          outputsOf(node).map(({ id }) => placeKey({ flowId, nodeId, output: id })),
        ),
      );
      const named = new Set([...taken, ...without.map(placeKey)]);
      expect(all.filter((key) => !named.has(key))).toEqual([]);
      made += Object.keys(tests).length;
      const { program } = lowerProject(project);
      const callers = callerClasses(program);
      const explored = targetsOf(program).map((target) =>
        exploreTarget(program, target, { callers, maxStates: 50_000 }),
      );
      missing += without.filter((place) => explored.some(({ facts }) => facts.taken.has(placeKey(place)))).length;
    }),
    { numRuns: 25 },
  );
  // Few ways need what a test cannot say: a prompt that fails at a certain time only.
  expect(missing).toBeLessThan(made / 20);
});
