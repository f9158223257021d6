import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FlowId, NodeId } from '../../shared/flow/ids.ts';
import type { Project } from '../../shared/flow/project.ts';
import type { CancelTimer, Clock } from '../../shared/lib/clock.ts';
import type { ProjectStore } from './project-store.ts';

export type Severity = 'error' | 'warning';

/** Something about the project that callers would notice. */
export interface Problem {
  /** Stable, e.g. `flow/open-output`; the window translates by it. */
  readonly code: string;
  readonly severity: Severity;
  /** In English, for codes that the window does not know. */
  readonly message: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** Where it is, when it is in a flow. */
  readonly flowId: FlowId | null;
  readonly nodeId: NodeId | null;
}

export interface ProblemsState {
  readonly problems: readonly Problem[];
}

/** How long after the last change the project is judged again. */
const JUDGE_DELAY_MS = 120;

export interface ProblemsStore {
  readonly state: Pick<StoreApi<ProblemsState>, 'getState' | 'getInitialState' | 'subscribe'>;
  dispose(): void;
}

/** Judges the project by `diagnose` at the start and after each change. */
export function createProblemsStore(
  project: ProjectStore,
  clock: Clock,
  diagnose: (project: Project) => readonly Problem[],
): ProblemsStore {
  const judge = () => ({ problems: diagnose(project.state.getState().project) });
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
