import type { NodeType } from '../../../shared/flow/catalogue.ts';
import type { Position } from '../../store/flow-edits.ts';
import type { Colours } from './colours.ts';
import { NEAR_ZOOM } from './levels.ts';
import type { Box, SceneCard } from './scene.ts';
import type { View } from './view.ts';

/** How cards are called and which icon they have. */
export interface Looks {
  readonly nameOf: (card: SceneCard) => string;
  readonly icons: Partial<Readonly<Record<NodeType, Path2D>>>;
}

/** Name on a card as large as the far look of real cards has it, in canvas pixels. */
const NAME_PX = 27;
const TILE_PX = 44;
/** Of a card too small for its name. */
const LARGE_TILE_PX = 110;
const ICON_BOX_PX = 24;
/** Smaller letters cannot be read, and are not drawn. */
export const MIN_NAME_PX = 7;

/** Cards as dots of their kind's colour, kind by kind: changing the colour is what takes time. */
export function paintDots(
  ctx: CanvasRenderingContext2D,
  cards: readonly SceneCard[],
  view: View,
  colours: Colours,
): void {
  const byType = Map.groupBy(cards, ({ node }) => node.type);
  for (const [type, group] of byType) {
    ctx.fillStyle = colours.dot[type];
    for (const card of group) {
      const { x, y, width, height } = onScreen(card, view);
      ctx.fillRect(x, y, Math.max(2, width), Math.max(2, height));
    }
    ctx.fillStyle = colours.kind[type];
    for (const card of group) {
      const { x, y, height } = onScreen(card, view);
      ctx.fillRect(x, y, Math.max(1, Math.round(30 * view.zoom)), Math.max(2, height));
    }
  }
}

/** A card with its icon, and its name where it can be read. */
export function paintCard(
  ctx: CanvasRenderingContext2D,
  card: SceneCard,
  view: View,
  colours: Colours,
  { nameOf, icons }: Looks,
): void {
  const { zoom } = view;
  const { x, y, width, height } = onScreen(card, view);
  const { type } = card.node;
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, 8 * zoom);
  ctx.fillStyle = colours.raised;
  ctx.fill();
  ctx.strokeStyle = colours.border;
  ctx.lineWidth = 1;
  ctx.stroke();
  if (zoom >= NEAR_ZOOM) {
    paintNearCard(ctx, card, view, colours, { nameOf, icons });
    return;
  }
  const hasName = NAME_PX * zoom >= MIN_NAME_PX;
  const tile = hasName ? TILE_PX * zoom : Math.min(height * 0.7, LARGE_TILE_PX * zoom);
  const tileX = hasName ? x + 12 * zoom : x + (width - tile) / 2;
  const tileY = y + (height - tile) / 2;
  paintTile(ctx, type, { x: tileX, y: tileY }, tile, colours, icons);
  if (!hasName) return;
  ctx.fillStyle = colours.text;
  ctx.font = `600 ${NAME_PX * zoom}px ${colours.font}`;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  const textX = tileX + tile + 10 * zoom;
  const roomPx = x + width - 10 * zoom - textX;
  // About how many letters go in: measuring each name in each frame takes too long.
  const letters = Math.max(1, Math.floor(roomPx / (NAME_PX * zoom * 0.56)));
  const name = nameOf(card);
  ctx.fillText(name.length > letters ? `${name.slice(0, letters - 1)}…` : name, textX, y + height / 2, roomPx);
}

/** A card that is about to be real: its head where the real one has it. */
function paintNearCard(
  ctx: CanvasRenderingContext2D,
  card: SceneCard,
  view: View,
  colours: Colours,
  { nameOf, icons }: Looks,
): void {
  const { zoom } = view;
  const { x, y, width } = onScreen(card, view);
  paintTile(ctx, card.node.type, { x: x + 11 * zoom, y: y + 9 * zoom }, 28 * zoom, colours, icons);
  ctx.fillStyle = colours.text;
  ctx.font = `600 ${13 * zoom}px ${colours.font}`;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  const name = nameOf(card);
  ctx.fillText(name.length > 26 ? `${name.slice(0, 25)}…` : name, x + 47 * zoom, y + 18 * zoom, width - 55 * zoom);
}

function paintTile(
  ctx: CanvasRenderingContext2D,
  type: NodeType,
  at: Position,
  sizePx: number,
  colours: Colours,
  icons: Looks['icons'],
): void {
  ctx.fillStyle = colours.soft[type];
  ctx.fillRect(at.x, at.y, sizePx, sizePx);
  const icon = icons[type];
  if (!icon) return;
  const scale = (sizePx * 0.62) / ICON_BOX_PX;
  ctx.save();
  ctx.translate(at.x + sizePx * 0.19, at.y + sizePx * 0.19);
  ctx.scale(scale, scale);
  ctx.strokeStyle = colours.kind[type];
  ctx.lineWidth = Math.max(2, 1 / scale);
  ctx.stroke(icon);
  ctx.restore();
}

/** A box of the canvas in screen pixels. */
export function onScreen({ x, y, width, height }: Box, view: View): Box {
  return {
    x: x * view.zoom + view.x,
    y: y * view.zoom + view.y,
    width: width * view.zoom,
    height: height * view.zoom,
  };
}
