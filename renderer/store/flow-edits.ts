import { type FlowNode, outputsOf, withJumps } from '../../shared/flow/catalogue.ts';
import type { NodeId } from '../../shared/flow/ids.ts';
import type { Flow } from '../../shared/flow/project.ts';

/**
 * Pure changes of a flow: each takes the flow and gives the changed one, or the very same object when there is
 * nothing to change. Positions in canvas pixels.
 */

export interface Position {
  readonly x: number;
  readonly y: number;
}

/** Leads an output to a node; what it led to before gives way. A start node or an unknown node is no target. */
export function connect(flow: Flow, from: NodeId, output: string, to: NodeId): Flow {
  const source = flow.nodes[from];
  const target = flow.nodes[to];
  if (!source || !target || !canConnect(flow, from, output, to) || source.connections[output] === to) return flow;
  return withNode(flow, from, { ...source, connections: { ...source.connections, [output]: to } });
}

/** Whether the output exists and the node may be its target. */
export function canConnect(flow: Flow, from: NodeId, output: string, to: NodeId): boolean {
  const source = flow.nodes[from];
  const target = flow.nodes[to];
  if (!source || !target || target.type === 'start') return false;
  return outputsOf(source).some((candidate) => candidate.id === output);
}

/** Leaves an output open. */
export function disconnect(flow: Flow, from: NodeId, output: string): Flow {
  const source = flow.nodes[from];
  if (!source || source.connections[output] === undefined) return flow;
  const { [output]: _dropped, ...connections } = source.connections;
  return withNode(flow, from, { ...source, connections });
}

/** Moves the end of a connection to another target, or its beginning to another output. */
export function reconnect(
  flow: Flow,
  was: { readonly from: NodeId; readonly output: string },
  is: { readonly from: NodeId; readonly output: string; readonly to: NodeId },
): Flow {
  if (!canConnect(flow, is.from, is.output, is.to)) return flow;
  const sameStart = was.from === is.from && was.output === is.output;
  return connect(sameStart ? flow : disconnect(flow, was.from, was.output), is.from, is.output, is.to);
}

/** Adds a node, and leads an output to it when `after` is given. */
export function addNode(
  flow: Flow,
  id: NodeId,
  node: FlowNode,
  after?: { readonly from: NodeId; readonly output: string },
): Flow {
  const added = withNode(flow, id, node);
  return after ? connect(added, after.from, after.output, id) : added;
}

/** Takes nodes out, and the connections and jumps that led to them. The start node stays: every flow has exactly one. */
export function removeNodes(flow: Flow, ids: readonly NodeId[]): Flow {
  const gone = new Set(ids.filter((id) => flow.nodes[id] !== undefined && flow.nodes[id].type !== 'start'));
  if (gone.size === 0) return flow;
  const nodes: Record<NodeId, FlowNode> = {};
  for (const [id, node] of Object.entries(flow.nodes)) {
    if (gone.has(id)) continue;
    const wired = withConnections(node, (_output, to) => !gone.has(to));
    nodes[id] = withJumps(wired, (to) => (gone.has(to) ? undefined : to));
  }
  return { ...flow, nodes };
}

/** Documents may say any number; sums of them must stay numbers. Canvas pixels. */
const FARTHEST_PX = 1e7;

/** A place as files have it: whole pixels, and not beyond what can be reckoned with. */
export function placeAt(x: number, y: number): Position {
  const sane = (value: number) => Math.round(Math.max(-FARTHEST_PX, Math.min(FARTHEST_PX, value))) || 0;
  return { x: sane(x), y: sane(y) };
}

/** Puts nodes elsewhere; whole pixels, so that files stay readable. */
export function moveNodes(flow: Flow, positions: Readonly<Record<NodeId, Position>>): Flow {
  let nodes: Record<NodeId, FlowNode> | undefined;
  for (const [id, { x, y }] of Object.entries(positions)) {
    const node = flow.nodes[id];
    const position = { x: Math.round(x), y: Math.round(y) };
    if (!node || (node.position.x === position.x && node.position.y === position.y)) continue;
    nodes ??= { ...flow.nodes };
    nodes[id] = { ...node, position };
  }
  return nodes ? { ...flow, nodes } : flow;
}

/** Changes a node's name or settings. Connections of outputs that are no longer there go. */
export function updateNode(flow: Flow, id: NodeId, change: (node: FlowNode) => FlowNode): Flow {
  const node = flow.nodes[id];
  if (!node) return flow;
  const changed = change(node);
  if (changed === node) return flow;
  const outputs = new Set(outputsOf(changed).map((output) => output.id));
  return withNode(
    flow,
    id,
    withConnections(changed, (output) => outputs.has(output)),
  );
}

/** `base`, or `base 2`, `base 3`… when the flow has a node of that name already. */
export function freeName(flow: Flow, base: string): string {
  const taken = new Set(Object.values(flow.nodes).map((node) => node.name));
  if (!taken.has(base)) return base;
  let count = 2;
  while (taken.has(`${base} ${count}`)) count++;
  return `${base} ${count}`;
}

function withNode(flow: Flow, id: NodeId, node: FlowNode): Flow {
  return { ...flow, nodes: { ...flow.nodes, [id]: node } };
}

function withConnections(node: FlowNode, keep: (output: string, to: NodeId) => boolean): FlowNode {
  const all = Object.entries(node.connections);
  const kept = all.filter(([output, to]) => keep(output, to));
  return kept.length === all.length ? node : { ...node, connections: Object.fromEntries(kept) };
}

const CARD_WIDTH_PX = 240;
const CARD_GAP_PX = 32;

/** About how high a card is drawn. */
export function cardHeightPx(node: FlowNode): number {
  return 92 + 24 * outputsOf(node).length;
}

/** The place nearest below `wanted` where a card of `heightPx` overlaps no other. */
export function freePlace(flow: Flow, wanted: Position, heightPx = 140): Position {
  const others = Object.values(flow.nodes)
    .filter(({ position }) => Math.abs(position.x - wanted.x) < CARD_WIDTH_PX + CARD_GAP_PX)
    .sort((one, other) => one.position.y - other.position.y);
  let y = wanted.y;
  for (const other of others) {
    const bottom = other.position.y + cardHeightPx(other) + CARD_GAP_PX;
    if (other.position.y < y + heightPx + CARD_GAP_PX && bottom > y) y = bottom;
  }
  return { x: wanted.x, y };
}
