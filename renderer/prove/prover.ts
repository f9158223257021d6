import type { Finding, ProofCode } from '../../shared/analyze/finding.ts';
import { proveProject } from '../../shared/analyze/proofs.ts';
import type { Project } from '../../shared/flow/project.ts';

/** "A person is reachable within so many keys and so long." */
export interface Reach {
  readonly keys: number;
  readonly ms: number;
}

/** What exploring every way of a project's calls showed. JSON only: it comes from a worker. */
export interface ProofResult {
  readonly findings: readonly Finding<ProofCode>[];
  /** Whether every state was looked at. */
  readonly complete: boolean;
  readonly states: number;
}

/** Explores a project; `signal` gives it up. */
export type Prove = (project: Project, reach: Reach | null, signal: AbortSignal) => Promise<ProofResult>;

/** The work itself, for whoever has a thread for it. */
export function proveNow(project: Project, reach: Reach | null): ProofResult {
  const { findings, complete, explorations } = proveProject(project, reach ? { person: reach } : {});
  const states = explorations.reduce((sum, { graph }) => sum + graph.nodes.length, 0);
  return { findings, complete, states };
}

export interface ProveRequest {
  readonly project: Project;
  readonly reach: Reach | null;
}

/** Explores in a worker of its own, so that the window stays smooth; one that is given up is ended. */
export const proveInWorker: Prove = (project, reach, signal) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./prove-worker.ts', import.meta.url), { type: 'module' });
    const end = () => worker.terminate();
    signal.addEventListener('abort', () => {
      end();
      reject(signal.reason);
    });
    worker.addEventListener('message', ({ data }: MessageEvent<ProofResult>) => {
      end();
      resolve(data);
    });
    worker.addEventListener('error', (event) => {
      end();
      reject(new Error(event.message || 'The worker could not be started.'));
    });
    worker.postMessage({ project, reach } satisfies ProveRequest);
  });
