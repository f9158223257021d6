import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { components } from '../../../../shared/analyze/explore/components.ts';
import type { Edge, StateGraph } from '../../../../shared/analyze/explore/graph.ts';
import { cyclesIn, leadingTo } from '../../../../shared/analyze/op-graph.ts';

const arbitraryEdges = fc
  .integer({ min: 1, max: 9 })
  .chain((size) =>
    fc
      .array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 20 })
      .map((pairs) => Array.from({ length: size }, (_, index) => pairs.flatMap(([a, b]) => (a === index ? [b] : [])))),
  );

/** What can be reached from each by at least one edge. */
function reach(edges: readonly (readonly number[])[]): readonly ReadonlySet<number>[] {
  return edges.map((first) => {
    const seen = new Set(first);
    for (const index of seen) for (const to of edges[index] ?? []) seen.add(to);
    return seen;
  });
}

/** A graph of which only the edges matter. */
function graphOf(edges: readonly (readonly number[])[]): StateGraph {
  const edge = (to: number): Edge => ({ outcome: 'x', to, ms: 0, keys: 0 });
  return { nodes: edges.map((to) => ({ edges: to.map(edge) })), complete: true } as unknown as StateGraph;
}

const named = (edges: readonly (readonly number[])[]) =>
  new Map(edges.map((to, index) => [String(index), to.map(String)]));

describe('strongly connected parts', () => {
  test('are the states that reach each other, in any graph', () => {
    fc.assert(
      fc.property(arbitraryEdges, (edges) => {
        const parts = components(graphOf(edges), () => true);
        expect(parts.flat().sort()).toEqual(edges.map((_, index) => index));
        const partOf = new Map(parts.flatMap((part, n) => part.map((index) => [index, n] as const)));
        const reached = reach(edges);
        edges.forEach((_, a) => {
          edges.forEach((_, b) => {
            const together = a === b || (reached[a]!.has(b) && reached[b]!.has(a));
            expect(partOf.get(a) === partOf.get(b)).toBe(together);
          });
        });
      }),
    );
  });

  test('come after those that they lead to', () => {
    expect(components(graphOf([[1], [2], [1], []]), () => true)).toEqual([[2, 1], [0], [3]]);
  });

  test('follow only the edges that are asked for', () => {
    const all = components(graphOf([[1], [0]]), () => true);
    const none = components(graphOf([[1], [0]]), () => false);
    expect([all.length, none.length]).toEqual([1, 2]);
  });

  test('are found on a path of any length', () => {
    const long = Array.from({ length: 50_000 }, (_, index) => [(index + 1) % 50_000]);
    expect(components(graphOf(long), () => true)).toHaveLength(1);
  });
});

describe('circles', () => {
  test('are closed ways, one for each group, in any graph', () => {
    fc.assert(
      fc.property(arbitraryEdges, (edges) => {
        const reached = reach(edges);
        const onCircle = edges.flatMap((_, index) => (reached[index]!.has(index) ? [index] : []));
        const cycles = cyclesIn(named(edges)).map((cycle) => cycle.map(Number));
        for (const cycle of cycles) {
          cycle.forEach((from, n) => {
            expect(edges[from]).toContain(cycle[(n + 1) % cycle.length]);
          });
          expect(new Set(cycle).size).toBe(cycle.length);
        }
        for (const index of onCircle) {
          const groups = cycles.filter(
            ([first]) => first === index || (reached[index]!.has(first!) && reached[first!]!.has(index)),
          );
          expect(groups).toHaveLength(1);
        }
        expect(cycles.length > 0).toBe(onCircle.length > 0);
      }),
    );
  });

  test('begin at the first address', () => {
    expect(cyclesIn(named([[1], [2], [0], [3]]))).toEqual([['0', '1', '2'], ['3']]);
  });
});

test('what leads to an end is found backwards, in any graph', () => {
  fc.assert(
    fc.property(arbitraryEdges, (edges) => {
      const reached = reach(edges);
      const expected = edges.flatMap((_, index) => (index === 0 || reached[index]!.has(0) ? [String(index)] : []));
      expect([...leadingTo(named(edges), ['0'])].sort()).toEqual(expected.sort());
    }),
  );
});
