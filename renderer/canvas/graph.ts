import { type FlowNode, jumpsOf, outputsOf } from '../../shared/flow/catalogue.ts';
import type { NodeId } from '../../shared/flow/ids.ts';
import type { Flow } from '../../shared/flow/project.ts';

export interface GraphFacts {
  /** Node ids as a caller would meet them, breadth first from the start; unreachable ones last. */
  readonly order: readonly NodeId[];
  /** For menus: how many menus deep they lie, 1 for the first; unreachable menus are missing. */
  readonly menuLevels: ReadonlyMap<NodeId, number>;
}

/** What the drawing needs to know of a flow's shape. Linear in nodes and connections. */
export function graphFacts(flow: Flow): GraphFacts {
  const order: NodeId[] = [];
  const menuLevels = new Map<NodeId, number>();
  const depth = new Map<NodeId, number>();
  const queue: NodeId[] = [];
  for (const [id, node] of Object.entries(flow.nodes)) {
    if (node.type === 'start') {
      queue.push(id);
      depth.set(id, 0);
    }
  }
  for (let next = 0; next < queue.length; next++) {
    const id = queue[next] as NodeId;
    const node = flow.nodes[id];
    if (!node) continue;
    order.push(id);
    const level = (depth.get(id) ?? 0) + (node.type === 'menu' ? 1 : 0);
    if (node.type === 'menu') menuLevels.set(id, level);
    for (const to of leadsTo(node)) {
      if (depth.has(to)) continue;
      depth.set(to, level);
      queue.push(to);
    }
  }
  for (const id of Object.keys(flow.nodes)) if (!depth.has(id)) order.push(id);
  return { order, menuLevels };
}

/** Where a node leads, by its outputs in drawing order, then by jumps. */
function leadsTo(node: FlowNode): NodeId[] {
  const wired = outputsOf(node).flatMap(({ id }) => node.connections[id] ?? []);
  return [...wired, ...jumpsOf(node)];
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * The node that an arrow key leads to: to the right along the first connection, to the left back along one, else the
 * nearest node that lies that way. Undefined when there is none.
 */
export function neighbour(flow: Flow, id: NodeId, direction: Direction): NodeId | undefined {
  const node = flow.nodes[id];
  if (!node) return undefined;
  if (direction === 'right') {
    const along = leadsTo(node).find((to) => to !== id && flow.nodes[to] !== undefined);
    if (along !== undefined) return along;
  }
  if (direction === 'left') {
    const back = Object.entries(flow.nodes).find(
      ([other, { connections }]) => other !== id && Object.values(connections).includes(id),
    );
    if (back) return back[0];
  }
  const sideways = direction === 'left' || direction === 'right';
  const sign = direction === 'left' || direction === 'up' ? -1 : 1;
  let best: { id: NodeId; score: number } | undefined;
  for (const [other, { position }] of Object.entries(flow.nodes)) {
    if (other === id) continue;
    const dx = position.x - node.position.x;
    const dy = position.y - node.position.y;
    const along = sign * (sideways ? dx : dy);
    if (along <= 0) continue;
    // What lies askew counts as further away than what lies straight ahead.
    const score = along + 2 * Math.abs(sideways ? dy : dx);
    if (!best || score < best.score) best = { id: other, score };
  }
  return best?.id;
}
