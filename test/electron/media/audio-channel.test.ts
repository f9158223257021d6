import { beforeEach, expect, test } from 'vitest';
import { AudioChannel } from '../../../electron/media/audio-channel.ts';
import { EncodedAudio, LoopSource, SequenceSource } from '../../../electron/media/encoded-audio.ts';
import { decodeG711, encodeG711 } from '../../../electron/media/g711.ts';
import { MediaClock } from '../../../electron/media/media-clock.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import { FakeLeg } from '../../support/fake-leg.ts';
import { sine, snrDb } from '../../support/sound.ts';

let clock: ManualClock;
let media: MediaClock;
let digits: string[];
const sound = new EncodedAudio(sine(440, 60));
const silence = new Uint8Array(160).fill(0xff);

beforeEach(() => {
  clock = new ManualClock();
  media = new MediaClock(clock);
  digits = [];
});

function channelOn(leg: FakeLeg): AudioChannel {
  return new AudioChannel(leg, media, {
    onConnected: () => {},
    onFailed: () => {},
    onDigit: (digit) => digits.push(digit),
  });
}

test('sends silence while nothing plays, nothing while it is not connected or not wanted', () => {
  const leg = new FakeLeg();
  channelOn(leg);
  clock.advance(40);
  expect(leg.sent.map((packet) => packet.payload)).toEqual([silence, silence]);
  leg.isConnected = false;
  clock.advance(40);
  leg.isConnected = true;
  leg.format = { ...leg.format, wantsAudio: false } as NonNullable<typeof leg.format>;
  clock.advance(40);
  expect(leg.sent).toHaveLength(2);
});

test('plays a prompt to its end, tells it when the last frame has been heard, and is silent again', () => {
  const leg = new FakeLeg();
  const channel = channelOn(leg);
  let finishedAtMs: number | undefined;
  channel.play(new SequenceSource([sound]), () => {
    finishedAtMs = clock.nowMs();
  });
  clock.advance(100);
  expect(leg.sent.map((packet) => packet.payload)).toEqual([...sound.frames('PCMU'), silence, silence]);
  expect(finishedAtMs).toBe(80);
});

test('a prompt waits for the connection: nothing of it is lost', () => {
  const leg = new FakeLeg();
  leg.isConnected = false;
  channelOn(leg).play(new SequenceSource([sound]));
  clock.advance(1000);
  leg.isConnected = true;
  clock.advance(60);
  expect(leg.sent.map((packet) => packet.payload)).toEqual([...sound.frames('PCMU')]);
});

test('a prompt that starts when another ends follows without a gap', () => {
  const leg = new FakeLeg();
  const channel = channelOn(leg);
  channel.play(new SequenceSource([sound]), () => channel.play(new SequenceSource([sound])));
  clock.advance(120);
  expect(leg.sent.map((packet) => packet.payload)).toEqual([...sound.frames('PCMU'), ...sound.frames('PCMU')]);
});

test('a stopped or replaced prompt is not told as finished', () => {
  const channel = channelOn(new FakeLeg());
  let finished = 0;
  channel.play(new SequenceSource([sound]), () => finished++);
  channel.silence();
  channel.play(new SequenceSource([sound]), () => finished++);
  channel.play(new LoopSource(sound));
  clock.advance(500);
  expect(finished).toBe(0);
});

test('one hears the other at once, in their own codec, and keys too', () => {
  const [a, b] = [new FakeLeg(), new FakeLeg({ codec: 'PCMA', payloadType: 8, eventPayloadType: 126 })];
  const [one, two] = [channelOn(a), channelOn(b)];
  one.hear(two);
  two.hear(one);
  const tone = sine(440, 20);
  a.receive({ timestamp: 1000, payload: encodeG711('PCMU', tone) });
  expect(b.sent).toHaveLength(1);
  expect(b.sent[0]?.payloadType).toBe(8);
  expect(snrDb(tone, decodeG711('PCMA', b.sent[0]?.payload ?? new Uint8Array()))).toBeGreaterThan(30);
  a.receive({ timestamp: 1160, payloadType: 101, payload: Uint8Array.of(5, 10, 0, 160) });
  expect(b.sent[1]).toMatchObject({ payloadType: 126, payload: Uint8Array.of(5, 10, 0, 160) });
  expect(digits).toEqual(['5']);
  b.receive({ payloadType: 8, timestamp: 5 });
  expect(a.sent).toHaveLength(1);
  clock.advance(100);
  expect([a.sent.length, b.sent.length]).toEqual([1, 2]);
});

test('music for one does not stop the other from hearing them; hearing again ends the music', () => {
  const [a, b] = [new FakeLeg(), new FakeLeg()];
  const [one, two] = [channelOn(a), channelOn(b)];
  one.hear(two);
  two.hear(one);
  one.play(new LoopSource(sound));
  a.receive({ timestamp: 1000 });
  b.receive({ timestamp: 1000 });
  expect([a.sent.length, b.sent.length]).toEqual([0, 1]);
  clock.advance(20);
  expect(a.sent.map((packet) => packet.payload)).toEqual([sound.frames('PCMU')[0]]);
  one.hear(two);
  b.receive({ timestamp: 1160 });
  expect(a.sent).toHaveLength(2);
});

test('payload types that were not agreed are ignored', () => {
  const [a, b] = [new FakeLeg(), new FakeLeg()];
  const [one, two] = [channelOn(a), channelOn(b)];
  two.hear(one);
  a.receive({ payloadType: 111 });
  a.receive({ payloadType: 110, payload: Uint8Array.of(5, 10, 0, 160) });
  expect([b.sent.length, digits]).toEqual([0, []]);
});

test('closed, it neither sends nor tells, and the other one hears silence', () => {
  const [a, b] = [new FakeLeg(), new FakeLeg()];
  const [one, two] = [channelOn(a), channelOn(b)];
  two.hear(one);
  one.close();
  a.receive({ payloadType: 101, payload: Uint8Array.of(5, 10, 0, 160) });
  clock.advance(20);
  expect([a.sent.length, b.sent.map((packet) => packet.payload), digits]).toEqual([0, [silence], []]);
  two.close();
  expect(clock.pending).toBe(0);
});
