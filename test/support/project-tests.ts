import { runTests, type TestResult } from '../../shared/analyze/tests/run-tests.ts';
import type { Project } from '../../shared/flow/project.ts';
import { type ProjectTest, ProjectTestSchema } from '../../shared/flow/project-test.ts';

/** What a test of a test says; defaults fill the rest. */
export type TestSketch = { readonly [Member in keyof ProjectTest]?: unknown };

/** A test that calls `line` or the given target. */
export function sketchTest(sketch: TestSketch = {}): ProjectTest {
  return ProjectTestSchema.parse({ name: 'Test', target: { kind: 'number', numberId: 'line' }, ...sketch });
}

/** Presses keys (`'1'`, `'101'`), each group when the prompt has ended. */
export function presses(...groups: readonly string[]): ProjectTest['steps'] {
  return sketchTest({ steps: groups.map((keys) => ({ kind: 'press', keys: [...keys] })) }).steps;
}

/** Runs one test in a project. */
export function runIn(project: Project, sketch: TestSketch): TestResult {
  const [result] = runTests({ ...project, tests: { only: sketchTest(sketch) } });
  if (!result) throw new Error('One test gives one result.');
  return result;
}

/** What was not as expected, as `expectation: sentence`. */
export function failuresIn(project: Project, sketch: TestSketch): string[] {
  return runIn(project, sketch).failures.map(({ expectation, message }) => `${expectation}: ${message}`);
}
