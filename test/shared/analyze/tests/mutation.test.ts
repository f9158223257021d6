import { expect, test } from 'vitest';
import { generateTests } from '../../../../shared/analyze/tests/generate-tests.ts';
import { mutantsOf } from '../../../../shared/analyze/tests/mutants.ts';
import { mutationScore } from '../../../../shared/analyze/tests/mutation.ts';
import { sameBehaviour } from '../../../../shared/analyze/tests/same-behaviour.ts';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import { type Project, ProjectSchema } from '../../../../shared/flow/project.ts';
import { sampleProject } from '../../../../shared/flow/samples/index.ts';
import { menu, says, sketchProject } from '../../../support/engine-driver.ts';
import { presses, sketchTest, type TestSketch } from '../../../support/project-tests.ts';

const project = sketchProject({
  start: { type: 'start', to: { next: 'm' } },
  m: menu({ keys: ['1', '2'], noInputAttempts: 1 }, { 'key:1': 'a', 'key:2': 'b' }),
  lost: { type: 'say', data: { prompt: 'lost' }, to: { next: 'a' } },
  ...says('a', 'b'),
});
const withTests = (...tests: readonly TestSketch[]): Project => ({
  ...project,
  tests: Object.fromEntries(tests.map((sketch, index) => [`t${index}`, sketchTest(sketch)])),
});
const changes = (of: Project) => [...mutantsOf(of)].map(({ change }) => change);

test('[MU1] mistakes of every kind, each in one node and valid', () => {
  expect(changes(project)).toEqual([
    '"next" of "lost" leads nowhere',
    '"next" of "lost" leads to "b" instead of "a"',
    '"key:1" and "key:2" of "m" are exchanged',
    '"key:1" of "m" leads nowhere',
    '"key:1" of "m" leads to "b" instead of "a"',
    '"key:2" of "m" leads nowhere',
    '"key:2" of "m" leads to "lost" instead of "b"',
    'firstDigitTimeoutMs of "m" is 10000 instead of 5000',
    'interDigitTimeoutMs of "m" is 6000 instead of 3000',
    'noInputAttempts of "m" is 2 instead of 1',
    'invalidAttempts of "m" is 4 instead of 3',
    'invalidAttempts of "m" is 2 instead of 3',
    '"next" of "start" leads nowhere',
    '"next" of "start" leads to "a" instead of "m"',
  ]);
  for (const { project: mutated } of mutantsOf(sampleProject('en')))
    expect(ProjectSchema.parse(mutated)).toEqual(mutated);
});

test('[MU2] [MU4] what a test notices is killed, the rest is told', () => {
  const { killed, survivors, percent } = mutationScore(
    withTests(
      { steps: presses('1'), expect: { visits: ['a'] } },
      { steps: presses('2'), expect: { visits: ['b'] } },
      { steps: [{ kind: 'stay-silent' }], expect: { visits: ['b'] } },
    ),
  );
  expect(killed).toBe(7);
  expect(survivors.map(({ message }) => message)).toEqual([
    'No test notices when firstDigitTimeoutMs of "m" is 10000 instead of 5000.',
    'No test notices when noInputAttempts of "m" is 2 instead of 1.',
    'No test notices when invalidAttempts of "m" is 4 instead of 3.',
    'No test notices when invalidAttempts of "m" is 2 instead of 3.',
  ]);
  expect(percent).toBe(63.6);
});

test('[MU3] what callers cannot meet does not count', () => {
  const { equivalent, killed, survivors } = mutationScore(project);
  // Both of a node that nobody comes to, and a time between digits where there is never a second one.
  expect(equivalent).toBe(3);
  expect(killed + survivors.length + equivalent).toBe(changes(project).length);
});

test('[MU3] programs that differ in one word, or one time, are told apart', () => {
  const { program } = lowerProject(project);
  for (const { project: mutated, nodeId, change } of mutantsOf(project)) {
    const isMet = nodeId !== 'lost' && !change.startsWith('interDigit');
    expect([change, sameBehaviour(program, lowerProject(mutated).program)]).toEqual([change, !isMet]);
  }
});

test('[MU4] generated tests notice most mistakes in the sample', () => {
  const sample = sampleProject('en');
  const { percent, survivors } = mutationScore({ ...sample, tests: generateTests(sample).tests });
  expect(percent).toBeGreaterThan(60);
  for (const { kind } of survivors) expect(['time', 'attempts']).toContain(kind);
});

test('of too many, some are left out evenly', () => {
  const { killed, survivors, equivalent, leftOut } = mutationScore(project, 5);
  expect(killed + survivors.length + equivalent).toBe(5);
  expect(leftOut).toBe(9);
});
