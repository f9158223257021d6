import { type EdgeChange, type NodeChange, useStoreApi } from '@xyflow/react';
import type { TFunction } from 'i18next';
import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncConflict } from '../../shared/bridge/sync.ts';
import { type FlowNode, outputsOf } from '../../shared/flow/catalogue.ts';
import type { FlowId, NodeId } from '../../shared/flow/ids.ts';
import type { Flow } from '../../shared/flow/project.ts';
import type { Position } from '../store/flow-edits.ts';
import { entriesShown, followedCall } from '../store/live-calls-store.ts';
import type { Problem } from '../store/problems-store.ts';
import { useLiveCalls, useProblems, useRemote, useStores, useTests, useUi } from '../store/react.tsx';
import { nodeOf } from '../store/remote-store.ts';
import type { Size } from './card-geometry.ts';
import type { FlowComparison } from './compare/compare-flows.ts';
import { connectionId } from './connection-id.ts';
import {
  type CanvasNode,
  type CardNode,
  deriveCards,
  deriveNotes,
  deriveWires,
  type NoteDraft,
  type ProblemMark,
  type WireEdge,
} from './derive.ts';
import type { FarLayerHandle } from './far/far-layer.tsx';
import type { Marks } from './far/paint.ts';
import { attachedTo } from './far/residents.ts';
import { buildScene } from './far/scene.ts';
import { useResidents } from './far/use-residents.ts';
import { graphFacts } from './graph.ts';
import { livePath, NO_PATH } from './live-path.ts';
import type { NoteNode } from './note.tsx';
import { useHeat } from './use-heat.ts';

/** From so many nodes on, only those in view are in the page, and the others are drawn by the far layer. */
export const MANY_NODES = 150;

const NONE: Readonly<Record<NodeId, never>> = {};
const NOBODY: ReadonlySet<string> = new Set();
const SAME: FlowComparison['nodes'] = new Map();

/** Connections that no test goes through, while the tests are looked at. */
function useUncovered(flowId: FlowId): ReadonlySet<string> | undefined {
  const isShown = useUi((state) => state.dockOpen && state.dockTab === 'tests');
  const coverage = useTests((state) => state.coverage);
  return useMemo(() => {
    const outputs = isShown ? coverage?.flows.find((flow) => flow.flowId === flowId)?.outputs : undefined;
    const open = outputs?.filter(({ taken }) => taken === 0);
    return open && new Set(open.map(({ nodeId, output }) => connectionId({ from: nodeId, output })));
  }, [isShown, coverage, flowId]);
}

/**
 * What the canvas shows, derived from the document, the selection and the live call: the scene for the far layer, and
 * React Flow's nodes and edges for what is real. What React Flow reports goes three ways: sizes stay here, selection
 * goes to the ui store, and a drag stays here until it ends.
 */
export function useElements(
  flowId: FlowId,
  flow: Flow,
  layer: RefObject<FarLayerHandle | null>,
  comparison: FlowComparison | null,
) {
  const { t } = useTranslation();
  const { ui } = useStores();
  const store = useStoreApi();
  const [measured, setMeasured] = useState<Readonly<Record<NodeId, Size>>>(NONE);
  const [dragged, setDragged] = useState<Readonly<Record<NodeId, Position>>>(NONE);
  const selectedNodes = useUi((state) => state.selectedNodes);
  const selectedEdges = useUi((state) => state.selectedEdges);
  const foundNodes = useUi((state) => state.foundNodes);
  const problems = useProblems((state) => state.problems);
  const conflicts = useRemote((state) => state.conflicts);
  const call = useLiveCalls((state) => followedCall(state, flowId));
  const uncovered = useUncovered(flowId);
  const compared = comparison?.nodes;
  const heat = useHeat(flowId);
  const noted = useMemo(
    () => (comparison ? new Set([...(uncovered ?? []), ...comparison.wires]) : uncovered),
    [uncovered, comparison],
  );
  const [drafts, setDrafts] = useState<Readonly<Record<string, NoteDraft>>>(NONE);
  const cardsBefore = useRef<CardNode[]>([]);
  const notesBefore = useRef<NoteNode[]>([]);
  const wiresBefore = useRef<WireEdge[]>([]);
  const sizes = useRef(measured);

  const facts = useMemo(() => graphFacts(flow), [flow]);
  const marks = useMemo(() => problemMarks(problems, flowId), [problems, flowId]);
  const disputed = useMemo(() => conflictCounts(conflicts, flowId), [conflicts, flowId]);
  const shownEntries = useLiveCalls((state) => (call ? entriesShown(state, call) : 0));
  const path = useMemo(
    () => (call ? livePath(call.trace.slice(0, shownEntries), flowId, flow) : NO_PATH),
    [call, shownEntries, flowId, flow],
  );
  const scene = useMemo(() => buildScene(flow, sizes.current), [flow]);
  const isLarge = facts.order.length > MANY_NODES;
  const real = useResidents(scene, isLarge);
  const attached = useMemo(() => (real ? attachedTo(scene, real) : null), [scene, real]);
  const shown = useMemo(() => real && attached && new Set([...real, ...attached.hidden]), [real, attached]);

  // Sizes and drags go into the scene as it is: laying it all out anew would be a long frame.
  useLayoutEffect(() => {
    sizes.current = measured;
    for (const [id, size] of Object.entries(measured)) Object.assign(scene.cards.get(id) ?? {}, size);
    for (const [id, place] of Object.entries(dragged)) Object.assign(scene.cards.get(id) ?? {}, place);
    const by = dragOf(flow, dragged);
    for (const id of by ? selectedNodes : []) {
      const node = flow.nodes[id];
      const card = scene.cards.get(id);
      if (by && node && card && !dragged[id]) Object.assign(card, moved(node.position, by));
    }
    layer.current?.repaint();
  }, [scene, measured, dragged, flow, selectedNodes, layer]);

  // In another language every card is described anew.
  const label = useMemo(() => {
    cardsBefore.current = [];
    return (node: FlowNode) => describeNode(node, t);
  }, [t]);
  const notes = useMemo(() => {
    const label = (text: string) => (text === '' ? t('note.name') : `${t('note.name')}: ${text}`);
    const drawn = Object.fromEntries(
      Object.keys(flow.notes ?? {}).flatMap((id) =>
        dragged[id] || drafts[id] ? [[id, { ...drafts[id], ...dragged[id] }]] : [],
      ),
    );
    notesBefore.current = deriveNotes(flow, selectedNodes, drawn, notesBefore.current, label);
    return notesBefore.current;
  }, [flow, selectedNodes, dragged, drafts, t]);
  const cards = useMemo(() => {
    const some = {
      shown: shown ?? undefined,
      hidden: attached?.hidden,
      found: new Set(foundNodes),
      compared,
      drops: heat.drops,
    };
    const derived = {
      flow,
      facts,
      problems: marks,
      conflicts: disputed,
      path,
      selected: selectedNodes,
      dragged,
      measured,
      label,
      ...some,
    };
    cardsBefore.current = deriveCards({ ...derived, estimate: isLarge }, cardsBefore.current);
    return cardsBefore.current;
  }, [
    flow,
    facts,
    marks,
    disputed,
    path,
    selectedNodes,
    dragged,
    measured,
    label,
    shown,
    attached,
    foundNodes,
    compared,
    heat,
    isLarge,
  ]);
  // Far out the far layer has the notes, as it has the cards.
  const nodes = useMemo<CanvasNode[]>(() => (real?.size === 0 ? cards : [...notes, ...cards]), [notes, cards, real]);
  const edges = useMemo(() => {
    const before = wiresBefore.current;
    wiresBefore.current = deriveWires(flow, path, selectedEdges, before, noted, attached?.wires, heat.wires);
    return wiresBefore.current;
  }, [flow, path, selectedEdges, noted, attached, heat]);
  const layerMarks = useMemo<Marks>(
    () => ({
      selected: new Set(selectedNodes),
      selectedWires: new Set(selectedEdges),
      problems: marks,
      path,
      noted: noted ?? NOBODY,
      compared: compared ?? SAME,
      conflicts: disputed,
      found: new Set(foundNodes),
      realCards: real ?? NOBODY,
      realWires: attached?.wires ?? NOBODY,
      heat,
    }),
    [selectedNodes, selectedEdges, marks, disputed, path, noted, compared, foundNodes, real, attached, heat],
  );

  /** What is selected but not real is unknown to React Flow: it goes when a click or a box selects anew. */
  const keptSelection = useCallback(
    (selected: readonly string[], isKnown: (id: string) => boolean) => {
      const { multiSelectionActive, userSelectionActive } = store.getState();
      return multiSelectionActive || userSelectionActive ? [...selected] : selected.filter(isKnown);
    },
    [store],
  );

  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      const drawn: Record<NodeId, Size> = {};
      const places: Record<NodeId, Position> = {};
      const { nodeLookup } = store.getState();
      let selection = [...ui.getState().selectedNodes];
      if (changes.some(({ type }) => type === 'select'))
        selection = keptSelection(selection, (id) => nodeLookup.has(id));
      for (const change of changes) {
        const resized = resizeOf(change);
        if (resized && nodeLookup.get(resized.id)?.type === 'note') {
          setDrafts((known) => ({ ...known, [resized.id]: { ...known[resized.id], ...resized.part } }));
        } else if (change.type === 'dimensions' && change.resizing === false) setDrafts(NONE);
        else if (change.type === 'dimensions' && change.dimensions) drawn[change.id] = change.dimensions;
        else if (change.type === 'position' && change.position && change.dragging) places[change.id] = change.position;
        else if (change.type === 'select') selection = toggled(selection, change.id, change.selected);
      }
      if (Object.keys(drawn).length > 0) setMeasured((known) => ({ ...known, ...drawn }));
      if (Object.keys(places).length > 0) setDragged((known) => ({ ...known, ...places }));
      ui.select(selection, ui.getState().selectedEdges);
    },
    [ui, store, keptSelection],
  );

  const onEdgesChange = useCallback(
    (changes: EdgeChange<WireEdge>[]) => {
      const { edgeLookup } = store.getState();
      let selection = keptSelection(ui.getState().selectedEdges, (id) => edgeLookup.has(id));
      for (const change of changes) {
        if (change.type === 'select') selection = toggled(selection, change.id, change.selected);
      }
      ui.select(ui.getState().selectedNodes, selection);
    },
    [ui, store, keptSelection],
  );

  /** Where everything that was dragged has come to, also what is selected and not real. Ends the drag. */
  const endDrag = useCallback(
    (places: Readonly<Record<NodeId, Position>>): Readonly<Record<NodeId, Position>> => {
      const by = dragOf(flow, places);
      const others = ui.getState().selectedNodes.flatMap((id) => {
        const node = flow.nodes[id] ?? flow.notes?.[id];
        return by && node && !places[id] ? [[id, moved(node.position, by)] as const] : [];
      });
      setDragged(NONE);
      return { ...Object.fromEntries(others), ...places };
    },
    [flow, ui],
  );
  return {
    nodes,
    edges,
    measured,
    facts,
    path,
    scene,
    layerMarks,
    isLarge,
    real,
    onNodesChange,
    onEdgesChange,
    endDrag,
  };
}

/** What a change says of a note's box while it is pulled at an edge; null for another change. */
function resizeOf(change: NodeChange<CanvasNode>): { readonly id: string; readonly part: NoteDraft } | null {
  if (change.type === 'dimensions' && change.resizing && change.dimensions) {
    return { id: change.id, part: change.dimensions };
  }
  // A drag says that it is one; what only moves is pulled at its left or upper edge.
  if (change.type === 'position' && change.dragging === undefined && change.position) {
    return { id: change.id, part: change.position };
  }
  return null;
}

/** By how much a drag has moved its cards; undefined without one. */
function dragOf(flow: Flow, places: Readonly<Record<NodeId, Position>>): Position | undefined {
  const [first] = Object.entries(places);
  const from = first && (flow.nodes[first[0]] ?? flow.notes?.[first[0]])?.position;
  return from && { x: first[1].x - from.x, y: first[1].y - from.y };
}

function moved({ x, y }: Position, by: Position): Position {
  return { x: x + by.x, y: y + by.y };
}

function toggled(list: readonly string[], id: string, on: boolean): string[] {
  if (on) return list.includes(id) ? [...list] : [...list, id];
  return list.filter((other) => other !== id);
}

/** Worst severity and count of a flow's problems by node; what is good to know marks no card. */
export function problemMarks(problems: readonly Problem[], flowId: FlowId): Map<NodeId, ProblemMark> {
  const marks = new Map<NodeId, ProblemMark>();
  for (const problem of problems) {
    if (problem.flowId !== flowId || problem.nodeId === null || problem.severity === 'info') continue;
    const mark = marks.get(problem.nodeId);
    marks.set(problem.nodeId, {
      count: (mark?.count ?? 0) + 1,
      severity: mark?.severity === 'error' ? 'error' : problem.severity,
    });
  }
  return marks;
}

/** How many conflicts with the endpoint each node of a flow has. */
export function conflictCounts(conflicts: readonly SyncConflict[], flowId: FlowId): Map<NodeId, number> {
  const counts = new Map<NodeId, number>();
  for (const conflict of conflicts) {
    const node = nodeOf(conflict);
    if (node?.flowId === flowId) counts.set(node.nodeId, (counts.get(node.nodeId) ?? 0) + 1);
  }
  return counts;
}

/** What a screen reader says of a card: kind, name, and how many of its outputs lead somewhere. */
export function describeNode(node: FlowNode, t: TFunction): string {
  const outputs = outputsOf(node);
  const connected = outputs.filter((output) => node.connections[output.id] !== undefined).length;
  const kind = t(`node.${node.type}.name`);
  const name = node.name && node.name !== kind ? `${kind}: ${node.name}` : kind;
  return outputs.length === 0 ? name : `${name}. ${t('canvas.outputsConnected', { connected, count: outputs.length })}`;
}
