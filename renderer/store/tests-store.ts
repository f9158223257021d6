import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Coverage, coverageOf } from '../../shared/analyze/tests/coverage.ts';
import { runTests, type TestResult } from '../../shared/analyze/tests/run-tests.ts';
import type { Project } from '../../shared/flow/project.ts';
import type { CancelTimer, Clock } from '../../shared/lib/clock.ts';
import type { ProjectStore } from './project-store.ts';

export interface TestsState {
  readonly results: readonly TestResult[];
  /** What of the flows the tests go through; null without tests. */
  readonly coverage: Coverage | null;
}

/** How long after the last change the tests are run again. */
const RUN_DELAY_MS = 400;

export interface TestsStore {
  readonly state: Pick<StoreApi<TestsState>, 'getState' | 'getInitialState' | 'subscribe'>;
  dispose(): void;
}

/** Runs the project's tests at the start and after each change, on a virtual clock: about a millisecond each. */
export function createTestsStore(project: ProjectStore, clock: Clock): TestsStore {
  const run = () => judge(project.state.getState().project);
  const state = createStore<TestsState>(run);
  let cancel: CancelTimer = () => {};
  const unsubscribe = project.state.subscribe(() => {
    cancel();
    cancel = clock.after(RUN_DELAY_MS, () => state.setState(run()));
  });
  return {
    state,
    dispose() {
      cancel();
      unsubscribe();
    },
  };
}

function judge(project: Project): TestsState {
  if (Object.keys(project.tests).length === 0) return { results: [], coverage: null };
  const results = runTests(project);
  const traces = results.map(({ trace }) => trace);
  return { results, coverage: coverageOf(project, traces) };
}
