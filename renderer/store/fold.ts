import { type FlowNode, jumpsOf, type NodeOf, outputsOf, withJumps } from '../../shared/flow/catalogue.ts';
import type { FlowId, NodeId } from '../../shared/flow/ids.ts';
import type { Flow, Project } from '../../shared/flow/project.ts';
import { lookup } from '../../shared/lib/record.ts';
import { freeName, type Position, placeAt } from './flow-edits.ts';

/**
 * Why nodes cannot be folded into a flow of their own without calls going another way:
 * `no-way-in`: nothing leads into them; `several-ways-in`: more than one of them is led to from outside; `return`: one
 * of them ends this flow for its caller; `jump`: one of them jumps to a node outside; `menus`: "back" and "repeat" would
 * no longer know the same menus (engine/SPEC.md, GO2); `too-many-exits`: a sub-flow has at most 20 results.
 */
export type FoldRefusal = 'no-way-in' | 'several-ways-in' | 'return' | 'jump' | 'menus' | 'too-many-exits';

export interface Folded {
  readonly project: Project;
  readonly flowId: FlowId;
  /** The node that stands for them. */
  readonly nodeId: NodeId;
}

export interface FoldNames {
  readonly flow: string;
  readonly start: string;
}

const MOST_RESULTS = 20;
const RESULT_LENGTH = 40;
const COLUMN_PX = 320;
const ROW_PX = 120;

/**
 * Moves nodes of a flow into a new flow, and puts a sub-flow node in their place: calls go the same ways as before.
 * Nodes keep their ids. Start nodes among `chosen` stay where they are.
 */
export function fold(
  project: Project,
  flowId: FlowId,
  chosen: readonly NodeId[],
  names: FoldNames,
  newId: () => string,
): Folded | FoldRefusal {
  const flow = lookup(project.flows, flowId);
  if (!flow) return 'no-way-in';
  const inside = new Set(chosen.filter((id) => (lookup(flow.nodes, id)?.type ?? 'start') !== 'start'));
  const parts = split(flow, inside);
  const refusal = refusalOf(flow, parts);
  if (refusal) return refusal;
  const [entry] = parts.entries as [NodeId];
  const [newFlowId, startId, nodeId] = [newId(), newId(), newId()];
  const results = resultNames(parts.exits, flow);

  const corner = cornerOf(parts.inner);
  const returns = parts.exits.map((exit, index): [NodeId, NodeId, NodeOf<'return'>] => {
    const place = placeAt(rightOf(parts.inner) - corner.x + 2 * COLUMN_PX, index * ROW_PX);
    const result = results.get(exit) as string;
    return [exit, newId(), { type: 'return', name: result, position: place, connections: {}, data: { result } }];
  });
  const leads = new Map(returns.map(([exit, id]) => [exit, id]));
  const start: NodeOf<'start'> = {
    type: 'start',
    name: names.start,
    position: placeAt(0, placeY(flow, entry) - corner.y),
    connections: { next: entry },
    data: {},
  };
  const newFlow: Flow = {
    name: names.flow,
    description: '',
    nodes: {
      [startId]: start,
      ...Object.fromEntries(
        parts.inner.map(([id, node]) => [
          id,
          {
            ...node,
            position: placeAt(node.position.x - corner.x + COLUMN_PX, node.position.y - corner.y),
            connections: mapped(node, (to) => leads.get(to) ?? to),
          },
        ]),
      ),
      ...Object.fromEntries(returns.map(([, id, node]) => [id, node])),
    },
  };

  const toCall = (to: NodeId) => (to === entry ? nodeId : to);
  const caller: NodeOf<'sub-flow'> = {
    type: 'sub-flow',
    name: freeName(flow, names.flow),
    position: placeAt(corner.x, corner.y),
    data: { flowId: newFlowId, parameters: [], results: [...results.values()] },
    connections: Object.fromEntries(parts.exits.map((exit) => [`result:${results.get(exit)}`, exit])),
  };
  const outer = parts.outer.map(([id, node]) => [
    id,
    withJumps({ ...node, connections: mapped(node, toCall) } as FlowNode, toCall),
  ]);
  const changed: Flow = { ...flow, nodes: { ...Object.fromEntries(outer), [nodeId]: caller } };
  return {
    project: { ...project, flows: { ...project.flows, [flowId]: changed, [newFlowId]: newFlow } },
    flowId: newFlowId,
    nodeId,
  };
}

type Entries = readonly (readonly [NodeId, FlowNode])[];

interface Parts {
  readonly inner: Entries;
  readonly outer: Entries;
  /** Inner nodes that outer ones lead to. */
  readonly entries: readonly NodeId[];
  /** Outer nodes that inner ones lead to, in the order of the canvas. */
  readonly exits: readonly NodeId[];
}

function split(flow: Flow, inside: ReadonlySet<NodeId>): Parts {
  const all = Object.entries(flow.nodes);
  const inner = all.filter(([id]) => inside.has(id));
  const outer = all.filter(([id]) => !inside.has(id));
  const entries = new Set(
    outer.flatMap(([, node]) => [...targets(node), ...jumpsOf(node)]).filter((to) => inside.has(to)),
  );
  const exits = new Set(
    inner.flatMap(([, node]) => targets(node)).filter((to) => !inside.has(to) && lookup(flow.nodes, to) !== undefined),
  );
  const byPlace = [...exits].sort((a, b) => placeY(flow, a) - placeY(flow, b) || a.localeCompare(b, 'en'));
  return { inner, outer, entries: [...entries], exits: byPlace };
}

function refusalOf(flow: Flow, { inner, entries, exits }: Parts): FoldRefusal | undefined {
  if (entries.length === 0) return 'no-way-in';
  if (entries.length > 1) return 'several-ways-in';
  if (inner.some(([, node]) => node.type === 'return')) return 'return';
  const inside = new Set(inner.map(([id]) => id));
  if (inner.some(([, node]) => jumpsOf(node).some((to) => !inside.has(to)))) return 'jump';
  const isRelative = (node: FlowNode) => node.type === 'go-to' && node.data.target.kind !== 'node';
  const hasRelative = Object.values(flow.nodes).some(isRelative);
  if (hasRelative && inner.some(([, node]) => node.type === 'menu' || isRelative(node))) return 'menus';
  return exits.length > MOST_RESULTS ? 'too-many-exits' : undefined;
}

/** Exit → the name of its result: that of the node it leads to. */
function resultNames(exits: readonly NodeId[], flow: Flow): ReadonlyMap<NodeId, string> {
  const names = new Map<NodeId, string>();
  const taken = new Set<string>();
  for (const exit of exits) {
    const base =
      (lookup(flow.nodes, exit)?.name ?? '')
        .trim()
        .slice(0, RESULT_LENGTH - 3)
        .trim() || exit.slice(0, RESULT_LENGTH - 3);
    let name = base;
    for (let count = 2; taken.has(name); count++) name = `${base} ${count}`;
    taken.add(name);
    names.set(exit, name);
  }
  return names;
}

/** Connections of outputs that are there; others say nothing. */
function targets(node: FlowNode): readonly NodeId[] {
  const outputs = new Set(outputsOf(node).map(({ id }) => id));
  return Object.entries(node.connections).flatMap(([output, to]) => (outputs.has(output) ? [to] : []));
}

function mapped(node: FlowNode, to: (id: NodeId) => NodeId): Record<string, NodeId> {
  return Object.fromEntries(Object.entries(node.connections).map(([output, target]) => [output, to(target)]));
}

function cornerOf(nodes: Entries): Position {
  return {
    x: Math.min(...nodes.map(([, { position }]) => position.x)),
    y: Math.min(...nodes.map(([, { position }]) => position.y)),
  };
}

const rightOf = (nodes: Entries) => Math.max(...nodes.map(([, { position }]) => position.x));
const placeY = (flow: Flow, id: NodeId) => lookup(flow.nodes, id)?.position.y ?? 0;
