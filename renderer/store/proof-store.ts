import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Project } from '../../shared/flow/project.ts';
import { type ErrorDetail, toErrorDetail } from '../../shared/lib/errors.ts';
import type { ProofResult, Prove, Reach } from '../prove/prover.ts';
import type { ProjectStore } from './project-store.ts';

export interface ProofState {
  readonly status: 'idle' | 'running' | 'done' | 'failed';
  readonly result: ProofResult | null;
  /** The document that was explored: another one may need another proof. */
  readonly of: Project | null;
  readonly error: ErrorDetail | null;
  /** What is asked of the way to a person. */
  readonly reach: Reach;
}

export interface ProofStore {
  readonly state: Pick<StoreApi<ProofState>, 'getState' | 'getInitialState' | 'subscribe'>;
  setReach(reach: Partial<Reach>): void;
  /** Explores the document as it is now; a proof under way is given up. */
  prove(): void;
  cancel(): void;
  dispose(): void;
}

/** Proofs on request: exploring takes longer than a keystroke. */
export function createProofStore(project: ProjectStore, prove: Prove): ProofStore {
  const store = createStore<ProofState>(() => ({
    status: 'idle',
    result: null,
    of: null,
    error: null,
    reach: { keys: 3, ms: 60_000 },
  }));
  let running: AbortController | null = null;

  function cancel(): void {
    running?.abort();
    running = null;
    if (store.getState().status === 'running') store.setState({ status: 'idle' });
  }

  async function start(): Promise<void> {
    cancel();
    const mine = new AbortController();
    running = mine;
    const document = project.state.getState().project;
    store.setState({ status: 'running', result: null, of: document, error: null });
    try {
      const result = await prove(document, store.getState().reach, mine.signal);
      if (running === mine) store.setState({ status: 'done', result });
    } catch (error) {
      if (running === mine) store.setState({ status: 'failed', error: toErrorDetail(error) });
    }
  }

  return {
    state: store,
    setReach: (reach) => store.setState((state) => ({ reach: { ...state.reach, ...reach } })),
    prove: () => void start(),
    cancel,
    dispose: cancel,
  };
}
