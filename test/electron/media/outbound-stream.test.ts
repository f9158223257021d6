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
    stream.fromRelay(3, 0, voice(4_000_000_000), payload),
    stream.fromRelay(4, 0, voice(4_000_000_160), payload),
    stream.fromRelay(5, 0, voice(4_000_000_320), payload),
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
    stream.fromRelay(1, 0, voice(0), payload),
    stream.fromRelay(1, 0, voice(160), payload),
    stream.fromRelay(1, 0, voice(320), payload),
    stream.fromClock(2, 0, payload),
    stream.fromClock(3, 0, payload),
  ];
  expect(steps(packets).timestamp).toEqual([160, 160, 160, 160]);
});

test('lost and reordered packets of a source keep their distances', () => {
  const stream = new OutboundStream();
  const packets = [0, 480, 320, 640].map((timestamp) => stream.fromRelay(1, 0, voice(timestamp), payload));
  expect(steps(packets).timestamp).toEqual([480, -160, 320]);
});

test('a source that starts over, and another source, go on from here', () => {
  const stream = new OutboundStream();
  const first = stream.fromRelay(1, 0, voice(1_000_000), payload);
  const restarted = stream.fromRelay(2, 0, voice(5), payload);
  const other = stream.fromRelay(3, 0, voice(99, 8), payload);
  expect(steps([first, restarted, other]).timestamp).toEqual([160, 160]);
  expect(other.marker).toBe(true);
});

test('[4733 2.5.1.2] the packets of a telephone-event keep one timestamp, and voice goes on after it', () => {
  const stream = new OutboundStream();
  const before = stream.fromRelay(1, 0, voice(1000), payload);
  const events = [1, 2, 3].map(() => stream.fromEvent(2, 101, voice(1160), false));
  const after = stream.fromRelay(5, 0, voice(1640), payload);
  expect(new Set(events.map((packet) => packet.timestamp)).size).toBe(1);
  expect(timestampDelta(before.timestamp, events[0]?.timestamp ?? 0)).toBe(160);
  expect(timestampDelta(before.timestamp, after.timestamp)).toBe(640);
  expect(steps([before, ...events, after]).sequence).toEqual([1, 1, 1, 1]);
});

test('[4733 2.5.1.2] events beside the clock’s voice have the time of their beginning, and the voice keeps its own', () => {
  const stream = new OutboundStream();
  const voices: RtpPacket[] = [];
  const events: RtpPacket[] = [];
  for (let tick = 1; tick <= 6; tick++) {
    voices.push(stream.fromClock(tick, 9, payload));
    if (tick > 1) events.push(stream.fromEvent(tick, 101, { ...voice(70_000), marker: tick === 2 }, true));
  }
  expect(steps(voices).timestamp).toEqual([160, 160, 160, 160, 160]);
  expect(new Set(events.map(({ timestamp }) => timestamp))).toEqual(new Set([voices[1]?.timestamp]));
  expect(events.map(({ marker }) => marker)).toEqual([true, false, false, false, false]);
});
