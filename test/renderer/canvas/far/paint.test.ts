import { describe, expect, it } from 'vitest';
import { type Colours, readColours } from '../../../../renderer/canvas/far/colours.ts';
import { type Marks, paintScene } from '../../../../renderer/canvas/far/paint.ts';
import { buildScene } from '../../../../renderer/canvas/far/scene.ts';
import { heatOf, NO_HEAT } from '../../../../renderer/canvas/heat.ts';
import { NO_PATH } from '../../../../renderer/canvas/live-path.ts';
import type { Flow } from '../../../../shared/flow/project.ts';
import { paintLog } from '../../../support/paint-log.ts';
import { sampleProject } from '../../../support/sample-project.ts';

const flow = sampleProject().flows.main as Flow;
const scene = buildScene(flow, {});
const colours: Colours = { ...readColours(document.body), heat: '#a33d0c', canvas: '#fafafa' };
const heat = heatOf({
  wires: [
    { nodeId: 'start', output: 'next', count: 1500 },
    { nodeId: 'welcome', output: 'key:1', count: 15 },
  ],
  drops: [{ nodeId: 'sales', count: 42 }],
});

function paint(zoom: number, part: Partial<Marks> = {}) {
  const marks: Marks = {
    selected: new Set(),
    selectedWires: new Set(),
    problems: new Map(),
    path: NO_PATH,
    noted: new Set(),
    conflicts: new Map(),
    compared: new Map(),
    found: new Set(),
    realCards: new Set(),
    realWires: new Set(),
    heat,
    ...part,
  };
  const { ctx, strokes } = paintLog();
  const view = { x: 800 * zoom, y: 800 * zoom, zoom, width: 4000, height: 4000 };
  paintScene(ctx, scene, view, colours, marks, { hovered: null, focused: null }, { nameOf: ({ id }) => id, icons: {} });
  const hot = strokes.filter(({ colour }) => colour === colours.heat);
  return {
    widths: hot.filter(({ what }) => what === 'stroke').map(({ lineWidth }) => lineWidth),
    texts: strokes.filter(({ what, text }) => what === 'text' && /^[\d.]+[KM]?$/.test(text)).map(({ text }) => text),
    bars: hot.filter(({ what }) => what === 'fill').length,
  };
}

describe('the far layer with calls drawn onto it', () => {
  it('draws hot wires in the colour of heat, the busiest as the widest, then how many hung up at cards', () => {
    const { widths, texts } = paint(0.4);
    expect(widths).toHaveLength(2);
    expect(widths[0]).toBeGreaterThan(widths[1] ?? 0);
    expect(texts).toEqual(['1.5K', '15', '42']);
  });

  it('leaves to the page what is an element of it', () => {
    const { widths, texts } = paint(0.4, { realWires: new Set(['start:next']), realCards: new Set(['sales']) });
    expect(widths).toHaveLength(1);
    expect(texts).toEqual(['15']);
  });

  it('shows selected wires as such, with their counts', () => {
    const { widths, texts } = paint(0.4, { selectedWires: new Set(['start:next']) });
    expect(widths).toHaveLength(1);
    expect(texts).toEqual(['1.5K', '15', '42']);
  });

  it('draws nothing while it is not wanted', () => {
    expect(paint(0.4, { heat: NO_HEAT })).toEqual({ widths: [], texts: [], bars: 0 });
  });
});
