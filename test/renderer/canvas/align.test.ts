import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALIGNMENTS, align, DIRECTIONS, distribute, type Placed } from '../../../renderer/canvas/align.ts';

const box = fc.record({
  x: fc.integer({ min: -5000, max: 5000 }),
  y: fc.integer({ min: -5000, max: 5000 }),
  width: fc.integer({ min: 10, max: 400 }),
  height: fc.integer({ min: 10, max: 400 }),
});
const boxes = fc
  .array(box, { minLength: 2, maxLength: 12 })
  .map((all): Placed[] => all.map((one, index) => ({ ...one, id: `n${index}` })));

const placed = (all: readonly Placed[], places: ReturnType<typeof align>) =>
  all.map((one) => ({ ...one, ...places[one.id] }));
const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);

describe('aligning', () => {
  it('[AL1] puts the edges or middles on one line, and moves along that axis only', () => {
    const line = {
      left: ({ x }: Placed) => x,
      centre: ({ x, width }: Placed) => x + width / 2,
      right: ({ x, width }: Placed) => x + width,
      top: ({ y }: Placed) => y,
      middle: ({ y, height }: Placed) => y + height / 2,
      bottom: ({ y, height }: Placed) => y + height,
    };
    fc.assert(
      fc.property(boxes, fc.constantFrom(...ALIGNMENTS), (all, how) => {
        const after = placed(all, align(all, how));
        expect(spread(after.map(line[how]))).toBeLessThan(1e-6);
        const kept = how === 'left' || how === 'centre' || how === 'right' ? 'y' : 'x';
        expect(after.map((one) => one[kept])).toEqual(all.map((one) => one[kept]));
      }),
    );
  });

  it('[AL2] done twice is as once', () => {
    fc.assert(
      fc.property(boxes, fc.constantFrom(...ALIGNMENTS), (all, how) => {
        const once = align(all, how);
        expect(align(placed(all, once), how)).toEqual(once);
      }),
    );
  });
});

describe('distributing', () => {
  it('[AL3] makes the gaps alike and leaves the first and the last where they are', () => {
    fc.assert(
      fc.property(boxes, fc.constantFrom(...DIRECTIONS), (all, direction) => {
        fc.pre(all.length > 2);
        const [start, length] = direction === 'across' ? (['x', 'width'] as const) : (['y', 'height'] as const);
        const sorted = [...all].sort((one, other) => one[start] - other[start]);
        const after = placed(sorted, distribute(all, direction));
        expect(after[0]).toEqual(sorted[0]);
        expect(after.at(-1)?.[start]).toBeCloseTo(sorted.at(-1)?.[start] ?? 0, 6);
        const gaps = after.slice(1).map((one, index) => {
          const before = after[index] as Placed;
          return one[start] - before[start] - before[length];
        });
        expect(spread(gaps)).toBeLessThan(1e-6);
      }),
    );
  });

  it('[AL4] needs three', () => {
    expect(distribute([{ id: 'a', x: 0, y: 0, width: 1, height: 1 }], 'across')).toEqual({});
  });
});
