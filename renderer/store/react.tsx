import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { RemoteState } from '../../shared/bridge/sync.ts';
import type { TrunkView } from '../../shared/bridge/trunk.ts';
import type { FlowId } from '../../shared/flow/ids.ts';
import type { Project } from '../../shared/flow/project.ts';
import { invariant } from '../../shared/lib/invariant.ts';
import type { DeskState } from './desk-store.ts';
import type { LiveCallsState } from './live-calls-store.ts';
import type { ProblemsState } from './problems-store.ts';
import type { UndoState } from './project-store.ts';
import type { SyncState } from './project-sync.ts';
import type { ProofState } from './proof-store.ts';
import type { PublishedState } from './published-store.ts';
import type { SimulatorState } from './simulator-store.ts';
import type { Stores } from './stores.ts';
import type { TestsState } from './tests-store.ts';
import type { UiState } from './ui-store.ts';
import type { VoicemailState } from './voicemail-store.ts';
import type { VoicesState } from './voices-store.ts';

/** The only binding of the stores to React. Selectors should return something stable (a part of the state). */
const StoresContext = createContext<Stores | null>(null);

export function StoresProvider({ stores, children }: { stores: Stores; children: ReactNode }) {
  return <StoresContext.Provider value={stores}>{children}</StoresContext.Provider>;
}

/** The stores themselves, for changing and for reading outside rendering. */
export function useStores(): Stores {
  const stores = useContext(StoresContext);
  invariant(stores, 'useStores needs a StoresProvider above it');
  return stores;
}

export function useProject<Part>(select: (project: Project) => Part): Part {
  return useStore(useStores().project.state, (state) => select(state.project));
}

export function useUi<Part>(select: (state: UiState) => Part): Part {
  return useStore(useStores().ui, select);
}

/** The flow that is drawn: the chosen one, else the first. Null: there is none. */
export function useShownFlow(): FlowId | null {
  const chosen = useUi((state) => state.flowId);
  return useProject(({ flows }) => (chosen !== null && flows[chosen] ? chosen : (Object.keys(flows)[0] ?? null)));
}

export function useSync<Part>(select: (state: SyncState) => Part): Part {
  return useStore(useStores().sync.state, select);
}

export function useUndoState(): UndoState {
  return useStore(useStores().project.history);
}

export function useLiveCalls<Part>(select: (state: LiveCallsState) => Part): Part {
  return useStore(useStores().live, select);
}

export function useTests<Part>(select: (state: TestsState) => Part): Part {
  return useStore(useStores().tests.state, select);
}

export function useProof<Part>(select: (state: ProofState) => Part): Part {
  return useStore(useStores().proof.state, select);
}

export function useSimulator<Part>(select: (state: SimulatorState) => Part): Part {
  return useStore(useStores().simulator.state, select);
}

export function useDesk<Part>(select: (state: DeskState) => Part): Part {
  return useStore(useStores().desk, select);
}

export function useVoicesState<Part>(select: (state: VoicesState) => Part): Part {
  return useStore(useStores().voices, select);
}

export function useVoicemail<Part>(select: (state: VoicemailState) => Part): Part {
  return useStore(useStores().voicemail, select);
}

export function useRemote<Part>(select: (state: RemoteState) => Part): Part {
  return useStore(useStores().remote, select);
}

export function usePublished<Part>(select: (state: PublishedState) => Part): Part {
  return useStore(useStores().published.state, select);
}

export function useLine<Part>(select: (line: TrunkView) => Part): Part {
  return useStore(useStores().line, select);
}

export function useProblems<Part>(select: (state: ProblemsState) => Part): Part {
  return useStore(useStores().problems.state, select);
}
