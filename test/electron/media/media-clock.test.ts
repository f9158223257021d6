import { expect, test } from 'vitest';
import { MediaClock } from '../../../electron/media/media-clock.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';

test('ticks every 20 ms for everyone who listens, and stands still for nobody', () => {
  const clock = new ManualClock();
  const media = new MediaClock(clock);
  const heard: number[] = [];
  const stopOne = media.add((tick) => heard.push(tick));
  const stopTwo = media.add(() => heard.push(0));
  clock.advance(60);
  expect(heard).toEqual([1, 0, 2, 0, 3, 0]);
  stopTwo();
  clock.advance(20);
  expect(heard.at(-1)).toBe(4);
  stopOne();
  expect(clock.pending).toBe(0);
});

test('numbers go on where they were when someone listens again', () => {
  const clock = new ManualClock();
  const media = new MediaClock(clock);
  media.add(() => {})();
  const heard: number[] = [];
  clock.advance(1000);
  const first = media.add((tick) => heard.push(tick));
  clock.advance(40);
  first();
  clock.advance(5000);
  media.add((tick) => heard.push(tick));
  clock.advance(20);
  expect(heard).toEqual([1, 2, 3]);
});

/** A clock whose timers fire late by what the test says. */
function lateClock(lateMs: () => number): { clock: Clock; manual: ManualClock } {
  const manual = new ManualClock();
  return {
    manual,
    clock: { nowMs: () => manual.nowMs(), wallMs: () => 0, after: (ms, fire) => manual.after(ms + lateMs(), fire) },
  };
}

test('timers that fire late do not add up', () => {
  const { clock, manual } = lateClock(() => 1.7);
  let ticks = 0;
  new MediaClock(clock).add(() => ticks++);
  manual.advance(10_002);
  expect(ticks).toBe(500);
});

test('a short stall is made up for, a long one skipped', () => {
  let late = 0;
  const { clock, manual } = lateClock(() => late);
  const heard: number[] = [];
  new MediaClock(clock).add((tick) => heard.push(tick));
  late = 65;
  manual.advance(20);
  late = 0;
  manual.advance(85);
  expect(heard.slice(0, 5)).toEqual([1, 2, 3, 4, 5]);
  late = 1000;
  manual.advance(20);
  late = 0;
  manual.advance(1100);
  const jump = heard.findIndex((tick, at) => at > 0 && tick > (heard[at - 1] ?? 0) + 1);
  expect(jump).toBeGreaterThan(0);
  // 1,000 ms are 50 ticks: the last five of them are made up for.
  expect((heard[jump] ?? 0) - (heard[jump - 1] ?? 0)).toBeGreaterThan(40);
  expect(heard.at(-1)).toBe(Math.floor(manual.nowMs() / 20));
});
