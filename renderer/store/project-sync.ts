import { createStore, type StoreApi } from 'zustand/vanilla';
import { mergeProjects } from '../../shared/analyze/merge/merge-projects.ts';
import type { Bridge, ProjectState as SavedProject } from '../../shared/bridge/contract.ts';
import type { Project } from '../../shared/flow/project.ts';
import type { CancelTimer, Clock } from '../../shared/lib/clock.ts';
import { DialtreeError, type ErrorDetail, toErrorDetail } from '../../shared/lib/errors.ts';
import type { ProjectStore } from './project-store.ts';

/** How long after the last change the project is saved. */
export const SAVE_DELAY_MS = 700;
/** Who never pauses is saved this long after the first change: no more is ever lost. */
export const LONGEST_UNSAVED_MS = 1000;
const FIRST_RETRY_MS = 2000;
const LONGEST_RETRY_MS = 30_000;
/** So often in a row someone else may be faster before it counts as a failure. */
const MAX_ROUNDS = 10;

/**
 * `saved` ⇄ `unsaved` → `saving` → `saved`; `saving` → `error` (tried again by itself) or → `conflict` (someone else
 * saved meanwhile, and the changes do not go together; waits for a person's choice).
 */
export type SyncStatus = 'saved' | 'unsaved' | 'saving' | 'error' | 'conflict';

export interface SyncState {
  readonly status: SyncStatus;
  readonly path: string;
  /** Revision that our document is based on. */
  readonly revision: number;
  readonly savedAtMs: number | null;
  readonly error: ErrorDetail | null;
}

export interface ProjectSync {
  readonly state: Pick<StoreApi<SyncState>, 'getState' | 'getInitialState' | 'subscribe'>;
  /** Saves now what is unsaved. Resolves when there is nothing left to save or saving failed (see `state`). */
  flush(): Promise<void>;
  /** After a conflict: takes the other document; ours stays one undo away. */
  takeTheirs(): Promise<void>;
  /**
   * After a conflict: saves ours, with what the others changed elsewhere; their document stays one undo away.
   */
  keepOurs(): Promise<void>;
  /** Asks for the saved document again, e.g. after the connection came back, and saves what is unsaved. */
  refresh(): Promise<void>;
  dispose(): void;
}

export interface ProjectSyncOptions {
  readonly bridge: Bridge;
  readonly store: ProjectStore;
  readonly saved: SavedProject;
  readonly clock: Clock;
}

/** Keeps the document and the file together: saves by itself, and takes or merges what others save. */
export function createProjectSync({ bridge, store, saved, clock }: ProjectSyncOptions): ProjectSync {
  const state = createStore<SyncState>(() => ({
    status: 'saved',
    path: saved.path,
    revision: saved.revision,
    savedAtMs: null,
    error: null,
  }));
  /** The document as it lies on disk, as far as we know: what differs from it is unsaved. */
  let onDisk: Project = store.state.getState().project;
  let newestSeen = saved.revision;
  /** The newest revision that a conflict was found with: only a newer one is looked at again. */
  let judged = 0;
  let running: Promise<void> | null = null;
  /** Since when there is something unsaved; null while there is nothing. */
  let unsavedSinceMs: number | null = null;
  let retryMs = FIRST_RETRY_MS;
  let cancelTimer: CancelTimer = () => {};

  const ours = () => store.state.getState().project;
  const isDirty = () => ours() !== onDisk;

  function schedule(delayMs: number): void {
    cancelTimer();
    cancelTimer = clock.after(delayMs, () => void flush());
  }

  function handleChange(): void {
    const { status } = state.getState();
    if (status === 'conflict' || status === 'saving') return;
    if (!isDirty()) {
      cancelTimer();
      unsavedSinceMs = null;
      state.setState({ status: 'saved', error: null });
      return;
    }
    state.setState({ status: 'unsaved' });
    unsavedSinceMs ??= clock.nowMs();
    schedule(Math.min(SAVE_DELAY_MS, Math.max(0, unsavedSinceMs + LONGEST_UNSAVED_MS - clock.nowMs())));
  }

  async function save(): Promise<void> {
    const project = ours();
    unsavedSinceMs = null;
    state.setState({ status: 'saving' });
    try {
      const { revision, savedAtMs, path } = await bridge.call('project.save', {
        project,
        baseRevision: state.getState().revision,
      });
      onDisk = project;
      retryMs = FIRST_RETRY_MS;
      newestSeen = Math.max(newestSeen, revision);
      state.setState({ status: isDirty() ? 'unsaved' : 'saved', path, revision, savedAtMs, error: null });
    } catch (error) {
      const detail = toErrorDetail(error);
      if (detail.code === 'project/stale') {
        newestSeen = Math.max(newestSeen, state.getState().revision + 1);
        return;
      }
      fail(detail);
    }
  }

  function fail(detail: ErrorDetail): void {
    state.setState({ status: 'error', error: detail });
    schedule(retryMs);
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
  }

  async function run(): Promise<void> {
    cancelTimer();
    for (let round = 0; ; round++) {
      if (newestSeen > state.getState().revision && newestSeen > judged) {
        try {
          await reload();
        } catch (error) {
          return fail(toErrorDetail(error));
        }
      }
      if (!isDirty() || state.getState().status === 'conflict') return;
      if (round >= MAX_ROUNDS) {
        return fail({ code: 'project/stale', message: 'Others save this project all the time.' });
      }
      await save();
      if (state.getState().status === 'error') return;
    }
  }

  function flush(): Promise<void> {
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  }

  async function reload(): Promise<void> {
    const current = await bridge.call('project.current', {});
    newestSeen = current.revision;
    if (current.revision === state.getState().revision) return;
    const base = onDisk;
    const merged = isDirty() ? mergedWith(current) : current.project;
    if (merged === null) {
      cancelTimer();
      judged = current.revision;
      state.setState({ status: 'conflict', error: null });
      return;
    }
    onDisk = current.project;
    state.setState({ path: current.path, revision: current.revision, error: null });
    store.incorporate(merged, { base, theirs: current.project });
    state.setState({ status: isDirty() ? 'unsaved' : 'saved' });
  }

  /** Our changes and theirs in one document; null when a person must choose. */
  function mergedWith({ project }: SavedProject): Project | null {
    if (project.id !== onDisk.id) return null;
    const merged = mergeProjects(onDisk, ours(), project);
    return merged.conflicts.length === 0 ? merged.project : null;
  }

  function adopt(current: SavedProject): void {
    onDisk = current.project;
    state.setState({ path: current.path, revision: current.revision, error: null });
    store.replace(current.project);
    state.setState({ status: isDirty() ? 'unsaved' : 'saved' });
  }

  const unsubscribeStore = store.state.subscribe(handleChange);
  const unsubscribeSaved = bridge.on('project.saved', ({ revision }) => {
    newestSeen = Math.max(newestSeen, revision);
    // Our own save is announced too, perhaps before its answer: judged when the answer is there.
    if (running !== null || revision <= state.getState().revision) return;
    void flush();
  });

  return {
    state,
    flush,
    async takeTheirs() {
      await running;
      adopt(await bridge.call('project.current', {}));
    },
    async keepOurs() {
      await running;
      const current = await bridge.call('project.current', {});
      const mine = current.project.id === onDisk.id ? mergeProjects(onDisk, ours(), current.project).project : ours();
      adopt(current);
      store.replace(mine);
      await flush();
      const { status, error } = state.getState();
      if (status === 'error' && error !== null) throw new DialtreeError(error);
    },
    async refresh() {
      await running;
      await reload();
      await flush();
    },
    dispose() {
      cancelTimer();
      unsubscribeStore();
      unsubscribeSaved();
    },
  };
}

/** Saves at once when the window is left, hidden or closed. Returns the way to stop. */
export function flushWhenLeaving(sync: Pick<ProjectSync, 'flush' | 'state'>, target: Window): () => void {
  const flush = () => void sync.flush();
  const onHide = () => {
    if (target.document.visibilityState === 'hidden') flush();
  };
  const onUnload = (event: BeforeUnloadEvent) => {
    const { status } = sync.state.getState();
    flush();
    // A browser cannot wait for the answer: it asks the person while the save is under way.
    if (status !== 'saved') event.preventDefault();
  };
  target.addEventListener('blur', flush);
  target.document.addEventListener('visibilitychange', onHide);
  target.addEventListener('beforeunload', onUnload);
  return () => {
    target.removeEventListener('blur', flush);
    target.document.removeEventListener('visibilitychange', onHide);
    target.removeEventListener('beforeunload', onUnload);
  };
}
