import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boundsOf,
  buildScene,
  cardAt,
  cardsIn,
  overlaps,
  runOf,
  wireAt,
} from '../../../../renderer/canvas/far/scene.ts';
import type { Flow } from '../../../../shared/flow/project.ts';
import { largeFlow } from '../../../bench/large-flow.ts';
import { sampleProject } from '../../../support/sample-project.ts';

const flow = sampleProject().flows.main as Flow;
const large = largeFlow(200).flows.main as Flow;
const place = fc.record({ x: fc.integer({ min: -500, max: 9000 }), y: fc.integer({ min: -500, max: 9000 }) });

describe('scenes', () => {
  it('[SC1] have a card per node, sized as drawn where that is known, and a wire per connection', () => {
    const scene = buildScene(flow, { sales: { width: 240, height: 333 } });
    expect([...scene.cards.keys()]).toEqual(Object.keys(flow.nodes));
    expect(scene.cards.get('sales')).toMatchObject({ x: 720, y: -180, height: 333 });
    const connections = Object.entries(flow.nodes).flatMap(([id, node]) =>
      Object.keys(node.connections).map((output) => `${id}:${output}`),
    );
    expect(scene.wires.map(({ id }) => id).sort()).toEqual(connections.sort());
  });

  it('[SC2] know each wire at both its ends', () => {
    const scene = buildScene(large, {});
    for (const wire of scene.wires) {
      expect(scene.wiresOf.get(wire.from.id)).toContain(wire);
      expect(scene.wiresOf.get(wire.to.id)).toContain(wire);
    }
  });

  it('[SC3] wires follow a card that is moved or resized in place', () => {
    const scene = buildScene(flow, {});
    const wire = scene.wires.find(({ id }) => id === 'start:next');
    if (!wire) throw new Error('the flow begins');
    const before = runOf(wire);
    wire.from.x += 100;
    wire.from.height += 24;
    expect(runOf(wire)).toMatchObject({ fromX: before.fromX + 100, fromY: before.fromY + 24, toX: before.toX });
  });

  it('[SC4] a card is found at every place within it, and none where there is none', () => {
    const scene = buildScene(large, {});
    fc.assert(
      fc.property(place, (at) => {
        const found = cardAt(scene, at);
        const inside = cardsIn(scene, { ...at, width: 0.001, height: 0.001 });
        expect(found === null).toBe(inside.length === 0);
        if (found) expect(inside).toContain(found);
      }),
    );
  });

  it('[SC5] what is excluded is not found', () => {
    const scene = buildScene(large, {});
    const card = scene.cards.get('queue-3');
    if (!card) throw new Error('there are queues');
    expect(cardAt(scene, { x: card.x + 5, y: card.y + 5 })?.id).toBe('queue-3');
    expect(cardAt(scene, { x: card.x + 5, y: card.y + 5 }, (id) => id !== 'queue-3')?.id).not.toBe('queue-3');
  });

  it('[SC6] a wire is found at its ends and half way, and not beyond reach', () => {
    const scene = buildScene(flow, {});
    for (const wire of scene.wires) {
      const { fromX, fromY, toX, toY, overY } = runOf(wire);
      expect(wireAt(scene, { x: fromX, y: fromY }, 6)).not.toBeNull();
      if (overY === null) {
        const half = { x: (fromX + toX) / 2, y: (fromY + toY) / 2 };
        expect(wireAt(scene, half, 6, (id) => id === wire.id)).toBe(wire);
      }
    }
    expect(wireAt(scene, { x: -9000, y: 0 }, 6)).toBeNull();
  });

  it('[SC7] the box around cards holds them all, and nothing has none', () => {
    const scene = buildScene(large, {});
    const box = boundsOf(scene.cards.values());
    expect(boundsOf([])).toBeUndefined();
    for (const card of scene.cards.values()) expect(box && overlaps(card, box)).toBe(true);
  });
});
