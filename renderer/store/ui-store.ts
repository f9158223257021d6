import { createJSONStorage, persist, type StateStorage } from 'zustand/middleware';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FlowId, NodeId } from '../../shared/flow/ids.ts';
import type { Project } from '../../shared/flow/project.ts';
import { DEFAULT_DESK_OPTIONS, type DeskOptions, DeskOptionsSchema } from './desk-options.ts';

export type Role = 'supervisor' | 'operator';
export const PAGES = [
  'flows',
  'numbers',
  'team',
  'prompts',
  'schedules',
  'calls',
  'board',
  'voicemail',
  'versions',
  'sync',
  'settings',
  'line',
] as const;
export type Page = (typeof PAGES)[number];
export const DOCK_TABS = ['problems', 'simulator', 'tests', 'trace'] as const;
export const NEW_FLOW_TABS = ['text', 'samples', 'import'] as const;
export type NewFlowTab = (typeof NEW_FLOW_TABS)[number];
export type DockTab = (typeof DOCK_TABS)[number];

/** Looks and places of this window; nothing of it is in the document. Sizes in CSS pixels. */
export interface UiState {
  readonly role: Role;
  readonly page: Page;
  readonly flowId: FlowId | null;
  /** Flows that have a tab, in the order of the tabs. */
  readonly openFlows: readonly FlowId[];
  /** How each flow was last looked at; `screen = canvas * zoom + (x, y)`. */
  readonly views: Readonly<Record<FlowId, { readonly x: number; readonly y: number; readonly zoom: number }>>;
  readonly selectedNodes: readonly NodeId[];
  /** Connections by `connectionId` (see canvas/derive.ts). */
  readonly selectedEdges: readonly string[];
  /** Nodes of the open flow that a search has found. */
  readonly foundNodes: readonly NodeId[];
  /** Ask of the canvas to bring a node into view, until it has; `seq` makes every ask new. */
  readonly reveal: { readonly nodeId: NodeId; readonly seq: number } | null;
  /** Ask of the inspector to take the keyboard focus. */
  readonly focusInspectorSeq: number;
  readonly inspectorOpen: boolean;
  readonly inspectorWidthPx: number;
  readonly phoneOpen: boolean;
  readonly phoneWidthPx: number;
  readonly dockOpen: boolean;
  readonly dockHeightPx: number;
  readonly dockTab: DockTab;
  readonly minimap: boolean;
  /** Hosts that pages for calls may be opened at without asking. */
  readonly linkHosts: readonly string[];
  /** How many calls took each wire is drawn onto the canvas. */
  readonly heat: boolean;
  /** The window stays above those of other programs, where it can. */
  readonly onTop: boolean;
  readonly deskOptions: DeskOptions;
  /** A version that the canvas is compared with, and how it is called. */
  readonly comparison: { readonly label: string; readonly before: Project } | null;
  /** The dialog that makes a flow from something is open, at that tab. */
  readonly newFlow: NewFlowTab | null;
}

export interface UiStore extends Omit<StoreApi<UiState>, 'destroy'> {
  select(nodes: readonly NodeId[], edges?: readonly string[]): void;
  /** Opens a flow, in a tab of its own. */
  openFlow(flowId: FlowId): void;
  /** Takes a flow's tab away; its neighbour is looked at then. The last tab stays. */
  closeFlow(flowId: FlowId): void;
  /** Opens the flow, selects the node and brings it into view. */
  revealNode(flowId: FlowId, nodeId: NodeId): void;
  focusInspector(): void;
}

const REMEMBERED = [
  'role',
  'page',
  'flowId',
  'openFlows',
  'inspectorOpen',
  'inspectorWidthPx',
  'phoneOpen',
  'phoneWidthPx',
  'dockOpen',
  'dockHeightPx',
  'dockTab',
  'minimap',
  'linkHosts',
  'heat',
  'onTop',
  'deskOptions',
] as const satisfies readonly (keyof UiState)[];

const initial: UiState = {
  role: 'supervisor',
  page: 'flows',
  flowId: null,
  openFlows: [],
  views: {},
  selectedNodes: [],
  selectedEdges: [],
  foundNodes: [],
  reveal: null,
  focusInspectorSeq: 0,
  inspectorOpen: true,
  inspectorWidthPx: 340,
  // The canvas needs the room; a call opens the phone.
  phoneOpen: false,
  phoneWidthPx: 320,
  dockOpen: true,
  dockHeightPx: 180,
  dockTab: 'problems',
  minimap: true,
  linkHosts: [],
  heat: false,
  onTop: false,
  deskOptions: DEFAULT_DESK_OPTIONS,
  comparison: null,
  newFlow: null,
};

/** Remembers sizes, page and role in `storage` under `dialtree.ui`. */
export function createUiStore(storage: StateStorage): UiStore {
  const store = createStore<UiState>()(
    persist(() => initial, {
      name: 'dialtree.ui',
      version: 1,
      storage: createJSONStorage(() => storage),
      partialize: (state) => Object.fromEntries(REMEMBERED.map((key) => [key, state[key]])) as Partial<UiState>,
      merge: (kept, current) => ({ ...current, ...sane(kept) }),
    }),
  );
  let seq = 0;
  const select: UiStore['select'] = (nodes, edges = []) => {
    const now = store.getState();
    if (sameList(now.selectedNodes, nodes) && sameList(now.selectedEdges, edges)) return;
    store.setState({ selectedNodes: nodes, selectedEdges: edges });
  };
  return {
    ...store,
    select,
    openFlow: (flowId) => {
      if (store.getState().flowId !== flowId) select([]);
      store.setState({ page: 'flows', flowId, openFlows: withTab(store.getState(), flowId) });
    },
    closeFlow: (flowId) => {
      const { openFlows, flowId: current } = store.getState();
      const left = openFlows.filter((id) => id !== flowId);
      if (left.length === 0 || left.length === openFlows.length) return;
      store.setState({ openFlows: left });
      if (current !== flowId) return;
      select([]);
      store.setState({ flowId: left[Math.max(0, openFlows.indexOf(flowId) - 1)] ?? null });
    },
    revealNode: (flowId, nodeId) => {
      store.setState({
        page: 'flows',
        flowId,
        openFlows: withTab(store.getState(), flowId),
        selectedNodes: [nodeId],
        selectedEdges: [],
        reveal: { nodeId, seq: ++seq },
      });
    },
    focusInspector: () =>
      store.setState((state) => ({ inspectorOpen: true, focusInspectorSeq: state.focusInspectorSeq + 1 })),
  };
}

/** The tabs with that of a flow, and that of the flow that was looked at until now. */
function withTab({ openFlows, flowId: current }: UiState, flowId: FlowId): readonly FlowId[] {
  const tabs = new Set([...openFlows, ...(current === null ? [] : [current]), flowId]);
  return tabs.size === openFlows.length ? openFlows : [...tabs];
}

/** What was kept, without values of a wrong kind: an older or damaged entry must not break the window. */
function sane(kept: unknown): Partial<UiState> {
  if (typeof kept !== 'object' || kept === null) return {};
  const entries = Object.entries(kept).filter(([key, value]) => {
    if (!(REMEMBERED as readonly string[]).includes(key)) return false;
    const model = initial[key as keyof UiState];
    if (key === 'flowId') return value === null || typeof value === 'string';
    if (key === 'openFlows' || key === 'linkHosts')
      return Array.isArray(value) && value.every((id) => typeof id === 'string');
    if (key === 'deskOptions') return DeskOptionsSchema.safeParse(value).success;
    if (key === 'role') return value === 'supervisor' || value === 'operator';
    if (key === 'page') return (PAGES as readonly unknown[]).includes(value);
    if (key === 'dockTab') return (DOCK_TABS as readonly unknown[]).includes(value);
    if (typeof model === 'number') return typeof value === 'number' && value >= 80 && value <= 2000;
    return typeof value === typeof model;
  });
  return Object.fromEntries(entries) as Partial<UiState>;
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
