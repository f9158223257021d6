import { type FlowNode, type NodeOf, withJumps } from '../../shared/flow/catalogue.ts';
import type { FlowId, NodeId } from '../../shared/flow/ids.ts';
import type { Flow, Project } from '../../shared/flow/project.ts';
import { lookup } from '../../shared/lib/record.ts';
import { freeName, placeAt } from './flow-edits.ts';

/**
 * Why a sub-flow cannot be unfolded: `no-flow`: it is gone, has no start, or is this flow; `parameters`: the node tells
 * it something; `menus`: "back" and "repeat" would know other menus (engine/SPEC.md, GO2).
 */
export type UnfoldRefusal = 'no-flow' | 'parameters' | 'menus';

export interface Unfolded {
  readonly project: Project;
  /** The nodes that were in the sub-flow, by their new ids. */
  readonly ids: readonly NodeId[];
}

/**
 * Puts the nodes of a called flow where it is called from; calls go the same ways as before. The called flow goes when
 * nothing else uses it.
 */
export function unfold(
  project: Project,
  flowId: FlowId,
  nodeId: NodeId,
  newId: () => NodeId,
): Unfolded | UnfoldRefusal {
  const flow = lookup(project.flows, flowId);
  const call = flow && lookup(flow.nodes, nodeId);
  if (!flow || call?.type !== 'sub-flow') return 'no-flow';
  const calledId = call.data.flowId;
  const called = calledId === undefined || calledId === flowId ? undefined : lookup(project.flows, calledId);
  const entry = called && entryOf(called);
  if (calledId === undefined || !called || entry === undefined) return 'no-flow';
  if (call.data.parameters.length > 0) return 'parameters';
  if (hasRelative(called) || (hasRelative(flow) && hasMenu(called))) return 'menus';

  const moved = Object.entries(called.nodes).filter(([, node]) => node.type !== 'start' && node.type !== 'return');
  const ids = new Map(moved.map(([id]) => [id, newId()]));
  /** Where a way inside leads now; nowhere where the sub-flow was left by an output without a wire. */
  const inside = (to: NodeId): NodeId | undefined => {
    const node = lookup(called.nodes, to);
    return node?.type === 'return' ? lookup(call.connections, outputOf(call, node.data.result)) : ids.get(to);
  };
  const outside = (to: NodeId): NodeId | undefined => (to === nodeId ? inside(entry) : to);
  /** A way out may lead back to the call itself. */
  const across = (to: NodeId): NodeId | undefined => {
    const next = inside(to);
    return next === nodeId && lookup(called.nodes, to)?.type === 'return' ? inside(entry) : next;
  };

  const { [nodeId]: _folded, ...rest } = flow.nodes;
  let result: Flow = {
    ...flow,
    nodes: Object.fromEntries(Object.entries(rest).map(([id, node]) => [id, led(node, outside)])),
  };
  const left = Math.min(...moved.map(([, { position }]) => position.x));
  const top = Math.min(...moved.map(([, { position }]) => position.y));
  for (const [id, node] of moved) {
    const position = placeAt(call.position.x + node.position.x - left, call.position.y + node.position.y - top);
    const name = node.name === '' ? '' : freeName(result, node.name);
    const put = { ...led(node, across), name, position } as FlowNode;
    result = { ...result, nodes: { ...result.nodes, [ids.get(id) as NodeId]: put } };
  }
  const flows = { ...project.flows, [flowId]: result };
  return { project: withoutUnused({ ...project, flows }, calledId), ids: [...ids.values()] };
}

function entryOf(flow: Flow): NodeId | undefined {
  const starts = Object.values(flow.nodes).filter((node) => node.type === 'start');
  const to = starts.length === 1 ? starts[0]?.connections.next : undefined;
  return to !== undefined && lookup(flow.nodes, to) ? to : undefined;
}

function outputOf({ data }: NodeOf<'sub-flow'>, result: string): string {
  return data.results.includes(result) ? `result:${result}` : 'otherwise';
}

function led(node: FlowNode, to: (id: NodeId) => NodeId | undefined): FlowNode {
  const connections = Object.entries(node.connections).flatMap(([output, target]) => {
    const next = to(target);
    return next === undefined ? [] : [[output, next]];
  });
  return withJumps({ ...node, connections: Object.fromEntries(connections) } as FlowNode, to);
}

const hasMenu = (flow: Flow) => Object.values(flow.nodes).some((node) => node.type === 'menu');
const hasRelative = (flow: Flow) =>
  Object.values(flow.nodes).some((node) => node.type === 'go-to' && node.data.target.kind !== 'node');

function withoutUnused(project: Project, flowId: FlowId): Project {
  const isCalled = Object.values(project.flows).some((flow) =>
    Object.values(flow.nodes).some((node) => node.type === 'sub-flow' && node.data.flowId === flowId),
  );
  if (isCalled || Object.values(project.numbers).some((number) => number.flowId === flowId)) return project;
  const { [flowId]: _unused, ...flows } = project.flows;
  return { ...project, flows };
}
