import { createStore, type StoreApi } from 'zustand/vanilla';
import { checkProject, type Problem } from '../../shared/analyze/check.ts';
import type { CancelTimer, Clock } from '../../shared/lib/clock.ts';
import type { ProjectStore } from './project-store.ts';

export type { Problem } from '../../shared/analyze/check.ts';
export type Severity = Problem['severity'];

export interface ProblemsState {
  readonly problems: readonly Problem[];
}

/** How long after the last change the project is judged again. */
const JUDGE_DELAY_MS = 120;

export interface ProblemsStore {
  readonly state: Pick<StoreApi<ProblemsState>, 'getState' | 'getInitialState' | 'subscribe'>;
  dispose(): void;
}

/** Judges the project at the start and after each change, by the same rules as the command line. */
export function createProblemsStore(project: ProjectStore, clock: Clock): ProblemsStore {
  const judge = () => ({ problems: checkProject(project.state.getState().project) });
  const state = createStore<ProblemsState>(judge);
  let cancel: CancelTimer = () => {};
  const unsubscribe = project.state.subscribe(() => {
    cancel();
    cancel = clock.after(JUDGE_DELAY_MS, () => state.setState(judge()));
  });
  return {
    state,
    dispose() {
      cancel();
      unsubscribe();
    },
  };
}
