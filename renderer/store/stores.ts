import type { StateStorage } from 'zustand/middleware';
import type { Bridge, ProjectState } from '../../shared/bridge/contract.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { type Prove, proveInWorker } from '../prove/prover.ts';
import { createDeskStore, type DeskStore } from './desk-store.ts';
import { createLineStore, type LineStore } from './line-store.ts';
import { createLiveCallsStore, type LiveCallsStore } from './live-calls-store.ts';
import { createProblemsStore, type ProblemsStore } from './problems-store.ts';
import { createProjectStore, type ProjectStore } from './project-store.ts';
import { createProjectSync, type ProjectSync } from './project-sync.ts';
import { createProofStore, type ProofStore } from './proof-store.ts';
import { createPublishedStore, type PublishedStore } from './published-store.ts';
import { createRemoteStore, type RemoteStore } from './remote-store.ts';
import { createSimulatorStore, type SimulatorStore } from './simulator-store.ts';
import { createTestsStore, type TestsStore } from './tests-store.ts';
import { createUiStore, type UiStore } from './ui-store.ts';
import { createVoicemailStore, type VoicemailStore } from './voicemail-store.ts';
import { createVoicesStore, type VoicesStore } from './voices-store.ts';

/** Everything a window holds. */
export interface Stores {
  readonly bridge: Bridge;
  readonly clock: Clock;
  readonly project: ProjectStore;
  readonly sync: ProjectSync;
  readonly ui: UiStore;
  readonly live: LiveCallsStore;
  readonly voicemail: VoicemailStore;
  readonly voices: VoicesStore;
  readonly desk: DeskStore;
  readonly remote: RemoteStore;
  readonly published: PublishedStore;
  readonly line: LineStore;
  readonly problems: ProblemsStore;
  readonly tests: TestsStore;
  readonly simulator: SimulatorStore;
  readonly proof: ProofStore;
  dispose(): void;
}

export interface StoresOptions {
  readonly bridge: Bridge;
  readonly clock: Clock;
  /** Where looks and places are remembered. */
  readonly storage: StateStorage;
  /** The project as it was loaded. */
  readonly saved: ProjectState;
  /** Explores projects; without one, in a worker. */
  readonly prove?: Prove;
}

/** Makes the stores of a window around a loaded project. */
export function createStores({ bridge, clock, storage, saved, prove = proveInWorker }: StoresOptions): Stores {
  const project = createProjectStore(saved.project, clock);
  const sync = createProjectSync({ bridge, store: project, saved, clock });
  const ui = createUiStore(storage);
  const voices = createVoicesStore(bridge);
  const problems = createProblemsStore(project, clock, voices);
  const live = createLiveCallsStore(bridge, clock);
  const simulator = createSimulatorStore(project, live, clock, (source) => bridge.call('speech.render', { source }));
  const proof = createProofStore(project, prove);
  const tests = createTestsStore(project, clock);
  const desk = createDeskStore(bridge);
  const voicemail = createVoicemailStore(bridge);
  const remote = createRemoteStore(bridge);
  const published = createPublishedStore(bridge, project, sync);
  const line = createLineStore(bridge);
  const { flowId } = ui.getState();
  if (flowId === null || saved.project.flows[flowId] === undefined) {
    ui.setState({ flowId: Object.keys(saved.project.flows)[0] ?? null });
  }
  return {
    bridge,
    clock,
    project,
    sync,
    ui,
    live,
    voicemail,
    voices,
    desk,
    remote,
    published,
    line,
    problems,
    tests,
    simulator,
    proof,
    dispose() {
      problems.dispose();
      tests.dispose();
      simulator.dispose();
      proof.dispose();
      sync.dispose();
      live.dispose();
      voicemail.dispose();
      voices.dispose();
      desk.dispose();
      remote.dispose();
      published.dispose();
      line.dispose();
    },
  };
}
