import { beforeEach, describe, expect, test } from 'vitest';
import { LoadGauge } from '../../../electron/pbx/load-gauge.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';

let clock: ManualClock;
let busy: number;
let calls: number;
let gauge: LoadGauge;
beforeEach(() => {
  clock = new ManualClock();
  busy = 0.3;
  calls = 500;
  gauge = new LoadGauge({ clock, calls: () => calls, busyShare: () => busy });
});
const pass = (ms: number) => clock.advance(ms);

describe('whether another call can be taken', () => {
  test('not while the process works nearly all the time, and again as soon as it does not', () => {
    busy = 0.95;
    pass(250);
    expect(gauge.isFull, 'one window may be a stall').toBe(false);
    pass(250);
    expect(gauge.isFull).toBe(true);
    busy = 0.6;
    pass(250);
    expect(gauge.isFull).toBe(false);
  });

  test('not while the sound comes late', () => {
    for (let window = 0; window < 2; window++) {
      for (let tick = 0; tick < 12; tick++) gauge.noteLate(tick % 2 === 0 ? 25 : 0);
      pass(250);
    }
    expect(gauge.isFull).toBe(true);
    for (let tick = 0; tick < 12; tick++) gauge.noteLate(1);
    pass(250);
    expect(gauge.isFull).toBe(false);
  });

  test('always with few calls: something else keeps the machine busy', () => {
    calls = 20;
    busy = 1;
    pass(5000);
    expect(gauge.isFull).toBe(false);
    calls = 50;
    expect(gauge.isFull).toBe(true);
  });

  test('leaves no timer behind', () => {
    gauge.stop();
    expect(clock.pending).toBe(0);
  });
});
