import type { FlowNode } from '../flow/catalogue.ts';
import type { NodeId } from '../flow/ids.ts';
import type { Flow } from '../flow/project.ts';

/**
 * A flow with nodes made one that no call can tell apart: of the same settings, and leading to the same. What was walked
 * once for each way to come there is drawn once where the way makes no difference.
 */
export function withoutTwins(flow: Flow): { readonly flow: Flow; readonly twinOf: ReadonlyMap<NodeId, NodeId> } {
  const nodes = Object.entries(flow.nodes);
  let classes = grouped(nodes, ([, { type, name, data }]) => JSON.stringify([type, name, data]));
  for (let count = 0; count !== new Set(classes.values()).size; ) {
    count = new Set(classes.values()).size;
    const before = classes;
    const leads = (node: FlowNode) => Object.entries(node.connections).map(([output, to]) => [output, before.get(to)]);
    classes = grouped(nodes, ([id, node]) => JSON.stringify([before.get(id), leads(node).toSorted()]));
  }
  const kept = nodes
    .filter(([id]) => classes.get(id) === id)
    .map(([id, node]) => [id, { ...node, connections: mapped(node.connections, classes) }]);
  return { flow: { ...flow, nodes: Object.fromEntries(kept) }, twinOf: classes };
}

/** By id: the first of those with the same mark. */
function grouped(
  nodes: readonly [NodeId, FlowNode][],
  mark: (entry: [NodeId, FlowNode]) => string,
): Map<NodeId, NodeId> {
  const first = new Map<string, NodeId>();
  return new Map(
    nodes.map((entry) => {
      const of = mark(entry);
      if (!first.has(of)) first.set(of, entry[0]);
      return [entry[0], first.get(of) ?? entry[0]];
    }),
  );
}

function mapped(
  connections: Readonly<Record<string, NodeId>>,
  to: ReadonlyMap<NodeId, NodeId>,
): Record<string, NodeId> {
  return Object.fromEntries(Object.entries(connections).map(([output, id]) => [output, to.get(id) ?? id]));
}
