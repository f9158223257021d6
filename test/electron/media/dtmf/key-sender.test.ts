import { beforeEach, describe, expect, test } from 'vitest';
import { AudioChannel } from '../../../../electron/media/audio-channel.ts';
import { createDecoder, PAYLOAD_TYPES, type VoiceCodec } from '../../../../electron/media/codec.ts';
import { ToneDetector } from '../../../../electron/media/dtmf/tone-detector.ts';
import { EncodedAudio, LoopSource } from '../../../../electron/media/encoded-audio.ts';
import { encodeG711, FRAME_SAMPLES } from '../../../../electron/media/g711.ts';
import { MediaClock } from '../../../../electron/media/media-clock.ts';
import { type RtpPacket, timestampDelta } from '../../../../electron/media/rtp.ts';
import {
  DtmfReceiver,
  parseTelephoneEvent,
  serialiseTelephoneEvent,
} from '../../../../electron/media/telephone-event.ts';
import { joined } from '../../../../electron/pbx/voicemail/voice-line.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { keySound } from '../../../support/dtmf-sound.ts';
import { FakeLeg } from '../../../support/fake-leg.ts';
import { sine, toneShare } from '../../../support/sound.ts';

let clock: ManualClock;
let media: MediaClock;
/** Who presses, and who hears it. */
let presser: FakeLeg;
let hearer: FakeLeg;
let one: AudioChannel;
let two: AudioChannel;
let timestamp: number;

beforeEach(() => {
  clock = new ManualClock();
  media = new MediaClock(clock);
  timestamp = 4_294_960_000;
});

function channelOn(leg: FakeLeg): AudioChannel {
  return new AudioChannel(leg, media, { onConnected: () => {}, onFailed: () => {}, onDigit: () => {} });
}

function connect(codec: VoiceCodec, eventPayloadType?: number, presserEvents: number | undefined = 101): void {
  presser = new FakeLeg({ eventPayloadType: presserEvents });
  hearer = new FakeLeg({ codec, payloadType: PAYLOAD_TYPES[codec], eventPayloadType });
  [one, two] = [channelOn(presser), channelOn(hearer)];
  one.hear(two);
  two.hear(one);
}

/** What `one` says for so long: a tone of 300 Hz, which is no key. */
function talk(durationMs: number, piece = encodeG711('PCMU', sine(300, 20))): void {
  for (let at = 0; at < durationMs; at += 20) {
    presser.receive({ timestamp, payload: piece });
    timestamp = (timestamp + FRAME_SAMPLES) >>> 0;
    clock.advance(20);
  }
}

/** A key as an event of 200 ms, the end three times. */
function press(code: number): void {
  for (let step = 1; step <= 12; step++) {
    const durationSamples = Math.min(step, 10) * FRAME_SAMPLES;
    const payload = serialiseTelephoneEvent({ code, end: step >= 10, volume: 10, durationSamples });
    presser.receive({ payloadType: 101, marker: step === 1, timestamp, payload });
    if (step <= 10) clock.advance(20);
  }
  timestamp = (timestamp + 10 * FRAME_SAMPLES) >>> 0;
}

function keysHeard(codec: VoiceCodec, packets: readonly RtpPacket[]): string {
  let keys = '';
  const [decoder, detector] = [createDecoder(codec), new ToneDetector((key) => (keys += key))];
  for (const { payload } of packets) detector.receive(decoder.decode(payload));
  return keys;
}

const voiceOf = (codec: VoiceCodec) => hearer.sent.filter(({ payloadType }) => payloadType === PAYLOAD_TYPES[codec]);

describe.each(['PCMU', 'PCMA', 'G722'] as const)('[DT6] as tones in %s', (codec) => {
  test('events, in place of the voice, which goes on after them', () => {
    connect(codec);
    talk(200);
    for (const code of [1, 5, 5, 11]) {
      press(code);
      talk(200);
    }
    expect(hearer.sent.every(({ payloadType }) => payloadType === PAYLOAD_TYPES[codec])).toBe(true);
    expect(keysHeard(codec, hearer.sent)).toBe('155#');
    const steps = hearer.sent
      .slice(1)
      .map((packet, n) => timestampDelta(hearer.sent[n]?.timestamp ?? 0, packet.timestamp));
    expect(steps.every((step) => step >= FRAME_SAMPLES)).toBe(true);
    expect(new Set(hearer.sent.slice(1).map((packet, n) => packet.sequence - (hearer.sent[n]?.sequence ?? 0)))).toEqual(
      new Set([1]),
    );
    const decoder = createDecoder(codec);
    const heard = joined(hearer.sent.map(({ payload }) => decoder.decode(payload)));
    expect(toneShare(heard.subarray(-800), 300)).toBeGreaterThan(0.99);
  });

  test('INFO, while the voice goes on', () => {
    connect(codec);
    talk(100);
    one.press('7');
    one.press('7');
    one.press('0');
    talk(800);
    expect(keysHeard(codec, voiceOf(codec))).toBe('770');
  });
});

test('[DT6] a key lasts 100 ms, and 60 ms of silence follow', () => {
  connect('PCMU');
  one.press('9');
  clock.advance(200);
  const decoder = createDecoder('PCMU');
  const heard = joined(hearer.sent.map(({ payload }) => decoder.decode(payload)));
  const at = heard.findIndex((sample) => Math.abs(sample) > 1000);
  const end = heard.findLastIndex((sample) => Math.abs(sample) > 1000);
  expect(Math.abs(end - at - 800)).toBeLessThan(30);
  expect(heard.length).toBeGreaterThan(end + 470);
});

test('[DT6] no key to who hears music, wants no sound or is not connected; twenty at most', () => {
  connect('PCMU');
  one.press('1');
  two.play(new LoopSource(new EncodedAudio(new Int16Array(1600))));
  one.press('2');
  clock.advance(400);
  two.hear(one);
  hearer.format = { ...hearer.format, wantsAudio: false } as NonNullable<typeof hearer.format>;
  one.press('3');
  clock.advance(100);
  expect(keysHeard('PCMU', hearer.sent)).toBe('');
  connect('PCMU');
  for (let n = 0; n < 30; n++) one.press('5');
  talk(6000);
  expect(keysHeard('PCMU', hearer.sent)).toBe('5'.repeat(20));
});

describe('[DT7] INFO', () => {
  test('is a telephone-event for who has that, beside the voice', () => {
    connect('PCMU', 96);
    talk(100);
    one.press('4');
    one.press('4');
    one.press('*');
    talk(600);
    const events = hearer.sent.filter(({ payloadType }) => payloadType === 96);
    let keys = '';
    const receiver = new DtmfReceiver((digit) => (keys += digit));
    for (const packet of events) receiver.receive(packet);
    expect(keys).toBe('44*');
    const first = events.slice(0, 7);
    expect(new Set(first.map((packet) => packet.timestamp)).size).toBe(1);
    expect(first.map(({ marker }) => marker)).toEqual([true, ...Array(6).fill(false)]);
    expect(first.map(({ payload }) => parseTelephoneEvent(payload)?.durationSamples)).toEqual([
      160, 320, 480, 640, 800, 800, 800,
    ]);
    expect(first.map(({ payload }) => parseTelephoneEvent(payload)?.end)).toEqual([
      ...Array(4).fill(false),
      ...Array(3).fill(true),
    ]);
    expect(voiceOf('PCMU')).toHaveLength(35);
  });

  test('two presses differ in their time where no voice comes between them', () => {
    connect('PCMU', 96);
    one.press('4');
    one.press('4');
    clock.advance(300);
    const times = hearer.sent.filter(({ payloadType }) => payloadType === 96).map((packet) => packet.timestamp);
    expect(new Set(times).size).toBe(2);
  });

  test('of a key whose tone is in the voice: nothing is sent twice, now and later', () => {
    connect('PCMU', undefined, undefined);
    presser.format = { ...presser.format, eventPayloadType: undefined } as NonNullable<typeof presser.format>;
    for (const key of ['3', '8']) {
      const sound = keySound({ key, toneMs: 100, pauseMs: 120, dbm0: -8 });
      for (let at = 0; at < sound.length; at += FRAME_SAMPLES) {
        talk(20, encodeG711('PCMU', sound.subarray(at, at + FRAME_SAMPLES)));
      }
      one.press(key as '3' | '8');
      talk(300);
    }
    expect(keysHeard('PCMU', hearer.sent)).toBe('38');
  });
});
