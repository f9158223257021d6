import { type NodeHandle, Position } from '@xyflow/react';
import { type FlowNode, outputsOf } from '../../shared/flow/catalogue.ts';
import { cardHeightPx } from '../store/flow-edits.ts';

export const CARD_WIDTH_PX = 240;
/** Where wires come in, down from the card's top. */
export const TARGET_Y_PX = 25;
const ROW_PX = 24;
/** Below the last output: padding and border. */
const BOTTOM_PX = 5;
const BORDER_PX = 1;
const HANDLE_PX = 11;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface CardGeometry {
  readonly measured: Size;
  readonly handles: NodeHandle[];
}

/** About how large a card will be drawn. */
export function cardSize(node: FlowNode): Size {
  return { width: CARD_WIDTH_PX, height: cardHeightPx(node) };
}

/** Middle of an output's row, down from the top of a card of that height. */
export function outputY(heightPx: number, outputs: number, row: number): number {
  return heightPx - BOTTOM_PX - (outputs - row - 0.5) * ROW_PX;
}

/**
 * About how a card will be drawn. React Flow draws every card that it knows nothing of, in view or not, to measure it:
 * with this it need not.
 * @param size As it was drawn before.
 */
export function estimateCard(node: FlowNode, size: Size = cardSize(node)): CardGeometry {
  const outputs = outputsOf(node);
  const handle = (id: string | null, type: 'source' | 'target', x: number, y: number): NodeHandle => ({
    id,
    type,
    position: type === 'source' ? Position.Right : Position.Left,
    x: x - HANDLE_PX / 2,
    y: y - HANDLE_PX / 2,
    width: HANDLE_PX,
    height: HANDLE_PX,
  });
  const right = size.width - BORDER_PX;
  return {
    measured: size,
    handles: [
      ...(node.type === 'start' ? [] : [handle(null, 'target', BORDER_PX, TARGET_Y_PX)]),
      ...outputs.map(({ id }, row) => handle(id, 'source', right, outputY(size.height, outputs.length, row))),
    ],
  };
}
