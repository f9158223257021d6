import { createSocket } from 'node:dgram';
import { beforeEach, describe, expect, test } from 'vitest';
import { AudioChannel } from '../../../electron/media/audio-channel.ts';
import { encodeG711, FRAME_SAMPLES, SILENCE } from '../../../electron/media/g711.ts';
import { MediaClock } from '../../../electron/media/media-clock.ts';
import { type RtpPacket, serialiseRtp, timestampDelta } from '../../../electron/media/rtp.ts';
import { RtpLeg } from '../../../electron/media/rtp-leg.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import { keySound } from '../../support/dtmf-sound.ts';
import { eventually } from '../../support/eventually.ts';
import { FakeLeg } from '../../support/fake-leg.ts';
import { sine } from '../../support/sound.ts';

let clock: ManualClock;
let media: MediaClock;
let digits: string;
beforeEach(() => {
  clock = new ManualClock();
  media = new MediaClock(clock);
  digits = '';
});

function channelOn(leg: FakeLeg): AudioChannel {
  return new AudioChannel(leg, media, {
    onConnected: () => {},
    onFailed: () => {},
    onDigit: (digit) => {
      digits += digit;
    },
  });
}

const silence = new Uint8Array(FRAME_SAMPLES).fill(SILENCE.PCMU);
const voice = encodeG711('PCMU', sine(440, 20));
const NOISE = { payloadType: 13, payload: Uint8Array.of(70) };

describe('[JB1][JB2] who is heard', () => {
  let a: FakeLeg;
  let b: FakeLeg;
  let timestamp: number;
  beforeEach(() => {
    [a, b] = [new FakeLeg(), new FakeLeg()];
    const [one, two] = [channelOn(a), channelOn(b)];
    two.hear(one);
    one.hear(two);
    timestamp = 50_000;
  });

  /** Speaks for so many packets; the last are what `b` got. */
  function speak(count: number): RtpPacket[] {
    const before = b.sent.length;
    for (let n = 0; n < count; n++, timestamp += FRAME_SAMPLES) {
      a.receive({ timestamp, payload: voice });
      clock.advance(20);
    }
    return b.sent.slice(before);
  }

  test('sends comfort noise: silence at once, then the voice again, in one stream', () => {
    expect(speak(5).map(({ payload }) => payload)).toEqual(new Array(5).fill(voice));
    a.receive({ ...NOISE, timestamp });
    clock.advance(1000);
    timestamp += 50 * FRAME_SAMPLES;
    expect(b.sent.slice(5).map(({ payload }) => payload)).toEqual(new Array(50).fill(silence));
    expect(speak(5).map(({ payload }) => payload)).toEqual(new Array(5).fill(voice));
    const ahead = b.sent.slice(1).map(({ timestamp: at }, n) => timestampDelta(b.sent[n]?.timestamp ?? 0, at));
    // The 20 ms that passed before the comfort noise came.
    expect(ahead.splice(4, 1)).toEqual([2 * FRAME_SAMPLES]);
    expect(new Set(ahead)).toEqual(new Set([FRAME_SAMPLES]));
    const counts = b.sent.slice(1).map(({ sequence }, n) => (sequence - (b.sent[n]?.sequence ?? 0)) & 0xffff);
    expect(new Set(counts)).toEqual(new Set([1]));
    expect(b.sent.map(({ marker }, n) => (marker ? n : -1)).filter((n) => n > 0)).toEqual([5, 55]);
  });

  test('sends nothing: silence after 200 ms', () => {
    speak(5);
    clock.advance(160);
    expect(b.sent).toHaveLength(5);
    clock.advance(1000);
    expect(b.sent.length).toBeGreaterThan(50);
    expect(b.sent.slice(5).every(({ payload }) => payload === b.sent[5]?.payload)).toBe(true);
    expect(b.sent[5]?.payload).toEqual(silence);
    expect(speak(1).at(0)?.payload).toEqual(voice);
  });

  test('does not hear the comfort noise of who has none', () => {
    a.receive({ ...NOISE, timestamp });
    expect(b.sent).toEqual([]);
  });
});

test('[JB1] a recorder learns of comfort noise as of a packet without sound', () => {
  const leg = new FakeLeg();
  const taken: number[] = [];
  channelOn(leg).tap((packet) => taken.push(packet.payload.length));
  leg.receive({ timestamp: 0, payload: voice });
  leg.receive({ ...NOISE, timestamp: 160 });
  expect(taken).toEqual([160, 0]);
});

test('[JB1][JB4] keys in the voice, in packets out of order, with comfort noise in the pauses', () => {
  const leg = new FakeLeg({ eventPayloadType: undefined });
  channelOn(leg);
  let timestamp = 900;
  for (const key of '4477') {
    const sound = keySound({ key, pauseMs: 0, toneMs: 120 });
    const packets = Array.from({ length: 6 }, (_, n) => ({
      timestamp: timestamp + n * FRAME_SAMPLES,
      payload: encodeG711('PCMU', sound.subarray(n * FRAME_SAMPLES, (n + 1) * FRAME_SAMPLES)),
    }));
    for (const n of [0, 2, 1, 4, 3, 5]) leg.receive(packets[n] ?? {});
    leg.receive({ ...NOISE, timestamp: timestamp + 6 * FRAME_SAMPLES });
    timestamp += 50 * FRAME_SAMPLES;
  }
  leg.receive({ timestamp, payload: voice });
  leg.receive({ timestamp: timestamp + 160, payload: voice });
  expect(digits).toBe('4477');
});

test('[JB1] a leg takes comfort noise, agreed or not, and knows by it that the phone is there', async () => {
  const leg = new RtpLeg({ clock, address: '127.0.0.1', signallingAddress: '127.0.0.1' });
  const [heard, failed]: [RtpPacket[], string[]] = [[], []];
  leg.setEvents({ onConnected: () => {}, onFailed: (why) => failed.push(why), onRtp: (packet) => heard.push(packet) });
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const offer = `v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio ${socket.address().port} RTP/AVP 0 13\r\n`;
  const answer = await leg.answer(offer);
  expect(answer).toContain('RTP/AVP 0\r\n');
  const port = Number(/m=audio (\d+)/.exec(answer)?.[1]);
  for (let n = 0; n < 3; n++) {
    const packet = { ...NOISE, marker: false, sequence: n, timestamp: n * 400_000, ssrc: 7 };
    socket.send(serialiseRtp(packet), port, '127.0.0.1');
    await eventually('the packet', () => heard.length === n + 1);
    clock.advance(50_000);
  }
  expect(failed).toEqual([]);
  expect(heard.map(({ payloadType }) => payloadType)).toEqual([13, 13, 13]);
  await leg.close();
  socket.close();
});
