import { readFileSync } from 'node:fs';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AudioChannel } from '../../../../electron/media/audio-channel.ts';
import { createDecoder, PAYLOAD_TYPES, type VoiceCodec } from '../../../../electron/media/codec.ts';
import { EncodedAudio, LoopSource } from '../../../../electron/media/encoded-audio.ts';
import { encodeG711, FRAME_SAMPLES } from '../../../../electron/media/g711.ts';
import { G722Encoder } from '../../../../electron/media/g722/g722.ts';
import { MediaClock } from '../../../../electron/media/media-clock.ts';
import { negotiate, offeredCodecs } from '../../../../electron/media/negotiate.ts';
import { prepareOpus } from '../../../../electron/media/opus/opus-library.ts';
import { type RtpPacket, timestampDelta } from '../../../../electron/media/rtp.ts';
import { formatSdp } from '../../../../electron/media/sdp.ts';
import { StreamClock } from '../../../../electron/media/stream-clock.ts';
import { parseTelephoneEvent } from '../../../../electron/media/telephone-event.ts';
import { joined, VoiceLine } from '../../../../electron/pbx/voicemail/voice-line.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { keySound } from '../../../support/dtmf-sound.ts';
import { FakeLeg } from '../../../support/fake-leg.ts';
import { opusPackets } from '../../../support/opus.ts';
import { rms, sine, toneShare } from '../../../support/sound.ts';

beforeAll(() => prepareOpus());

const offer = (formats: string, ...more: readonly string[]) =>
  ['v=0', 'c=IN IP4 127.0.0.1', `m=audio 4000 RTP/AVP ${formats}`, ...more, ''].join('\r\n');
const OPUS = 'a=rtpmap:107 opus/48000/2';

describe('[OP1] what is agreed', () => {
  test.each([
    ['107 0', 'OPUS', 107],
    ['9 107', 'G722', 9],
    ['0 107', 'PCMU', 0],
    ['107', 'OPUS', 107],
  ] as const)('%s: %s', (formats, codec, payloadType) => {
    expect(negotiate(offer(formats, OPUS), 'plain').format).toMatchObject({ codec, payloadType });
  });

  test('not with another clock', () => {
    expect(negotiate(offer('107 0', 'a=rtpmap:107 opus/16000'), 'plain').format.codec).toBe('PCMU');
  });

  test('the other end’s codec goes before all', () => {
    expect(negotiate(offer('0 107', OPUS), 'plain', 'OPUS').format.codec).toBe('OPUS');
    expect(negotiate(offer('107 8 0', OPUS), 'plain', 'PCMA').format.codec).toBe('PCMA');
    expect(negotiate(offer('107 0', OPUS), 'plain', 'G722').format.codec).toBe('OPUS');
  });

  test('the telephone-event of its clock; that of 8000 Hz where there is no other, as in Firefox', () => {
    const slow = 'a=rtpmap:101 telephone-event/8000';
    const both = negotiate(offer('107 0 101 100', OPUS, slow, 'a=rtpmap:100 telephone-event/48000'), 'plain');
    expect(both.format).toMatchObject({ eventPayloadType: 100, eventClockRate: 48_000 });
    const one = negotiate(offer('107 0 101', OPUS, slow), 'plain');
    expect(one.format).toMatchObject({ eventPayloadType: 101, eventClockRate: 8000 });
  });

  test('the answer of what a browser offers', () => {
    const text = readFileSync(new URL('../../../fixtures/jssip/invite.sip', import.meta.url), 'utf8');
    const agreed = negotiate(text.slice(text.indexOf('\r\n\r\n') + 4));
    const audio = { address: '127.0.0.1', port: 4000, codecs: agreed.codecs, direction: 'sendrecv', mid: '0', ssrc: 1 };
    const lines = formatSdp({ sessionId: 1, version: 1 }, audio as Parameters<typeof formatSdp>[1], agreed).split(
      '\r\n',
    );
    expect(lines).toContain('a=rtpmap:111 opus/48000/2');
    expect(lines).toContain('a=fmtp:111 minptime=10;useinbandfec=1');
    expect(lines).toContain('a=rtpmap:110 telephone-event/48000');
    expect(lines).toContain('a=fmtp:110 0-15');
  });
});

test('[OP2] what is offered, by what the other end has', () => {
  const names = (kind: 'plain' | 'secured', other?: VoiceCodec) =>
    offeredCodecs(kind, other)
      .filter(({ name }) => name !== 'TELEPHONE-EVENT')
      .map(({ name }) => name)
      .join(' ');
  expect(names('secured', 'OPUS')).toBe('OPUS PCMU PCMA');
  expect(names('secured', 'G722')).toBe('OPUS PCMU PCMA');
  expect(names('secured', 'PCMA')).toBe('PCMA PCMU');
  expect(names('secured')).toBe('PCMU PCMA');
  expect(names('plain', 'OPUS')).toBe('OPUS G722 PCMU PCMA');
  expect(names('plain', 'G722')).toBe('G722 PCMU PCMA');
  const events = offeredCodecs('secured', 'OPUS').filter(({ name }) => name === 'TELEPHONE-EVENT');
  expect(events.map(({ payloadType, clockRate }) => [payloadType, clockRate])).toEqual([
    [110, 48_000],
    [101, 8000],
  ]);
});

describe('[OP1] clocks', () => {
  const packet = (timestamp: number, payload = new Uint8Array(1)): RtpPacket => ({
    payloadType: 111,
    marker: false,
    sequence: 1,
    timestamp,
    ssrc: 5,
    payload,
  });

  test('distances stay, over the end of the numbers, backwards, and for hours', () => {
    const clock = new StreamClock(48_000);
    const [first, ...more] = [4_294_967_000, 664, 1624, 664, 2584].map(
      (timestamp) => clock.fromFarEnd(packet(timestamp), false).timestamp,
    );
    expect(more.map((timestamp) => timestampDelta(first ?? 0, timestamp))).toEqual([160, 320, 160, 480]);
    const long = new StreamClock(48_000);
    let [ours, theirs] = [long.fromFarEnd(packet(0), false).timestamp, 0];
    for (let hour = 1; hour <= 20; hour++) {
      theirs = (theirs + 48_000 * 3600) >>> 0;
      const now = long.fromFarEnd(packet(theirs), false).timestamp;
      expect(timestampDelta(ours, now)).toBe(8000 * 3600);
      ours = now;
    }
  });

  test('there and back it is the same', () => {
    const [inward, outward] = [new StreamClock(48_000), new StreamClock(48_000)];
    const sent = [0, 960, 1920, 960, 2880, 96_000].map((timestamp) =>
      outward.toFarEnd(inward.fromFarEnd(packet(7000 + timestamp), false), false),
    );
    expect(sent.map(({ timestamp }) => timestamp - (sent[0]?.timestamp ?? 0))).toEqual([
      0, 960, 1920, 960, 2880, 96_000,
    ]);
  });

  test('durations of keys are turned; those of 8000 Hz beside Opus are not', () => {
    const event = Uint8Array.of(5, 10, 4800 >> 8, 4800 & 0xff);
    const duration = (clock: StreamClock) =>
      parseTelephoneEvent(clock.fromFarEnd(packet(0, event), true).payload)?.durationSamples;
    expect(duration(new StreamClock(48_000))).toBe(800);
    expect(duration(new StreamClock(48_000, 8000))).toBe(4800);
    expect(duration(new StreamClock(8000))).toBe(4800);
    const long = new StreamClock(48_000).toFarEnd(packet(0, Uint8Array.of(5, 10, 0xff, 0xff)), true);
    expect(parseTelephoneEvent(long.payload)).toMatchObject({ code: 5, durationSamples: 65_535 });
  });
});

describe('channels', () => {
  let clock: ManualClock;
  let media: MediaClock;
  let digits: string;
  beforeEach(() => {
    clock = new ManualClock();
    media = new MediaClock(clock);
    digits = '';
  });

  const legOf = (codec: VoiceCodec, eventPayloadType: number | undefined = 101) =>
    new FakeLeg({ codec, payloadType: PAYLOAD_TYPES[codec], eventPayloadType });

  function channelOn(leg: FakeLeg): AudioChannel {
    return new AudioChannel(leg, media, {
      onConnected: () => {},
      onFailed: () => {},
      onDigit: (digit) => {
        digits += digit;
      },
    });
  }

  test('[OP3] two ends with Opus get each other’s very bytes', async () => {
    const [a, b] = [legOf('OPUS'), legOf('OPUS')];
    const [one, two] = [channelOn(a), channelOn(b)];
    two.hear(one);
    const packets = await opusPackets(sine(5000, 100, 16_000), 'useinbandfec=1');
    for (const [n, payload] of packets.entries()) a.receive({ payloadType: 111, timestamp: 1000 + 160 * n, payload });
    expect(b.sent.map(({ payload }) => payload)).toEqual(packets);
    expect(b.sent.every(({ payload }, n) => payload === packets[n])).toBe(true);
    expect(b.sent.slice(1).map(({ timestamp }, n) => timestampDelta(b.sent[n]?.timestamp ?? 0, timestamp))).toEqual(
      packets.slice(1).map(() => 160),
    );
  });

  test.each([
    ['OPUS', 'PCMU'],
    ['OPUS', 'PCMA'],
    ['OPUS', 'G722'],
    ['PCMU', 'OPUS'],
    ['PCMA', 'OPUS'],
    ['G722', 'OPUS'],
  ] as const)('[OP4] from %s to %s; keys beside the voice', async (from, to) => {
    const [a, b] = [legOf(from), legOf(to)];
    const [one, two] = [channelOn(a), channelOn(b)];
    two.hear(one);
    const wide = from !== 'PCMU' && from !== 'PCMA' && to !== 'PCMU' && to !== 'PCMA';
    const hz = wide ? 5000 : 1000;
    const sound = sine(hz, 1000, 16_000);
    const opus = await opusPackets(sound);
    const g722 = new G722Encoder();
    for (let n = 0; n < 50; n++) {
      const at = n * FRAME_SAMPLES;
      const payload =
        from === 'OPUS'
          ? opus[n]
          : from === 'G722'
            ? g722.encode(sound.subarray(2 * at, 2 * (at + FRAME_SAMPLES)))
            : encodeG711(from, sine(hz, 1000).subarray(at, at + FRAME_SAMPLES));
      a.receive({ payloadType: PAYLOAD_TYPES[from], timestamp: 500 + at, payload: payload ?? new Uint8Array(0) });
      if (n > 40) a.receive({ payloadType: 101, timestamp: 500 + 41 * 160, payload: Uint8Array.of(5, 10, 0, 160) });
      clock.advance(20);
    }
    expect(digits).toBe('5');
    const voices = b.sent.filter(({ payloadType }) => payloadType === PAYLOAD_TYPES[to]);
    expect([voices.length, b.sent.length - voices.length]).toEqual([50, 9]);
    const rate = wide ? 16_000 : 8000;
    const decoder = createDecoder(to, rate);
    const heard = joined(voices.map(({ payload }) => decoder.decode(payload))).subarray(rate / 5);
    expect(toneShare(heard, hz, rate)).toBeGreaterThan(0.985);
    expect(Math.abs(rms(heard) / 7071 - 1)).toBeLessThan(0.1);
    decoder.close();
    one.close();
    two.close();
  });

  test('[OP7] a caller’s lost packets are mended on the way to a phone with G.711', async () => {
    const [a, b] = [legOf('OPUS'), legOf('PCMU')];
    const [one, two] = [channelOn(a), channelOn(b)];
    two.hear(one);
    for (const [n, payload] of (await opusPackets(sine(400, 600, 16_000), 'useinbandfec=1')).entries()) {
      if (n % 7 !== 3) a.receive({ payloadType: 111, timestamp: 160 * n, payload });
      clock.advance(20);
    }
    const decoder = createDecoder('PCMU');
    const heard = joined(b.sent.map(({ payload }) => decoder.decode(payload))).subarray(1600);
    // As silence they would have nothing at all. (A tone that goes on for long is no speech to an encoder: no redundancy.)
    for (let at = 0; at + 160 <= heard.length; at += 160) {
      expect(rms(heard.subarray(at, at + 160))).toBeGreaterThan(6000);
    }
    one.close();
    two.close();
    decoder.close();
  });

  test('[OP5] music; keys of others as tones, where there is no telephone-event', async () => {
    const [a, b] = [legOf('PCMU'), legOf('OPUS')];
    b.format = { ...b.format, eventPayloadType: undefined } as NonNullable<typeof b.format>;
    const [one, two] = [channelOn(a), channelOn(b)];
    two.play(new LoopSource(new EncodedAudio(sine(440, 100))));
    clock.advance(400);
    const decoder = createDecoder('OPUS');
    const music = joined(b.sent.map(({ payload }) => decoder.decode(payload)));
    expect(toneShare(music.subarray(800), 440)).toBeGreaterThan(0.97);
    two.hear(one);
    b.sent.length = 0;
    one.press('8');
    clock.advance(160);
    const key = joined(b.sent.map(({ payload }) => decoder.decode(payload)));
    expect(toneShare(key.subarray(200, 700), 852) + toneShare(key.subarray(200, 700), 1336)).toBeGreaterThan(0.9);
    one.close();
    two.close();
    clock.advance(100);
  });

  test('keys in the voice, where Opus came without telephone-event', async () => {
    const leg = legOf('OPUS');
    leg.format = { ...leg.format, eventPayloadType: undefined } as NonNullable<typeof leg.format>;
    const channel = channelOn(leg);
    const narrow = joined([...'159#'].map((key) => keySound({ key, dbm0: -8 })));
    // Twice each sample: images lie above the keys' band.
    const wide = Int16Array.from({ length: 2 * narrow.length }, (_, n) => narrow[n >> 1] ?? 0);
    for (const [n, payload] of (await opusPackets(wide)).entries()) {
      leg.receive({ payloadType: 111, timestamp: 160 * n, payload });
    }
    expect(digits).toBe('159#');
    channel.close();
  });
});

test('[OP7] recordings: lost packets are made up for, the length stays', async () => {
  const packets = (await opusPackets(sine(500, 600, 16_000), 'useinbandfec=1')).map((payload, n) => ({
    payloadType: 111,
    marker: false,
    sequence: n,
    timestamp: n * 160,
    ssrc: 1,
    payload,
  }));
  const line = new VoiceLine(0);
  const kept = packets.filter((_, n) => n % 10 !== 5);
  const heard = joined([...kept.map((packet) => line.receive(packet, 'OPUS', 0)), line.flush('OPUS', 0), line.fill(0)]);
  expect(heard).toHaveLength(4800);
  for (let at = 800; at < 4800; at += 160) expect(rms(heard.subarray(at, at + 160))).toBeGreaterThan(6500);
});
