import { describe, expect, it } from 'vitest';
import { edgesOf, hourEdges } from '../../../../../../renderer/app/pages/calls/charts/chart-period.ts';

const at = (...parts: [number, number, number, number?]) => new Date(...(parts as [number, number, number])).getTime();
const NOW_MS = new Date(2026, 10, 23, 15, 40).getTime(); // a Monday

describe('periods of charts', () => {
  it('end with the hour, day, week or month that is now', () => {
    const today = edgesOf('today', NOW_MS);
    expect([today.edgesMs[0], today.edgesMs.at(-1), today.edgesMs.length]).toEqual([
      at(2026, 10, 23),
      at(2026, 10, 24),
      25,
    ]);
    const week = edgesOf('week', NOW_MS);
    expect([week.edgesMs[0], week.edgesMs.at(-1), week.edgesMs.length]).toEqual([
      at(2026, 10, 17),
      at(2026, 10, 24),
      8,
    ]);
    expect(edgesOf('quarter', NOW_MS).edgesMs.at(-2)).toBe(at(2026, 10, 23));
    const year = edgesOf('year', NOW_MS);
    expect([year.edgesMs[0], year.edgesMs.at(-1)]).toEqual([at(2025, 11, 1), at(2026, 11, 1)]);
  });

  it('have one of the same length before them', () => {
    expect(edgesOf('today', NOW_MS).previousFromMs).toBe(at(2026, 10, 22));
    expect(edgesOf('month', NOW_MS).previousFromMs).toBe(at(2026, 8, 25));
    expect(edgesOf('year', NOW_MS).previousFromMs).toBe(at(2024, 11, 1));
  });

  it('have whole hours, in order, whatever the clocks do', () => {
    for (const nowMs of [NOW_MS, at(2026, 2, 29), at(2026, 9, 25)]) {
      const edges = hourEdges(nowMs);
      expect(edges.every((edge, index) => index === 0 || edge > (edges[index - 1] ?? 0))).toBe(true);
      expect(new Date(edges.at(-1) ?? 0).getHours()).toBe(0);
    }
  });
});
