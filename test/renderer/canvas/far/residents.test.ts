import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mix } from '../../../../renderer/canvas/far/colours.ts';
import { NEAR_ZOOM } from '../../../../renderer/canvas/far/levels.ts';
import { attachedTo, cardsAFrame, nextResidents } from '../../../../renderer/canvas/far/residents.ts';
import { buildScene, overlaps } from '../../../../renderer/canvas/far/scene.ts';
import { seenBox, type View } from '../../../../renderer/canvas/far/view.ts';
import type { Flow } from '../../../../shared/flow/project.ts';
import { largeFlow } from '../../../bench/large-flow.ts';

const scene = buildScene(largeFlow(400).flows.main as Flow, {});
const near: View = { x: 0, y: 0, zoom: 1, width: 1000, height: 700 };
const NONE: ReadonlySet<string> = new Set();
const anyView = fc.record({
  x: fc.integer({ min: -8000, max: 500 }),
  y: fc.integer({ min: -8000, max: 500 }),
  zoom: fc.double({ min: 0.05, max: 2, noNaN: true }),
  width: fc.constant(1000),
  height: fc.constant(700),
});

describe('real cards', () => {
  it('[RC1] are none far out', () => {
    expect(nextResidents(scene, { ...near, zoom: NEAR_ZOOM - 0.01 }, new Set(['start']), 3)).toEqual({
      ids: NONE,
      more: false,
    });
  });

  it('[RC2] come some at a time, the nearest to the middle first, until all in view are real', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        let ids = NONE;
        for (let turn = 0; turn < 200; turn++) {
          const next = nextResidents(scene, view, ids, 3);
          expect(next.ids.size - ids.size).toBeLessThanOrEqual(3);
          if (next.ids === ids) break;
          ids = next.ids;
        }
        const seen = [...scene.cards.values()].filter((card) => overlaps(card, seenBox(view)));
        expect(ids.size).toBe(view.zoom < NEAR_ZOOM ? 0 : seen.length);
        expect(nextResidents(scene, view, ids, 3)).toEqual({ ids, more: false });
      }),
      { numRuns: 40 },
    );
  });

  it('[RC3] stay real a little way out of view, and no further', () => {
    const { ids } = nextResidents(scene, near, NONE, Number.POSITIVE_INFINITY);
    const aside = nextResidents(scene, { ...near, x: -100 }, ids, 0).ids;
    expect([...ids].every((id) => aside.has(id))).toBe(true);
    expect(nextResidents(scene, { ...near, x: -5000 }, ids, 0).ids.size).toBe(0);
  });

  it('[RC4] bring the wires among them and those that lead out of view, with the cards at their other ends', () => {
    const { ids } = nextResidents(scene, near, NONE, Number.POSITIVE_INFINITY);
    const { wires, hidden } = attachedTo(scene, ids);
    for (const { id, from, to } of scene.wires) {
      if (ids.has(from.id) && ids.has(to.id)) expect(wires).toContain(id);
      if (!wires.has(id)) continue;
      for (const end of [from, to]) expect(ids.has(end.id) || hidden.has(end.id)).toBe(true);
    }
    expect(hidden.size).toBeLessThanOrEqual(40);
    expect([...hidden].some((id) => ids.has(id))).toBe(false);
  });
});

describe('how many become real in a frame', () => {
  it('[RC6] depends on whether the view moves: none on the way, some once it stands still', () => {
    expect(cardsAFrame(0)).toBe(0);
    expect(cardsAFrame(20)).toBe(0);
    expect(cardsAFrame(100)).toBeGreaterThan(1);
  });
});

describe('colours of the far layer', () => {
  it('[RC5] are mixed of long and short notation; what cannot be mixed stays itself', () => {
    expect(mix('#000000', '#ffffff', 0.5)).toBe('#808080');
    expect(mix('#000', '#fff', 0.25)).toBe('#bfbfbf');
    expect(mix('red', '#fff', 0.5)).toBe('red');
  });
});
