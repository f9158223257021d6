import type { Edge, StateGraph } from './graph.ts';

/**
 * Strongly connected parts of a state graph along some of its edges (Tarjan 1972, without recursion: paths are as long
 * as the longest call). Parts come out with those that they lead to before them.
 */
export function components(graph: StateGraph, follows: (edge: Edge) => boolean): readonly (readonly number[])[] {
  const { nodes } = graph;
  const order = new Int32Array(nodes.length).fill(-1);
  const low = new Int32Array(nodes.length);
  const onStack = new Uint8Array(nodes.length);
  const stack: number[] = [];
  const parts: number[][] = [];
  let counter = 0;
  const open = (index: number) => {
    order[index] = low[index] = counter++;
    stack.push(index);
    onStack[index] = 1;
    return { index, edge: 0 };
  };
  for (let root = 0; root < nodes.length; root++) {
    if (order[root] !== -1) continue;
    const work = [open(root)];
    for (let at = work.at(-1); at; at = work.at(-1)) {
      const { index } = at;
      const edge = nodes[index]?.edges?.[at.edge++];
      if (edge) {
        if (!follows(edge)) continue;
        if (order[edge.to] === -1) work.push(open(edge.to));
        else if (onStack[edge.to]) low[index] = Math.min(low[index]!, order[edge.to]!);
        continue;
      }
      work.pop();
      const above = work.at(-1);
      if (above) low[above.index] = Math.min(low[above.index]!, low[index]!);
      if (low[index] !== order[index]) continue;
      const part: number[] = [];
      for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
        onStack[member] = 0;
        part.push(member);
        if (member === index) break;
      }
      parts.push(part);
    }
  }
  return parts;
}
