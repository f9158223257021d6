import { describe, expect, test } from 'vitest';
import { decodeG711, encodeG711, FRAME_SAMPLES } from '../../../electron/media/g711.ts';
import { JitterBuffer } from '../../../electron/media/jitter-buffer.ts';
import type { RtpPacket } from '../../../electron/media/rtp.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { sine } from '../../support/sound.ts';

const SILENCE = new Int16Array(FRAME_SAMPLES);

/** The sound of the 20 ms at that place: each is different. */
const soundOf = (place: number) => decodeG711('PCMU', encodeG711('PCMU', sine(200 + (place % 97) * 30, 20)));

const packetOf = (place: number, part: Partial<RtpPacket> = {}): RtpPacket => ({
  payloadType: 0,
  marker: false,
  sequence: place & 0xffff,
  timestamp: (4_294_960_000 + place * FRAME_SAMPLES) >>> 0,
  ssrc: 7,
  payload: encodeG711('PCMU', sine(200 + (place % 97) * 30, 20)),
  ...part,
});

interface Arrival {
  readonly place: number;
  readonly atMs: number;
}

/** What is read every 20 ms, as places of the stream; `null`: silence, `NaN`: something that was never sent. */
function play(arrivals: readonly Arrival[], untilMs: number, buffer = new JitterBuffer()): (number | null)[] {
  const queue = [...arrivals].sort((a, b) => a.atMs - b.atMs);
  const known = new Map(arrivals.map(({ place }) => [soundOf(place).join(), place]));
  const read: (number | null)[] = [];
  for (let nowMs = 0; nowMs < untilMs; nowMs += 20) {
    while ((queue[0]?.atMs ?? Number.POSITIVE_INFINITY) <= nowMs)
      buffer.receive(packetOf(queue.shift()?.place ?? 0), 'PCMU');
    const frame = buffer.read();
    read.push(frame.every((sample) => sample === 0) ? null : (known.get(frame.join()) ?? Number.NaN));
  }
  return read;
}

const steady = (count: number, first = 0): Arrival[] =>
  Array.from({ length: count }, (_, n) => ({ place: first + n, atMs: (first + n) * 20 }));

describe('[JB3] the jitter buffer', () => {
  test('waits 60 ms, then gives everything, over the end of the timestamps too', () => {
    const read = play(steady(90), 1900);
    expect(read.slice(0, 2)).toEqual([null, null]);
    expect(read.slice(2, 92)).toEqual(steady(90).map(({ place }) => place));
    expect(read.slice(92)).toEqual([null, null, null]);
  });

  test('with 5 % lost and 30 ms of jitter: silence only where packets were lost', () => {
    const random = seededRandom(9);
    const lost = new Set<number>();
    const arrivals = steady(96).flatMap(({ place, atMs }) => {
      if (place > 2 && random() < 0.05) {
        lost.add(place);
        return [];
      }
      return [{ place, atMs: atMs + random() * 30 }];
    });
    expect(lost.size).toBeGreaterThan(2);
    const read = play(arrivals, 2000);
    const begin = read.indexOf(0);
    expect(begin).toBeLessThanOrEqual(4);
    expect(read.slice(begin, begin + 96)).toEqual(steady(96).map(({ place }) => (lost.has(place) ? null : place)));
  });

  test('doubles and late packets are dropped', () => {
    const arrivals = steady(20).map((arrival) => (arrival.place === 8 ? { place: 8, atMs: 400 } : arrival));
    const read = play([...arrivals, { place: 5, atMs: 105 }, { place: 5, atMs: 300 }], 440);
    expect(read).toEqual([null, null, 0, 1, 2, 3, 4, 5, 6, 7, null, ...steady(11, 9).map(({ place }) => place)]);
  });

  test('after a pause it waits again, and goes on with what comes', () => {
    const read = play([...steady(10), ...steady(10, 150)], 3500);
    expect(read.slice(2, 12)).toEqual(steady(10).map(({ place }) => place));
    expect(read.slice(12, 152).every((place) => place === null)).toBe(true);
    expect(read.slice(152, 162)).toEqual(steady(10, 150).map(({ place }) => place));
  });

  test('a single packet is heard, too', () => {
    expect(play(steady(1), 120)).toEqual([null, null, null, 0, null, null]);
  });

  test('a sender whose clock is faster, and a stall, do not make it later and later', () => {
    const fast = Array.from({ length: 90 }, (_, place) => ({ place, atMs: place * 17 }));
    const read = play(fast, 1540);
    expect(read.some((place) => Number.isNaN(place))).toBe(false);
    expect(89 - (read.at(-1) ?? 0)).toBeLessThan(10);
    const stalled = steady(60).map(({ place, atMs }) => ({ place, atMs: place > 20 && place < 40 ? 800 : atMs }));
    const after = play(stalled, 1200);
    expect(after.at(-1)).toBe(57);
  });

  test('another stream, and a leap of the clock, go on at once', () => {
    const buffer = new JitterBuffer();
    for (const place of [0, 1, 2]) buffer.receive(packetOf(place), 'PCMU');
    expect(buffer.read()).toEqual(soundOf(0));
    for (const place of [10, 11, 12]) buffer.receive(packetOf(place, { ssrc: 8 }), 'PCMU');
    expect(buffer.read()).toEqual(soundOf(10));
    for (const place of [900, 901, 902]) buffer.receive(packetOf(place, { ssrc: 8 }), 'PCMU');
    expect(buffer.read()).toEqual(soundOf(900));
    for (const place of [20, 21, 22]) buffer.receive(packetOf(place, { ssrc: 8 }), 'PCMU');
    expect(buffer.read()).toEqual(soundOf(20));
  });

  test('packets of 10 and of 60 ms', () => {
    for (const ms of [10, 60]) {
      const buffer = new JitterBuffer();
      const [sound, size] = [sine(440, 600), ms * 8];
      for (let at = 0; at < sound.length; at += size) {
        buffer.receive(
          packetOf(0, { timestamp: at, payload: encodeG711('PCMU', sound.subarray(at, at + size)) }),
          'PCMU',
        );
        if (at > 0 || ms === 60) for (let read = 0; read < ms / 20; read++) expect(buffer.read()).toHaveLength(160);
      }
    }
    expect(new JitterBuffer().read()).toEqual(SILENCE);
  });
});
