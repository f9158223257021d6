import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Diagnostic, lowerProject } from '../../shared/engine/lower/index.ts';
import type { CancelTimer, Clock } from '../../shared/lib/clock.ts';
import type { ProjectStore } from './project-store.ts';

export type Severity = Diagnostic['severity'];
/** Something about the project that callers would notice. */
export type Problem = Diagnostic;

export interface ProblemsState {
  readonly problems: readonly Problem[];
}

/** How long after the last change the project is judged again. */
const JUDGE_DELAY_MS = 120;

export interface ProblemsStore {
  readonly state: Pick<StoreApi<ProblemsState>, 'getState' | 'getInitialState' | 'subscribe'>;
  dispose(): void;
}

/** Judges the project at the start and after each change, by lowering it as for a call. */
export function createProblemsStore(project: ProjectStore, clock: Clock): ProblemsStore {
  const judge = () => ({ problems: lowerProject(project.state.getState().project).diagnostics });
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
