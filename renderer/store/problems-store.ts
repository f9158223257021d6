import { createStore, type StoreApi } from 'zustand/vanilla';
import { checkProject, type Problem } from '../../shared/analyze/check.ts';
import type { CancelTimer, Clock } from '../../shared/lib/clock.ts';
import type { ProjectStore } from './project-store.ts';

export type { Problem } from '../../shared/analyze/check.ts';
export type Severity = Problem['severity'];

export interface ProblemsState {
  readonly problems: readonly Problem[];
}

/** How long after the last change the project is judged again, at least. */
const JUDGE_DELAY_MS = 120;
/** A large project waits for a longer pause, by how long judging it took: it must not come between two letters. */
const PAUSE_PER_COST = 8;
const MAX_DELAY_MS = 1500;

export interface ProblemsStore {
  readonly state: Pick<StoreApi<ProblemsState>, 'getState' | 'getInitialState' | 'subscribe'>;
  dispose(): void;
}

/** Judges the project at the start and after each change, by the same rules as the command line. */
export function createProblemsStore(project: ProjectStore, clock: Clock): ProblemsStore {
  let costMs = 0;
  function judge(): ProblemsState {
    const begunMs = clock.nowMs();
    const problems = checkProject(project.state.getState().project);
    costMs = clock.nowMs() - begunMs;
    return { problems };
  }
  const state = createStore<ProblemsState>(judge);
  let cancel: CancelTimer = () => {};
  const unsubscribe = project.state.subscribe(() => {
    cancel();
    const delayMs = Math.min(MAX_DELAY_MS, Math.max(JUDGE_DELAY_MS, costMs * PAUSE_PER_COST));
    cancel = clock.after(delayMs, () => state.setState(judge()));
  });
  return {
    state,
    dispose() {
      cancel();
      unsubscribe();
    },
  };
}
