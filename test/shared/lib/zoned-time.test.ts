import { describe, expect, test } from 'vitest';
import { instantsOf, isTimeZone, localMsAt, offsetChangeBetween, offsetMsAt } from '../../../shared/lib/zoned-time.ts';

const WARSAW = 'Europe/Warsaw';
const HOUR = 3_600_000;

describe('local time', () => {
  test('is UTC plus the offset of the season, to the second', () => {
    expect(localMsAt(Date.UTC(2026, 0, 5, 9, 1, 2), WARSAW)).toBe(Date.UTC(2026, 0, 5, 10, 1, 2));
    expect(localMsAt(Date.UTC(2026, 6, 5, 22, 30), WARSAW)).toBe(Date.UTC(2026, 6, 6, 0, 30));
    expect(offsetMsAt(Date.UTC(2026, 0, 5), 'Asia/Kathmandu')).toBe(5.75 * HOUR);
    expect(offsetMsAt(Date.UTC(2026, 0, 5) + 999, 'America/New_York')).toBe(-5 * HOUR);
  });

  test('of what is no zone or no instant is none', () => {
    for (const zone of ['Nowhere/Else', '', 'constructor', '🕐']) {
      expect(isTimeZone(zone)).toBe(false);
      expect(localMsAt(0, zone)).toBeNull();
      expect(offsetMsAt(1500, zone)).toBe(0);
    }
    for (const instant of [Number.NaN, Number.POSITIVE_INFINITY, 9e15]) expect(localMsAt(instant, WARSAW)).toBeNull();
  });
});

describe('instants of a local time', () => {
  test('one on ordinary days', () => {
    expect(instantsOf(Date.UTC(2026, 0, 5, 10), WARSAW)).toEqual([Date.UTC(2026, 0, 5, 9)]);
  });

  test('none for 02:30 in spring, two in autumn', () => {
    expect(instantsOf(Date.UTC(2026, 2, 29, 2, 30), WARSAW)).toEqual([]);
    expect(instantsOf(Date.UTC(2026, 9, 25, 2, 30), WARSAW)).toEqual([
      Date.UTC(2026, 9, 25, 0, 30),
      Date.UTC(2026, 9, 25, 1, 30),
    ]);
  });
});

test('the change of the clock is found to the second', () => {
  const [march, april] = [Date.UTC(2026, 2, 20), Date.UTC(2026, 3, 2)];
  expect(offsetChangeBetween(march, april, WARSAW)).toBe(Date.UTC(2026, 2, 29, 1));
  expect(offsetChangeBetween(march, march + HOUR, WARSAW)).toBeNull();
});
