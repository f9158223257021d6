import { DOT_ZOOM } from './levels.ts';
import { type Box, overlaps, runOf, type SceneWire } from './scene.ts';
import type { View } from './view.ts';

const OUT_PX = 28;

/** Whether a wire may come through the box: by the box around both its cards and its way above them. */
export function isSeen({ from, to }: SceneWire, seen: Box): boolean {
  const left = Math.min(from.x, to.x) - OUT_PX;
  const right = Math.max(from.x + from.width, to.x + to.width) + OUT_PX;
  const top = Math.min(from.y, to.y) - 2 * OUT_PX;
  const bottom = Math.max(from.y + from.height, to.y + to.height);
  return overlaps({ x: left, y: top, width: right - left, height: bottom - top }, seen);
}

/** Adds a wire to the path that is being drawn. */
export function traceWire(ctx: CanvasRenderingContext2D, wire: SceneWire, { x, y, zoom }: View): void {
  const run = runOf(wire);
  const fromX = run.fromX * zoom + x;
  const fromY = run.fromY * zoom + y;
  const toX = run.toX * zoom + x;
  const toY = run.toY * zoom + y;
  ctx.moveTo(fromX, fromY);
  if (run.overY !== null) {
    const overY = run.overY * zoom + y;
    const out = OUT_PX * zoom;
    ctx.lineTo(fromX + out, fromY);
    ctx.lineTo(fromX + out, overY);
    ctx.lineTo(toX - out, overY);
    ctx.lineTo(toX - out, toY);
    ctx.lineTo(toX, toY);
  } else if (zoom <= DOT_ZOOM) {
    ctx.lineTo(toX, toY);
  } else {
    const middle = (fromX + toX) / 2;
    ctx.bezierCurveTo(middle, fromY, middle, toY, toX, toY);
  }
}
