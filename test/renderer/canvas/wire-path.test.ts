import { describe, expect, it } from 'vitest';
import { backPath, leadsBack, roundedPath } from '../../../renderer/canvas/wire-path.ts';

describe('wires that lead back', () => {
  it('are those whose target lies to the left', () => {
    expect(leadsBack({ x: 100, y: 0 }, { x: 400, y: 0 })).toBe(false);
    expect(leadsBack({ x: 100, y: 0 }, { x: 90, y: 0 })).toBe(true);
  });

  it('go around above both cards', () => {
    const path = backPath({ x: 600, y: 200 }, { x: 100, y: 50 }, [120, 26]);
    const heights = [...path.matchAll(/-?\d+(?:\.\d+)? (-?\d+(?:\.\d+)?)/g)].map((match) => Number(match[1]));
    expect(Math.min(...heights)).toBe(26 - 28);
    expect(path.startsWith('M 600 200')).toBe(true);
    expect(path.endsWith('L 100 50')).toBe(true);
  });
});

describe('rounded paths', () => {
  it('round a corner no further than half of its shorter side', () => {
    expect(
      roundedPath([
        { x: 0, y: 0 },
        { x: 8, y: 0 },
        { x: 8, y: 100 },
      ]),
    ).toBe('M 0 0 L 4 0 Q 8 0 8 4 L 8 100');
  });

  it('stand points that coincide, and no points', () => {
    const point = { x: 1, y: 1 };
    expect(roundedPath([point, point, point])).not.toContain('NaN');
    expect(roundedPath([])).toBe('');
  });
});
