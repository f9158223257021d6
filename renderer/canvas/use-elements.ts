import type { EdgeChange, NodeChange } from '@xyflow/react';
import type { TFunction } from 'i18next';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncConflict } from '../../shared/bridge/sync.ts';
import { type FlowNode, outputsOf } from '../../shared/flow/catalogue.ts';
import type { FlowId, NodeId } from '../../shared/flow/ids.ts';
import type { Flow } from '../../shared/flow/project.ts';
import type { Position } from '../store/flow-edits.ts';
import { followedCall } from '../store/live-calls-store.ts';
import type { Problem } from '../store/problems-store.ts';
import { useLiveCalls, useProblems, useRemote, useStores, useTests, useUi } from '../store/react.tsx';
import { nodeOf } from '../store/remote-store.ts';
import { connectionId } from './connection-id.ts';
import { type CardNode, deriveCards, deriveWires, type ProblemMark, type WireEdge } from './derive.ts';
import { graphFacts } from './graph.ts';
import { livePath, NO_PATH } from './live-path.ts';

/** From so many nodes on, only those in view are in the page. */
export const MANY_NODES = 150;

const NONE: Readonly<Record<NodeId, never>> = {};

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
 * React Flow's nodes and edges, derived from the document, the selection and the live call. What React Flow reports
 * goes three ways: sizes stay here, selection goes to the ui store, and a drag stays here until it ends.
 */
export function useElements(flowId: FlowId, flow: Flow) {
  const { t } = useTranslation();
  const { ui } = useStores();
  const [measured, setMeasured] = useState<Readonly<Record<NodeId, { width: number; height: number }>>>(NONE);
  const [dragged, setDragged] = useState<Readonly<Record<NodeId, Position>>>(NONE);
  const selectedNodes = useUi((state) => state.selectedNodes);
  const selectedEdges = useUi((state) => state.selectedEdges);
  const problems = useProblems((state) => state.problems);
  const conflicts = useRemote((state) => state.conflicts);
  const call = useLiveCalls((state) => followedCall(state, flowId));
  const uncovered = useUncovered(flowId);
  const cardsBefore = useRef<CardNode[]>([]);
  const wiresBefore = useRef<WireEdge[]>([]);

  const facts = useMemo(() => graphFacts(flow), [flow]);
  const marks = useMemo(() => problemMarks(problems, flowId), [problems, flowId]);
  const disputed = useMemo(() => conflictCounts(conflicts, flowId), [conflicts, flowId]);
  const path = useMemo(() => (call ? livePath(call.trace, flowId, flow) : NO_PATH), [call, flowId, flow]);
  // In another language every card is described anew.
  const label = useMemo(() => {
    cardsBefore.current = [];
    return (node: FlowNode) => describeNode(node, t);
  }, [t]);
  const nodes = useMemo(() => {
    const estimate = facts.order.length > MANY_NODES;
    const selected = selectedNodes;
    const input = {
      flow,
      facts,
      problems: marks,
      conflicts: disputed,
      path,
      selected,
      dragged,
      measured,
      estimate,
      label,
    };
    cardsBefore.current = deriveCards(input, cardsBefore.current);
    return cardsBefore.current;
  }, [flow, facts, marks, disputed, path, selectedNodes, dragged, measured, label]);
  const edges = useMemo(() => {
    wiresBefore.current = deriveWires(flow, path, selectedEdges, wiresBefore.current, uncovered);
    return wiresBefore.current;
  }, [flow, path, selectedEdges, uncovered]);

  const onNodesChange = useCallback(
    (changes: NodeChange<CardNode>[]) => {
      const sizes: Record<NodeId, { width: number; height: number }> = {};
      const moved: Record<NodeId, Position> = {};
      let selection = [...ui.getState().selectedNodes];
      for (const change of changes) {
        if (change.type === 'dimensions' && change.dimensions) sizes[change.id] = change.dimensions;
        else if (change.type === 'position' && change.position && change.dragging) moved[change.id] = change.position;
        else if (change.type === 'select') selection = toggled(selection, change.id, change.selected);
      }
      if (Object.keys(sizes).length > 0) setMeasured((known) => ({ ...known, ...sizes }));
      if (Object.keys(moved).length > 0) setDragged((known) => ({ ...known, ...moved }));
      ui.select(selection, ui.getState().selectedEdges);
    },
    [ui],
  );

  const onEdgesChange = useCallback(
    (changes: EdgeChange<WireEdge>[]) => {
      let selection = [...ui.getState().selectedEdges];
      for (const change of changes) {
        if (change.type === 'select') selection = toggled(selection, change.id, change.selected);
      }
      ui.select(ui.getState().selectedNodes, selection);
    },
    [ui],
  );

  const endDrag = useCallback(() => setDragged(NONE), []);
  return { nodes, edges, measured, facts, path, onNodesChange, onEdgesChange, endDrag };
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
