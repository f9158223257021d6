import { components } from './components.ts';
import { type Edge, isRare, type StateGraph } from './graph.ts';

/**
 * States in which a call goes round for ever but for a guard (EX3): the first state of each part from which no end
 * can be reached and that is not left any more, unless a prompt fails. What the limit kept from being looked at counts as an end.
 */
export function trapsIn(graph: StateGraph): readonly number[] {
  const ends = reachingEnd(graph);
  if (ends.every((reaches) => reaches === 1)) return [];
  const traps: number[] = [];
  for (const part of components(graph, isUsual)) {
    if (part.some((index) => ends[index] === 1)) continue;
    const members = new Set(part);
    const isLeft = part.some((index) =>
      graph.nodes[index]?.edges?.some((edge) => isUsual(edge) && !members.has(edge.to)),
    );
    if (!isLeft) traps.push(part.reduce((least, index) => Math.min(least, index)));
  }
  return traps.sort((a, b) => a - b);
}

/** What is rare is no way out that anyone has meant. */
const isUsual = ({ outcome }: Edge) => !isRare(outcome);

/** 1 for each state from which an end can be reached. */
function reachingEnd({ nodes }: StateGraph): Uint8Array {
  const before: number[][] = nodes.map(() => []);
  const reaching = new Uint8Array(nodes.length);
  const open: number[] = [];
  nodes.forEach(({ state, edges }, index) => {
    for (const edge of edges ?? []) if (isUsual(edge)) before[edge.to]?.push(index);
    if (state.wait.kind === 'ended' || edges === null) {
      reaching[index] = 1;
      open.push(index);
    }
  });
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    for (const from of before[index] ?? []) {
      if (reaching[from] === 1) continue;
      reaching[from] = 1;
      open.push(from);
    }
  }
  return reaching;
}
