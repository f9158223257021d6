import { withJumps } from '../../flow/catalogue.ts';
import type { FlowId, NodeId } from '../../flow/ids.ts';
import type { Project } from '../../flow/project.ts';
import { lookup } from '../../lib/record.ts';
import { reachableFrom } from '../exits.ts';
import type { Rule } from './rule.ts';

/** CK11: a node that no connection leads to from a start. A further start is told of by lowering. */
export const unreachableNode: Rule = ({ program, placed, report }) => {
  const entries = Object.values(program.flows).map(({ entry }) => entry);
  const reached = reachableFrom(program, entries);
  for (const { opId, node, at } of placed) {
    // Of a node with several operations the one that is entered decides.
    if (
      opId !== `${at.flowId}/${at.nodeId}` ||
      reached.has(opId) ||
      node.type === 'start' ||
      !lookup(program.flows, at.flowId)
    )
      continue;
    const message = 'Nothing leads here from the start of the flow: no caller ever comes here.';
    report('check/unreachable-node', { message, at, fix: without(at.flowId, at.nodeId) });
  }
};

/** Without the node, and without the connections and jumps of other unreachable ones to it. */
function without(flowId: FlowId, nodeId: NodeId): (project: Project) => Project {
  return (project) => {
    const flow = lookup(project.flows, flowId);
    if (!flow) return project;
    const nodes = Object.entries(flow.nodes).flatMap(([id, before]) => {
      if (id === nodeId) return [];
      const node = withJumps(before, (to) => (to === nodeId ? undefined : to));
      const connections = Object.entries(node.connections).filter(([, to]) => to !== nodeId);
      const same = connections.length === Object.keys(node.connections).length;
      return [[id, same ? node : { ...node, connections: Object.fromEntries(connections) }] as const];
    });
    return { ...project, flows: { ...project.flows, [flowId]: { ...flow, nodes: Object.fromEntries(nodes) } } };
  };
}
