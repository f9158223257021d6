/** What was drawn, in order. */
export interface Stroke {
  readonly what: 'stroke' | 'fill' | 'text';
  readonly colour: string;
  readonly lineWidth: number;
  /** What was written; where the box or the path began. */
  readonly text: string;
  readonly at: readonly [number, number];
}

/** A 2D context that writes down what is drawn, for there is none in jsdom. */
export function paintLog(): { readonly ctx: CanvasRenderingContext2D; readonly strokes: readonly Stroke[] } {
  const strokes: Stroke[] = [];
  let at: [number, number] = [0, 0];
  const state: Record<string, unknown> = { strokeStyle: '', fillStyle: '', lineWidth: 1 };
  const log = (what: Stroke['what'], style: 'strokeStyle' | 'fillStyle', text = '') =>
    strokes.push({ what, colour: String(state[style]), lineWidth: Number(state.lineWidth), text, at });
  const methods: Record<string, (...args: never[]) => unknown> = {
    moveTo: (x: number, y: number) => {
      at = [x, y];
    },
    stroke: () => log('stroke', 'strokeStyle'),
    fill: () => log('fill', 'fillStyle'),
    fillRect: (x: number, y: number) => {
      at = [x, y];
      log('fill', 'fillStyle');
    },
    fillText: (text: string, x: number, y: number) => {
      at = [x, y];
      log('text', 'fillStyle', text);
    },
    measureText: (text: string) => ({ width: text.length * 8 }),
  };
  const ctx = new Proxy(state, {
    get: (target, key: string) => target[key] ?? methods[key] ?? (() => undefined),
  });
  return { ctx: ctx as unknown as CanvasRenderingContext2D, strokes };
}
