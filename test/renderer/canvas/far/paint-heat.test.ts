import { describe, expect, test } from 'vitest';
import { paintDrops, paintHeat } from '../../../../renderer/canvas/far/paint-heat.ts';
import type { SceneCard, SceneWire } from '../../../../renderer/canvas/far/scene.ts';
import type { Heat } from '../../../../renderer/canvas/heat.ts';

const colours = { heat: 'heat', canvas: 'canvas', font: 'sans-serif' } as never;
const card = (id: string, x: number) => ({ id, x, y: 0, width: 200, height: 80 }) as unknown as SceneCard;
const wire = (id: string, from: SceneCard, to: SceneCard): SceneWire =>
  ({ id, from, to, fromY: 40, toY: 40, row: 0 }) as unknown as SceneWire;
const [one, two] = [card('one', 0), card('two', 400)];
const viewAt = (zoom: number) => ({ x: 0, y: 0, width: 1000, height: 800, zoom });
const heat: Heat = {
  wires: new Map([
    ['busy', { count: 1200, share: 1 }],
    ['quiet', { count: 12, share: 0.01 }],
  ]),
  drops: new Map([['two', 3]]),
};

/** A context that notes what was drawn, and how. */
function notingContext() {
  const strokes: { readonly width: number; readonly style: string }[] = [];
  const texts: string[] = [];
  const bars: string[] = [];
  const context = {
    lineWidth: 0,
    strokeStyle: '',
    fillStyle: '',
    beginPath: () => {},
    moveTo: () => {},
    lineTo: () => {},
    bezierCurveTo: () => {},
    stroke: () => strokes.push({ width: context.lineWidth, style: context.strokeStyle }),
    fillRect: () => bars.push(context.fillStyle),
    fillText: (text: string) => texts.push(text),
  };
  return { context: context as unknown as CanvasRenderingContext2D, strokes, texts, bars };
}

describe('calls on the far layer', () => {
  const wires = [wire('busy', one, two), wire('quiet', one, two), wire('cold', two, one)];

  test('wires that calls took are drawn in the colour of heat, the busiest as the widest, with their counts', () => {
    const { context, strokes, texts } = notingContext();
    paintHeat(context, wires, heat, viewAt(0.4), colours);
    expect(strokes.map(({ style }) => style)).toEqual(['heat', 'heat']);
    expect(strokes[0]?.width).toBeGreaterThan(strokes[1]?.width ?? 0);
    expect(texts).toEqual(['1.2K', '12']);
  });

  test('far out there is no room for counts', () => {
    const { context, strokes, texts } = notingContext();
    paintHeat(context, wires, heat, viewAt(0.1), colours);
    expect([strokes.length, texts.length]).toEqual([2, 0]);
  });

  test('where callers hung up there is a number, or far out a bar', () => {
    const near = notingContext();
    paintDrops(near.context, [one, two], heat, viewAt(0.4), colours);
    expect(near.texts).toEqual(['3']);
    const far = notingContext();
    paintDrops(far.context, [one, two], heat, viewAt(0.1), colours);
    expect([far.texts, far.bars]).toEqual([[], ['heat']]);
  });
});
