import { expect, test } from 'vitest';
import { RecentWaits, WAIT_COUNTS_FOR_MS, WAITS_KEPT } from '../../../shared/queue/recent-waits.ts';

function of(...waitsMs: number[]): RecentWaits {
  const waits = new RecentWaits();
  for (const waitedMs of waitsMs) waits.note({ waitedMs, answeredAtMs: 0 });
  return waits;
}

test('[QD10] the mean of what waits lasted longer; nothing where none did', () => {
  expect(of().remainingMs(0, 0)).toBeUndefined();
  expect(of(10, 30, 50).remainingMs(0, 0)).toBe(30);
  expect(of(10, 30, 50).remainingMs(20, 0)).toBe(20);
  expect(of(10, 30, 50).remainingMs(50, 0)).toBeUndefined();
});

test('[QD10] old waits do not count, and only the latest are kept', () => {
  const waits = of(1000);
  expect(waits.remainingMs(0, WAIT_COUNTS_FOR_MS - 1)).toBe(1000);
  expect(waits.remainingMs(0, WAIT_COUNTS_FOR_MS)).toBeUndefined();
  for (let wait = 0; wait < WAITS_KEPT; wait++) waits.note({ waitedMs: 10, answeredAtMs: 0 });
  expect(waits.remainingMs(0, 0)).toBe(10);
});
