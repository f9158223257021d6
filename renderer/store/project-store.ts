import { type Draft, produce } from 'immer';
import { temporal } from 'zundo';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { mergeProjects } from '../../shared/analyze/merge/merge-projects.ts';
import type { Flow, Project } from '../../shared/flow/project.ts';
import type { Clock } from '../../shared/lib/clock.ts';

/** Edits with the same key that follow each other within this time are one undo step (typing, dragging a slider). */
export const COALESCE_MS = 1200;
const HISTORY_LIMIT = 500;
/** More changes of others than these end the history: every undo would have to go through all of them. */
const INCOMING_LIMIT = 100;

export interface ProjectState {
  readonly project: Project;
}

export interface EditOptions {
  /** Names what is being typed into, e.g. `node:n1:prompt`; edits with the same key melt into one undo step. */
  readonly coalesce?: string;
}

/** What others changed: the document that we both had, and what they made of it. */
export interface Incoming {
  readonly base: Project;
  readonly theirs: Project;
}

export interface UndoState {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

/** The document being edited: the one source of truth of every page and of the canvas. */
export interface ProjectStore {
  readonly state: Pick<StoreApi<ProjectState>, 'getState' | 'getInitialState' | 'subscribe'>;
  /** Whether there is anything to undo or redo. */
  readonly history: Pick<StoreApi<UndoState>, 'getState' | 'getInitialState' | 'subscribe'>;
  /** Changes the project; one undo step, or a part of the one before (see `EditOptions`). No change, no step. */
  edit(recipe: (draft: Draft<Project>) => void, options?: EditOptions): void;
  /** Replaces one flow by what `change` makes of it. An unknown flow is left alone. */
  editFlow(flowId: string, change: (flow: Flow) => Flow, options?: EditOptions): void;
  /**
   * Takes another document as a whole, as one undo step: what was there before can be had back. Another project begins
   * a history of its own: undo never puts one project in the place of another.
   */
  replace(project: Project): void;
  /**
   * Takes a document in which the changes of others are. That is no step of ours: undo and redo go on through our own
   * steps only, each with what others changed since; where both touched one thing, theirs stays.
   */
  incorporate(project: Project, incoming: Incoming): void;
  undo(): void;
  redo(): void;
}

/** A store over `initial`. The clock says which edits belong together. */
export function createProjectStore(initial: Project, clock: Clock): ProjectStore {
  const state = createStore<ProjectState>()(
    temporal(() => ({ project: initial }) as ProjectState, {
      limit: HISTORY_LIMIT,
      equality: (past, current) => past.project === current.project,
    }),
  );
  const past = state.temporal;
  const history = createStore<UndoState>(() => ({ canUndo: false, canRedo: false }));
  past.subscribe(({ pastStates, futureStates }) => {
    const next = { canUndo: pastStates.length > 0, canRedo: futureStates.length > 0 };
    const now = history.getState();
    if (next.canUndo !== now.canUndo || next.canRedo !== now.canRedo) history.setState(next);
  });

  let incoming: readonly Incoming[] = [];
  /** How many changes of others a document has in it, for every one that was or is the present one. */
  const containing = new WeakMap<Project, number>();

  function forget(): void {
    incoming = [];
    past.getState().clear();
  }

  /** A document of the history with what others changed since. */
  function brought(project: Project): Project {
    const missing = incoming.slice(containing.get(project) ?? 0);
    // Theirs as the first side: it wins where both changed one thing.
    const result = missing.reduce((ours, { base, theirs }) => mergeProjects(base, theirs, ours).project, project);
    containing.set(result, incoming.length);
    return result;
  }

  function travel(direction: 'undo' | 'redo'): void {
    lastKey = undefined;
    const states = direction === 'undo' ? 'pastStates' : 'futureStates';
    const list = past.getState()[states];
    const target = list.at(-1)?.project;
    if (target === undefined) return;
    past.setState({ [states]: [...list.slice(0, -1), { project: brought(target) }] });
    past.getState()[direction]();
  }

  let lastKey: string | undefined;
  let lastAtMs = 0;

  function set(project: Project, coalesce: string | undefined): void {
    if (project === state.getState().project) return;
    const nowMs = clock.nowMs();
    const joins = coalesce !== undefined && coalesce === lastKey && nowMs - lastAtMs <= COALESCE_MS;
    lastKey = coalesce;
    lastAtMs = nowMs;
    if (joins) past.getState().pause();
    containing.set(project, incoming.length);
    state.setState({ project });
    if (joins) past.getState().resume();
  }

  return {
    state,
    history,
    edit: (recipe, options) => {
      // A recipe's own return value is of no interest; immer would take it for the new document.
      const project = produce(state.getState().project, (draft) => void recipe(draft));
      set(project, options?.coalesce);
    },
    editFlow: (flowId, change, options) => {
      const { project } = state.getState();
      const flow = project.flows[flowId];
      if (flow === undefined) return;
      const changed = change(flow);
      if (changed === flow) return;
      set({ ...project, flows: { ...project.flows, [flowId]: changed } }, options?.coalesce);
    },
    replace: (project) => {
      const isOther = project.id !== state.getState().project.id;
      set(project, undefined);
      if (isOther) forget();
    },
    incorporate: (project, change) => {
      if (project === state.getState().project) return;
      lastKey = undefined;
      incoming = [...incoming, change];
      containing.set(project, incoming.length);
      past.getState().pause();
      state.setState({ project });
      past.getState().resume();
      if (project.id !== change.base.id || incoming.length > INCOMING_LIMIT) forget();
    },
    undo: () => travel('undo'),
    redo: () => travel('redo'),
  };
}
