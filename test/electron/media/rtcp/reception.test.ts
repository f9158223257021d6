import { describe, expect, test } from 'vitest';
import { Reception } from '../../../../electron/media/rtcp/reception.ts';

/** Packets of 20 ms by their place in the stream; each arrives `lateMs` after its time. */
function receive(places: readonly number[], from = 0, lateMs = (_place: number) => 0): Reception {
  const packetOf = (place: number) => ({ ssrc: 7, sequence: (from + place) & 0xffff, timestamp: (place * 160) >>> 0 });
  const reception = new Reception(packetOf(places[0] ?? 0), 8000);
  for (const place of places) reception.receive(packetOf(place), 1000 + place * 20 + lateMs(place));
  return reception;
}

const upTo = (count: number, first = 0) => Array.from({ length: count }, (_, n) => first + n);

describe('[RC2] expected and lost', () => {
  test('over the end of the numbers', () => {
    const reception = receive(upTo(100), 65_500);
    expect(reception.report()).toMatchObject({ fractionLost: 0, totalLost: 0, highestSequence: 65_599 });
  });

  test('what is missing, and what came too late to be in order, but came', () => {
    const reception = receive([...upTo(10), 12, 11, ...upTo(10, 15)]);
    expect(reception.lost).toBe(3);
    expect(reception.loss).toBeCloseTo(3 / 25);
  });

  test('twice is less than none lost, and no fraction', () => {
    const reception = receive([...upTo(10), 9, 9]);
    expect(reception.report()).toMatchObject({ fractionLost: 0, totalLost: -2 });
    expect(reception.loss).toBe(0);
  });

  test('the fraction is of the time since the report before', () => {
    const reception = new Reception({ ssrc: 7, sequence: 0 }, 8000);
    const hear = (from: number, to: number, keep: (n: number) => boolean) => {
      for (const n of upTo(to - from, from)) {
        if (keep(n)) reception.receive({ sequence: n, timestamp: n * 160 }, n * 20);
      }
    };
    hear(0, 100, (n) => n % 4 !== 2);
    expect(reception.report()).toMatchObject({ fractionLost: 64, totalLost: 25 });
    hear(100, 200, () => true);
    expect(reception.report()).toMatchObject({ fractionLost: 0, totalLost: 25 });
    expect(reception.report()).toMatchObject({ fractionLost: 0, totalLost: 25 });
  });
});

describe('[RC2] jitter', () => {
  test('none when every packet takes the same time, whatever that is, over the end of the timestamps too', () => {
    expect(receive(upTo(200), 0, () => 70).jitterMs).toBe(0);
    const reception = new Reception({ ssrc: 7, sequence: 0 }, 8000);
    for (const n of upTo(100)) {
      reception.receive({ sequence: n, timestamp: (2 ** 32 - 8000 + n * 160) >>> 0 }, n * 20);
    }
    expect(reception.jitterMs).toBe(0);
  });

  test('the mean of the changes: every other packet 8 ms late is 8 ms', () => {
    expect(receive(upTo(200), 0, (n) => (n % 2) * 8).jitterMs).toBeCloseTo(8, 3);
    expect(receive(upTo(200), 0, (n) => (n % 2) * 8).report().jitter).toBe(63);
  });

  test('by hand: one change of 16 ms is one millisecond', () => {
    expect(receive([0, 1], 0, (n) => n * 16).jitterMs).toBe(1);
  });

  test('events, whose timestamps stand still, count as packets only', () => {
    const reception = receive(upTo(50));
    for (const n of upTo(10, 50)) reception.receive({ sequence: n, timestamp: 50 * 160 }, 1000 + n * 20, false);
    reception.receive({ sequence: 60, timestamp: 60 * 160 }, 1000 + 60 * 20);
    expect(reception.jitterMs).toBe(0);
    expect(reception.lost).toBe(0);
  });
});

describe('[RC3] leaps', () => {
  test('one strange number is no new stream', () => {
    const reception = receive([...upTo(10), 30_000, ...upTo(10, 10)]);
    expect(reception.report()).toMatchObject({ totalLost: 0, highestSequence: 19 });
  });

  test('two in a row are', () => {
    const reception = receive([...upTo(10), ...upTo(10, 30_000)]);
    expect(reception.report()).toMatchObject({ totalLost: 0, highestSequence: 30_009 });
  });
});
