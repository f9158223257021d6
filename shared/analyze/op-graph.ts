import type { OpId } from '../engine/program.ts';

/** Where each operation leads to; null is the default handling. */
export type OpEdges = ReadonlyMap<OpId, readonly (OpId | null)[]>;

/**
 * One circle for each group of operations that lead to each other (strongly connected, Tarjan 1972, without
 * recursion): the shortest through the group's first operation by address.
 */
export function cyclesIn(edges: OpEdges): readonly (readonly OpId[])[] {
  return groupsIn(edges)
    .map((group) => circle(edges, group))
    .filter((cycle) => cycle.length > 0)
    .sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
}

function groupsIn(edges: OpEdges): readonly (readonly OpId[])[] {
  const order = new Map<OpId, number>();
  const low = new Map<OpId, number>();
  const onStack = new Set<OpId>();
  const stack: OpId[] = [];
  const groups: OpId[][] = [];
  const open = (opId: OpId) => {
    order.set(opId, order.size);
    low.set(opId, order.size - 1);
    stack.push(opId);
    onStack.add(opId);
    return { opId, next: 0 };
  };
  const lower = (opId: OpId, to: number) => low.set(opId, Math.min(low.get(opId) ?? to, to));
  for (const root of edges.keys()) {
    if (order.has(root)) continue;
    const work = [open(root)];
    for (let at = work.at(-1); at; at = work.at(-1)) {
      const targets = edges.get(at.opId) ?? [];
      if (at.next < targets.length) {
        const to = targets[at.next++] ?? null;
        if (to === null || !edges.has(to)) continue;
        if (!order.has(to)) work.push(open(to));
        else if (onStack.has(to)) lower(at.opId, order.get(to) ?? 0);
        continue;
      }
      work.pop();
      const above = work.at(-1);
      if (above) lower(above.opId, low.get(at.opId) ?? 0);
      if (low.get(at.opId) !== order.get(at.opId)) continue;
      const group = stack.splice(stack.lastIndexOf(at.opId));
      for (const opId of group) onStack.delete(opId);
      groups.push(group);
    }
  }
  return groups;
}

/** The shortest way from the first of a group back to it; empty when there is none. */
function circle(edges: OpEdges, group: readonly OpId[]): readonly OpId[] {
  const [only = ''] = group;
  if (group.length === 1) return edges.get(only)?.includes(only) ? group : [];
  const members = new Set(group);
  const [first = ''] = [...group].sort();
  const from = new Map<OpId, OpId>();
  const queue = [first];
  for (const opId of queue) {
    for (const to of edges.get(opId) ?? []) {
      if (to === first) {
        const way = [opId];
        for (let at = opId; at !== first; ) {
          at = from.get(at) ?? first;
          way.push(at);
        }
        return way.reverse();
      }
      if (to === null || !members.has(to) || from.has(to)) continue;
      from.set(to, opId);
      queue.push(to);
    }
  }
  return [];
}

/** Everything that leads to one of these, themselves included. */
export function leadingTo(edges: OpEdges, ends: Iterable<OpId>): ReadonlySet<OpId> {
  const before = new Map<OpId, OpId[]>();
  for (const [opId, targets] of edges) {
    for (const to of targets) {
      if (to === null) continue;
      const known = before.get(to);
      if (known) known.push(opId);
      else before.set(to, [opId]);
    }
  }
  const reached = new Set(ends);
  // A set that grows is walked to its new end.
  for (const opId of reached) for (const from of before.get(opId) ?? []) reached.add(from);
  return reached;
}
