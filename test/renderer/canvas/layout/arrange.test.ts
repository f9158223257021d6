import ElkBundled from 'elkjs/lib/elk.bundled.js';
import { describe, expect, it } from 'vitest';
import { elkGraph, partOf, positionsFrom, type Sizes } from '../../../../renderer/canvas/layout/arrange.ts';
import { cardHeightPx } from '../../../../renderer/store/flow-edits.ts';
import type { Flow } from '../../../../shared/flow/project.ts';
import { sampleProject } from '../../../../shared/flow/samples/index.ts';
import { sampleProject as gardenShop } from '../../../support/sample-project.ts';

const sizesOf = (flow: Flow): Sizes =>
  Object.fromEntries(Object.entries(flow.nodes).map(([id, node]) => [id, { width: 240, height: cardHeightPx(node) }]));

async function arranged(flow: Flow) {
  const sizes = sizesOf(flow);
  const graph = structuredClone(elkGraph(flow, sizes)) as Parameters<InstanceType<typeof ElkBundled>['layout']>[0];
  const { children = [] } = await new ElkBundled().layout(graph);
  return { sizes, positions: positionsFrom(children, flow) };
}

describe.each([
  ['the garden shop', gardenShop().flows.main as Flow],
  ['the English sample', sampleProject('en').flows.main as Flow],
])('auto-layout of %s', (_name, flow) => {
  it('[AL1] places every node, and no two cards overlap', async () => {
    const { sizes, positions } = await arranged(flow);
    const ids = Object.keys(flow.nodes);
    expect(Object.keys(positions).sort()).toEqual([...ids].sort());
    for (const [index, one] of ids.entries()) {
      for (const other of ids.slice(index + 1)) {
        const [a, b] = [positions[one], positions[other]];
        const [sizeA, sizeB] = [sizes[one], sizes[other]];
        if (!a || !b || !sizeA || !sizeB) throw new Error('every node has a place and a size');
        const apart =
          a.x + sizeA.width <= b.x ||
          b.x + sizeB.width <= a.x ||
          a.y + sizeA.height <= b.y ||
          b.y + sizeB.height <= a.y;
        expect(apart, `${one} and ${other}`).toBe(true);
      }
    }
  });

  it('[AL2] leads from left to right, except where the flow goes round', async () => {
    const { positions } = await arranged(flow);
    const x = (id: string) => positions[id]?.x ?? 0;
    const back = Object.entries(flow.nodes).flatMap(([id, node]) =>
      Object.values(node.connections)
        .filter((to) => x(to) <= x(id))
        .map((to) => `${id} > ${to}`),
    );
    // Back to a parent menu, and nothing else.
    for (const connection of back) expect(flow.nodes[connection.split(' > ')[1] ?? '']?.type).toBe('menu');
    expect(back.length).toBeLessThanOrEqual(3);
  });

  it('[AL3] leaves the start where it was', async () => {
    const { positions } = await arranged(flow);
    expect(positions.start).toEqual(flow.nodes.start?.position);
  });

  it('[AL5] arranges some nodes by themselves, their corner where it was', async () => {
    const some = Object.keys(flow.nodes)
      .filter((id) => flow.nodes[id]?.type !== 'start')
      .slice(0, 4);
    const part = partOf(flow, some);
    const { positions } = await arranged(part);
    expect(Object.keys(positions).sort()).toEqual([...some].sort());
    const corner = (of: readonly { x: number; y: number }[]) => [
      Math.min(...of.map(({ x }) => x)),
      Math.min(...of.map(({ y }) => y)),
    ];
    const before = corner(Object.values(part.nodes).map(({ position }) => position));
    const after = corner(Object.values(positions));
    for (const [axis, value] of after.entries()) expect(Math.abs(value - before[axis]!)).toBeLessThanOrEqual(2);
  });
});

describe('the graph for ELK', () => {
  it('[AL4] leaves out what leads nowhere, and knows cards that were never drawn', () => {
    const flow = gardenShop().flows.main as Flow;
    const broken: Flow = {
      ...flow,
      nodes: { ...flow.nodes, start: { ...flow.nodes.start, connections: { next: 'ghost' } } as Flow['nodes'][string] },
    };
    const graph = elkGraph(broken, {});
    expect(graph.edges.some((edge) => edge.id === 'start/next')).toBe(false);
    expect(graph.children.every((child) => child.width === 240 && child.height > 0)).toBe(true);
    expect(positionsFrom([{ id: 'a' }], flow)).toEqual({ a: { x: 0, y: 0 } });
  });
});
