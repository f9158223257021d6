import { type NodeHandle, Position } from '@xyflow/react';
import { type FlowNode, outputsOf } from '../../shared/flow/catalogue.ts';
import { cardHeightPx } from '../store/flow-edits.ts';

const CARD_WIDTH_PX = 240;
const TARGET_Y_PX = 24;
const ROW_PX = 24;
const BOTTOM_PX = 4;

export interface CardGeometry {
  readonly measured: { readonly width: number; readonly height: number };
  readonly handles: NodeHandle[];
}

/**
 * About how a card will be drawn. React Flow draws every card that it knows nothing of, in view or not, to measure it:
 * with this it need not, and a flow of thousands of nodes opens at once.
 */
export function estimateCard(node: FlowNode): CardGeometry {
  const outputs = outputsOf(node);
  const height = cardHeightPx(node);
  const firstRowY = height - BOTTOM_PX - outputs.length * ROW_PX;
  const handle = (id: string | null, type: 'source' | 'target', x: number, y: number): NodeHandle => ({
    id,
    type,
    position: type === 'source' ? Position.Right : Position.Left,
    x,
    y,
    width: 0,
    height: 0,
  });
  return {
    measured: { width: CARD_WIDTH_PX, height },
    handles: [
      ...(node.type === 'start' ? [] : [handle(null, 'target', 0, TARGET_Y_PX)]),
      ...outputs.map(({ id }, row) => handle(id, 'source', CARD_WIDTH_PX, firstRowY + (row + 0.5) * ROW_PX)),
    ],
  };
}
