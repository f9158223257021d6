import { isRare, type StateGraph } from './graph.ts';
import { Heap } from './heap.ts';

/** A way to a person, that no other one betters in both keys and time. */
export interface WayToPerson {
  readonly keys: number;
  /** Until their phone rings, or the queue takes the call: prompts heard to their end unless a key stops them. */
  readonly ms: number;
  /** Index of the state in which they talk. */
  readonly index: number;
  /** Outcomes from the beginning of the call. */
  readonly outcomes: readonly string[];
  /** Index of the state in which the call began. */
  readonly from: number;
}

interface Label {
  readonly index: number;
  readonly keys: number;
  readonly ms: number;
  readonly before: Label | null;
  readonly outcome: string;
}

/**
 * The ways to a person worth knowing: the quickest first, each further one with fewer keys (EX5). A label for each
 * pair of state and keys that is worth it; times as of the edges.
 */
export function waysToPerson(graph: StateGraph): readonly WayToPerson[] {
  const fewestKeys = new Map<number, number>();
  const heap = new Heap<Label>((a, b) => a.ms < b.ms || (a.ms === b.ms && a.keys < b.keys));
  graph.nodes.forEach(({ from }, index) => {
    if (from < 0) heap.push({ index, keys: 0, ms: 0, before: null, outcome: '' });
  });
  const ways: WayToPerson[] = [];
  for (let label = heap.pop(); label; label = heap.pop()) {
    // A quicker way with as few keys has been here already, or at a person.
    if (label.keys >= (fewestKeys.get(label.index) ?? Number.POSITIVE_INFINITY)) continue;
    if (label.keys >= (ways.at(-1)?.keys ?? Number.POSITIVE_INFINITY)) continue;
    fewestKeys.set(label.index, label.keys);
    const node = graph.nodes[label.index];
    if (node?.state.wait.kind === 'talking') {
      ways.push({ keys: label.keys, ms: label.ms, index: label.index, ...wayBack(label) });
      continue;
    }
    for (const { outcome, to, ms, keys } of node?.edges ?? []) {
      if (isRare(outcome)) continue;
      heap.push({ index: to, keys: label.keys + keys, ms: label.ms + ms, before: label, outcome });
    }
  }
  return ways;
}

function wayBack(label: Label): { outcomes: readonly string[]; from: number } {
  const outcomes: string[] = [];
  let at = label;
  for (; at.before; at = at.before) outcomes.push(at.outcome);
  return { outcomes: outcomes.reverse(), from: at.index };
}
