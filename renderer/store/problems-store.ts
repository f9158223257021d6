import { createStore, type StoreApi } from 'zustand/vanilla';
import { checkProject, type Problem } from '../../shared/analyze/check.ts';
import { namesMachineVoice } from '../../shared/analyze/rules/missing-voice.ts';
import { lowerProject } from '../../shared/engine/lower/index.ts';
import type { CancelTimer, Clock } from '../../shared/lib/clock.ts';
import type { ProjectStore } from './project-store.ts';
import type { VoicesStore } from './voices-store.ts';

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

/**
 * Judges the project at the start and after each change, by the same rules as the command line; and by the voices of this
 * machine, which are asked for when the project names one that not every machine has.
 */
export function createProblemsStore(project: ProjectStore, clock: Clock, voices: VoicesStore): ProblemsStore {
  let costMs = 0;
  function judge(): ProblemsState {
    const begunMs = clock.nowMs();
    const document = project.state.getState().project;
    const lowered = lowerProject(document);
    if (namesMachineVoice(document, lowered.program)) voices.load();
    const known = voices.getState().voices?.map(({ id }) => id);
    const problems = checkProject(document, lowered, known);
    costMs = clock.nowMs() - begunMs;
    return { problems };
  }
  const state = createStore<ProblemsState>(judge);
  let cancel: CancelTimer = () => {};
  const judgeSoon = () => {
    cancel();
    const delayMs = Math.min(MAX_DELAY_MS, Math.max(JUDGE_DELAY_MS, costMs * PAUSE_PER_COST));
    cancel = clock.after(delayMs, () => state.setState(judge()));
  };
  const stops = [project.state.subscribe(judgeSoon), voices.subscribe(judgeSoon)];
  return {
    state,
    dispose() {
      cancel();
      for (const stop of stops) stop();
    },
  };
}
