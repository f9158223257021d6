import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createNode, type FlowNode, type NodeData } from '../../shared/flow/catalogue.ts';
import type { FlowId, NodeId } from '../../shared/flow/ids.ts';
import { addNode, connect, disconnect, freeName, freePlace, updateNode } from '../store/flow-edits.ts';
import { newId } from '../store/new-id.ts';
import { useStores } from '../store/react.tsx';
import type { AddableType } from '../ui/nodes/node-looks.tsx';
import type { Patch } from './form-props.ts';
import { withoutUndefined } from './resolve-text.ts';

/** From a card's left edge to that of one that it leads to. */
const NEXT_COLUMN_PX = 336;

/** Changes of one node from the inspector. */
export interface NodeEdits {
  rename(name: string): void;
  change(patch: Patch<NodeData>, typing?: string): void;
  /** Leads an output to a node of the flow, or leaves it open. */
  lead(output: string, to: NodeId | null): void;
  /** Leads an output to a new node, placed beside this one. */
  leadToNew(output: string, type: AddableType): void;
}

export function useNodeEdits(flowId: FlowId, nodeId: NodeId): NodeEdits {
  const { project } = useStores();
  const { t } = useTranslation();
  return useMemo(() => {
    const update = (change: (node: FlowNode) => FlowNode, typing?: string) =>
      project.editFlow(
        flowId,
        (flow) => updateNode(flow, nodeId, change),
        typing === undefined ? {} : { coalesce: `node:${nodeId}:${typing}` },
      );
    return {
      rename: (name) => update((node) => ({ ...node, name }), 'name'),
      change: (patch, typing) =>
        update((node) => ({ ...node, data: withoutUndefined<object>({ ...node.data, ...patch }) }) as FlowNode, typing),
      lead: (output, to) =>
        project.editFlow(flowId, (flow) =>
          to === null ? disconnect(flow, nodeId, output) : connect(flow, nodeId, output, to),
        ),
      leadToNew: (output, type) =>
        project.editFlow(flowId, (flow) => {
          const from = flow.nodes[nodeId]?.position ?? { x: 0, y: 0 };
          const place = freePlace(flow, { x: from.x + NEXT_COLUMN_PX, y: from.y });
          const node = createNode(type, freeName(flow, t(`node.${type}.name`)), place);
          return addNode(flow, newId(), node, { from: nodeId, output });
        }),
    };
  }, [project, flowId, nodeId, t]);
}
