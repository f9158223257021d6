import { expect, test } from 'vitest';
import { OutboundStream } from '../../../electron/media/outbound-stream.ts';
import type { RtpPacket } from '../../../electron/media/rtp.ts';
import { timestampDelta } from '../../../electron/media/rtp.ts';

const payload = new Uint8Array(160);
const voice = (timestamp: number, ssrc = 7): RtpPacket => ({
  payloadType: 0,
  marker: false,
  sequence: 1,
  timestamp,
  ssrc,
  payload,
});

function steps(packets: readonly RtpPacket[]): { sequence: number[]; timestamp: number[] } {
  const pairs = packets.slice(1).map((packet, at) => [packets[at] as RtpPacket, packet] as const);
  return {
    sequence: pairs.map(([a, b]) => (b.sequence - a.sequence) & 0xffff),
    timestamp: pairs.map(([a, b]) => timestampDelta(a.timestamp, b.timestamp)),
  };
}

test('clock, relay and clock again are one stream: no gap in numbers, time always forward, a marker at each turn', () => {
  const stream = new OutboundStream();
  const packets = [
    stream.fromClock(1, 0, payload),
    stream.fromClock(2, 0, payload),
    stream.fromRelay(3, 0, voice(4_000_000_000), payload, false),
    stream.fromRelay(4, 0, voice(4_000_000_160), payload, false),
    stream.fromRelay(5, 0, voice(4_000_000_320), payload, false),
    stream.fromClock(6, 0, payload),
    stream.fromClock(7, 0, payload),
  ];
  expect(steps(packets)).toEqual({ sequence: Array(6).fill(1), timestamp: Array(6).fill(160) });
  expect(packets.map((packet) => packet.marker)).toEqual([true, false, true, false, false, true, false]);
  expect(new Set(packets.map((packet) => packet.ssrc)).size).toBe(1);
});

test('a pause of the clock is a pause in the timestamps', () => {
  const stream = new OutboundStream();
  expect(steps([stream.fromClock(1, 0, payload), stream.fromClock(11, 0, payload)]).timestamp).toEqual([1600]);
});

test('a source that runs faster than our clock never makes time go back afterwards', () => {
  const stream = new OutboundStream();
  const packets = [
    stream.fromRelay(1, 0, voice(0), payload, false),
    stream.fromRelay(1, 0, voice(160), payload, false),
    stream.fromRelay(1, 0, voice(320), payload, false),
    stream.fromClock(2, 0, payload),
    stream.fromClock(3, 0, payload),
  ];
  expect(steps(packets).timestamp).toEqual([160, 160, 160, 160]);
});

test('lost and reordered packets of a source keep their distances', () => {
  const stream = new OutboundStream();
  const packets = [0, 480, 320, 640].map((timestamp) => stream.fromRelay(1, 0, voice(timestamp), payload, false));
  expect(steps(packets).timestamp).toEqual([480, -160, 320]);
});

test('a source that starts over, and another source, go on from here', () => {
  const stream = new OutboundStream();
  const first = stream.fromRelay(1, 0, voice(1_000_000), payload, false);
  const restarted = stream.fromRelay(2, 0, voice(5), payload, false);
  const other = stream.fromRelay(3, 0, voice(99, 8), payload, false);
  expect(steps([first, restarted, other]).timestamp).toEqual([160, 160]);
  expect(other.marker).toBe(true);
});

test('[4733 2.5.1.2] the packets of a telephone-event keep one timestamp, and voice goes on after it', () => {
  const stream = new OutboundStream();
  const before = stream.fromRelay(1, 0, voice(1000), payload, false);
  const events = [1, 2, 3].map(() => stream.fromRelay(2, 101, voice(1160), payload, true));
  const after = stream.fromRelay(5, 0, voice(1640), payload, false);
  expect(new Set(events.map((packet) => packet.timestamp)).size).toBe(1);
  expect(timestampDelta(before.timestamp, events[0]?.timestamp ?? 0)).toBe(160);
  expect(timestampDelta(before.timestamp, after.timestamp)).toBe(640);
  expect(steps([before, ...events, after]).sequence).toEqual([1, 1, 1, 1]);
});
