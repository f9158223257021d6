import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Heap } from '../../../../shared/analyze/explore/heap.ts';

test('is empty at first, and again', () => {
  const heap = new Heap<number>((a, b) => a < b);
  expect(heap.pop()).toBeUndefined();
  heap.push(1);
  expect([heap.pop(), heap.pop()]).toEqual([1, undefined]);
});

test('gives the least of what is in, whatever was put in and taken out before', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer(), { freq: 3 })), (moves) => {
      const heap = new Heap<number>((a, b) => a < b);
      const model: number[] = [];
      for (const move of moves) {
        if (move === null) {
          model.sort((a, b) => a - b);
          expect(heap.pop()).toBe(model.shift());
        } else {
          heap.push(move);
          model.push(move);
        }
      }
      const rest = model.sort((a, b) => a - b).map(() => heap.pop());
      expect(rest).toEqual(model);
    }),
  );
});
