import type { Box } from './scene.ts';

/** What is to be seen of the canvas: `screen = canvas * zoom + (x, y)`, in CSS pixels. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
}

/** The part of the canvas in view, in canvas pixels, and so much more around it. */
export function seenBox({ x, y, zoom, width, height }: View, marginPx = 0): Box {
  return {
    x: -x / zoom - marginPx,
    y: -y / zoom - marginPx,
    width: width / zoom + 2 * marginPx,
    height: height / zoom + 2 * marginPx,
  };
}
