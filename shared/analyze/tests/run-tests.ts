import type { TraceEntry } from '../../engine/events.ts';
import { lowerProject } from '../../engine/lower/index.ts';
import type { FlowProgram } from '../../engine/program.ts';
import type { Project } from '../../flow/project.ts';
import type { ProjectTest } from '../../flow/project-test.ts';
import { sortedEntries } from '../../lib/record.ts';
import { type Failure, failuresOf } from './expectations.ts';
import { runCall } from './run-call.ts';

/** How one test went. */
export interface TestResult {
  readonly testId: string;
  readonly name: string;
  readonly passed: boolean;
  /** What was not as expected; none: the test passed. */
  readonly failures: readonly Failure[];
  readonly trace: readonly TraceEntry[];
}

/** Runs all tests of a project, by id. Pure; about a millisecond each (SPEC.md, TS*). */
export function runTests(project: Project): readonly TestResult[] {
  const { program } = lowerProject(project);
  return sortedEntries(project.tests).map(([testId, test]) => runTest(project, program, testId, test));
}

/** Runs one test. `program` is the project's, lowered. */
export function runTest(project: Project, program: FlowProgram, testId: string, test: ProjectTest): TestResult {
  const call = runCall(program, test, project.settings.timeZone);
  const failures = failuresOf(project, program, test, call);
  return { testId, name: test.name, passed: failures.length === 0, failures, trace: call.trace };
}
