import { describe, expect, test } from 'vitest';
import { connectionId } from '../../../renderer/canvas/connection-id.ts';
import { countText, heatOf, heatWidth } from '../../../renderer/canvas/heat.ts';

describe('calls drawn onto a flow', () => {
  const counts = {
    wires: [
      { nodeId: 'menu', output: '1', count: 400 },
      { nodeId: 'menu', output: '2', count: 100 },
    ],
    drops: [{ nodeId: 'menu', count: 7 }],
  };

  test('each wire has its count and its share of the busiest one', () => {
    const { wires, drops } = heatOf(counts);
    expect(wires.get(connectionId({ from: 'menu', output: '1' }))).toEqual({ count: 400, share: 1 });
    expect(wires.get(connectionId({ from: 'menu', output: '2' }))).toEqual({ count: 100, share: 0.25 });
    expect([...drops]).toEqual([['menu', 7]]);
  });

  test('a flow that nobody called has none', () => {
    const { wires, drops } = heatOf({ wires: [], drops: [] });
    expect([wires.size, drops.size]).toEqual([0, 0]);
  });

  test('a wire is the wider the more went through it, and never thinner than without', () => {
    const widths = [0, 0.01, 0.25, 1].map((share) => heatWidth({ count: 1, share }));
    expect(widths).toEqual([...widths].sort((a, b) => a - b));
    expect(new Set(widths).size).toBe(4);
    expect(widths[0]).toBeGreaterThan(1.75);
  });

  test('large counts are short, in the language of the window', () => {
    expect(countText(950, 'en')).toBe('950');
    expect(countText(12_345, 'en')).toBe('12.3K');
    expect(countText(12_345, 'pl')).toMatch(/^12,3.tys\.$/);
  });
});
