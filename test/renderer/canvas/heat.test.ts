import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countText, heatOf, heatWidth, NO_HEAT } from '../../../renderer/canvas/heat.ts';

describe('heat', () => {
  it('has each wire by its connection, with its share of the busiest, and each node where callers hung up', () => {
    const heat = heatOf({
      wires: [
        { nodeId: 'start', output: 'next', count: 8 },
        { nodeId: 'welcome', output: 'key:1', count: 2 },
      ],
      drops: [{ nodeId: 'welcome', count: 6 }],
    });
    expect(Object.fromEntries(heat.wires)).toEqual({
      'start:next': { count: 8, share: 1 },
      'welcome:key:1': { count: 2, share: 0.25 },
    });
    expect([...heat.drops]).toEqual([['welcome', 6]]);
  });

  it('is none where there were no calls', () => {
    expect(heatOf({ wires: [], drops: [] })).toEqual(NO_HEAT);
  });

  it('makes a wire the wider the more calls took it, from 1 to 6 pixels', () => {
    expect(heatWidth({ count: 0, share: 0 })).toBe(1);
    expect(heatWidth({ count: 9, share: 1 })).toBe(6);
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, (one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        expect(heatWidth({ count: 1, share: less })).toBeLessThanOrEqual(heatWidth({ count: 1, share: more }));
      }),
    );
  });

  it('writes counts short, in the language of the window', () => {
    expect(countText(7, 'en')).toBe('7');
    expect(countText(1234, 'en')).toBe('1.2K');
    expect(countText(2_500_000, 'en')).toBe('2.5M');
    expect(countText(1234, 'pl')).toMatch(/^1,2\stys\.$/);
  });
});
