import { countText, type Heat, heatWidth } from '../heat.ts';
import type { Colours } from './colours.ts';
import { DOT_ZOOM } from './levels.ts';
import { MIN_NAME_PX, onScreen } from './paint-cards.ts';
import { runOf, type SceneCard, type SceneWire } from './scene.ts';
import { traceWire } from './trace-wire.ts';
import type { View } from './view.ts';

/** Letters as large as on the far look of real cards, in canvas pixels. */
const COUNT_PX = 22;
/** From the card's edge to the middle of the count. */
const BESIDE_PX = 34;

const NOTHING: ReadonlySet<string> = new Set();

/**
 * Wires as wide as many calls took them, with their counts where they can be read.
 * @param selected Wires that stay as they were drawn: what is selected must be seen to be.
 */
export function paintHeat(
  ctx: CanvasRenderingContext2D,
  wires: readonly SceneWire[],
  heat: Heat,
  view: View,
  colours: Colours,
  selected: ReadonlySet<string> = NOTHING,
): void {
  const hot = wires.flatMap((wire) => {
    const taken = heat.wires.get(wire.id);
    return taken ? [{ wire, taken }] : [];
  });
  ctx.strokeStyle = colours.heat;
  for (const { wire, taken } of hot) {
    if (selected.has(wire.id)) continue;
    ctx.lineWidth = Math.max(1, heatWidth(taken) * Math.min(1, 2 * view.zoom));
    ctx.beginPath();
    traceWire(ctx, wire, view);
    ctx.stroke();
  }
  if (view.zoom <= DOT_ZOOM || COUNT_PX * view.zoom < MIN_NAME_PX) return;
  // After all wires: none runs through a number.
  for (const { wire, taken } of hot) {
    const { fromX, fromY } = runOf(wire);
    paintCount(ctx, taken.count, { x: fromX + BESIDE_PX, y: fromY }, view, colours.canvas, colours.heat, colours.font);
  }
}

/** How many callers hung up at cards, at their lower edges. */
export function paintDrops(
  ctx: CanvasRenderingContext2D,
  cards: readonly SceneCard[],
  heat: Heat,
  view: View,
  colours: Colours,
): void {
  for (const card of cards) {
    const count = heat.drops.get(card.id);
    if (count === undefined) continue;
    if (COUNT_PX * view.zoom >= MIN_NAME_PX) {
      const at = { x: card.x + card.width / 2, y: card.y + card.height };
      paintCount(ctx, count, at, view, colours.heat, colours.canvas, colours.font);
    } else {
      // Too small for a number: a bar says that there is one.
      const { x, y, width, height } = onScreen(card, view);
      ctx.fillStyle = colours.heat;
      ctx.fillRect(x, y + Math.max(2, height), Math.max(3, width), 2);
    }
  }
}

function paintCount(
  ctx: CanvasRenderingContext2D,
  count: number,
  at: { readonly x: number; readonly y: number },
  view: View,
  plate: string,
  ink: string,
  font: string,
): void {
  const text = countText(count, document.documentElement.lang || 'en');
  const sizePx = COUNT_PX * view.zoom;
  const x = at.x * view.zoom + view.x;
  const y = at.y * view.zoom + view.y;
  // About how wide it is: measuring each in each frame takes too long.
  const width = (text.length * 0.62 + 0.6) * sizePx;
  ctx.fillStyle = plate;
  ctx.fillRect(x - width / 2, y - sizePx * 0.6, width, sizePx * 1.2);
  ctx.fillStyle = ink;
  ctx.font = `600 ${sizePx}px ${font}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillText(text, x, y);
}
