import type { NodeId } from '../../shared/flow/ids.ts';
import type { Position } from '../store/flow-edits.ts';
import type { Box } from './far/scene.ts';

export const ALIGNMENTS = ['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const;
export type Alignment = (typeof ALIGNMENTS)[number];
export const DIRECTIONS = ['across', 'down'] as const;
export type DistributeDirection = (typeof DIRECTIONS)[number];

export interface Placed extends Box {
  readonly id: NodeId;
}

type Places = Readonly<Record<NodeId, Position>>;

/** Puts boxes on one line: their edges or middles on that of the box around them all. Canvas pixels. */
export function align(boxes: readonly Placed[], alignment: Alignment): Places {
  const left = Math.min(...boxes.map(({ x }) => x));
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const top = Math.min(...boxes.map(({ y }) => y));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  const place = ({ x, y, width, height }: Placed): Position => {
    switch (alignment) {
      case 'left':
        return { x: left, y };
      case 'centre':
        return { x: (left + right - width) / 2, y };
      case 'right':
        return { x: right - width, y };
      case 'top':
        return { x, y: top };
      case 'middle':
        return { x, y: (top + bottom - height) / 2 };
      case 'bottom':
        return { x, y: bottom - height };
    }
  };
  return Object.fromEntries(boxes.map((box) => [box.id, place(box)]));
}

/** Spreads boxes so that the gaps between neighbours are alike; the first and the last stay where they are. */
export function distribute(boxes: readonly Placed[], direction: DistributeDirection): Places {
  const start = (box: Placed) => (direction === 'across' ? box.x : box.y);
  const length = (box: Placed) => (direction === 'across' ? box.width : box.height);
  const sorted = [...boxes].sort((one, other) => start(one) - start(other));
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last || sorted.length < 3) return {};
  const taken = sorted.slice(0, -1).reduce((sum, box) => sum + length(box), 0);
  const gap = (start(last) - start(first) - taken) / (sorted.length - 1);
  let at = start(first);
  return Object.fromEntries(
    sorted.map((box) => {
      const place = direction === 'across' ? { x: at, y: box.y } : { x: box.x, y: at };
      at += length(box) + gap;
      return [box.id, place];
    }),
  );
}
