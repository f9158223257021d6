import { beforeEach, describe, expect, test } from 'vitest';
import { AudioChannel } from '../../../../electron/media/audio-channel.ts';
import { createDecoder, PAYLOAD_TYPES, type VoiceCodec } from '../../../../electron/media/codec.ts';
import {
  type AudioSource,
  EncodedAudio,
  LoopSource,
  SequenceSource,
} from '../../../../electron/media/encoded-audio.ts';
import { FrameEncoder } from '../../../../electron/media/frame-encoder.ts';
import { decodeG711, encodeG711, FRAME_SAMPLES } from '../../../../electron/media/g711.ts';
import { G722Decoder, G722Encoder } from '../../../../electron/media/g722/g722.ts';
import { Doubler, Halver } from '../../../../electron/media/half-band.ts';
import { MediaClock } from '../../../../electron/media/media-clock.ts';
import { negotiate, preferredCodec } from '../../../../electron/media/negotiate.ts';
import { decodeSound } from '../../../../electron/media/prompt-store.ts';
import { timestampDelta } from '../../../../electron/media/rtp.ts';
import { RtpLeg } from '../../../../electron/media/rtp-leg.ts';
import { serialiseWav } from '../../../../electron/media/wav.ts';
import { joined, VoiceLine } from '../../../../electron/pbx/voicemail/voice-line.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { keySound } from '../../../support/dtmf-sound.ts';
import { FakeLeg } from '../../../support/fake-leg.ts';
import { rms, sine, snrDb, toneShare } from '../../../support/sound.ts';

const offer = (formats: string, ...more: readonly string[]) =>
  ['v=0', 'c=IN IP4 127.0.0.1', `m=audio 4000 RTP/AVP ${formats}`, ...more, ''].join('\r\n');

describe('[GW2] what is agreed', () => {
  test.each([
    ['9 0 8 101', 'G722', 9],
    ['9 8', 'G722', 9],
    ['18 9 0', 'G722', 9],
    ['0 9', 'PCMU', 0],
    ['8 0 9', 'PCMU', 0],
    ['8 9', 'PCMA', 8],
    ['9', 'G722', 9],
  ] as const)('%s: %s', (formats, codec, payloadType) => {
    expect(negotiate(offer(formats), 'plain').format).toMatchObject({ codec, payloadType });
  });

  test('the telephone-event beside it has its clock, and stands in the answer', () => {
    const agreed = negotiate(offer('9 0 101', 'a=rtpmap:101 telephone-event/8000'), 'plain');
    expect(agreed.format.eventPayloadType).toBe(101);
    expect(agreed.codecs.map(({ payloadType }) => payloadType)).toEqual([9, 101]);
  });

  test('by its name at another number; not with another clock', () => {
    expect(negotiate(offer('96 0', 'a=rtpmap:96 G722/8000'), 'plain').format).toMatchObject({
      codec: 'G722',
      payloadType: 96,
    });
    expect(negotiate(offer('96 0', 'a=rtpmap:96 G722/16000'), 'plain').format.codec).toBe('PCMU');
    expect(negotiate(offer('96 0', 'a=rtpmap:96 PCMU/16000'), 'plain').format.payloadType).toBe(0);
  });

  test('browsers get G.711', () => {
    const secured = offer('9 0', 'a=ice-ufrag:u', 'a=ice-pwd:p', 'a=fingerprint:sha-256 AA').replace(
      'RTP/AVP',
      'UDP/TLS/RTP/SAVPF',
    );
    expect(negotiate(secured).format.codec).toBe('PCMU');
    expect(preferredCodec(secured, 'secured')).toBe('PCMU');
  });
});

describe('[GW3] what is offered', () => {
  test.each([
    [undefined, 'RTP/AVP 0 8 9 101\r\n'],
    ['PCMU', 'RTP/AVP 0 8 9 101\r\n'],
    ['PCMA', 'RTP/AVP 8 0 9 101\r\n'],
    ['G722', 'RTP/AVP 9 0 8 101\r\n'],
  ] as const)('other: %s', async (other, line) => {
    const options = { clock: new ManualClock(), address: '127.0.0.1', signallingAddress: '127.0.0.1', other };
    const leg = new RtpLeg(options);
    const sdp = await leg.offer();
    expect(sdp).toContain(line);
    expect(sdp).toContain('a=rtpmap:9 G722/8000\r\n');
    await leg.close();
  });

  test('first where a caller’s offer has it before G.711', () => {
    expect(['9 0 8', '18 9', '0 9', '8', 'x', ''].map((formats) => preferredCodec(offer(formats), 'plain'))).toEqual([
      'G722',
      'G722',
      'PCMU',
      'PCMA',
      undefined,
      undefined,
    ]);
  });
});

describe('half-band filters', () => {
  test('down: the telephone’s band stays, what is above goes', () => {
    const level = (hz: number) => rms(new Halver().process(sine(hz, 200, 16_000)).subarray(100)) / 7071;
    for (const hz of [50, 300, 1000, 3400]) expect(Math.abs(level(hz) - 1)).toBeLessThan(0.02);
    for (const hz of [4700, 5500, 7000]) expect(level(hz)).toBeLessThan(0.003);
  });

  test('up: the same tone and no image of it', () => {
    for (const hz of [300, 1000, 3400]) {
      const heard = new Doubler().process(sine(hz, 200)).subarray(200);
      expect(rms(heard)).toBeGreaterThan(6900);
      expect(toneShare(heard, hz, 16_000)).toBeGreaterThan(0.997);
    }
  });

  test('pieces are as the whole', () => {
    const samples = sine(700, 100, 16_000);
    const [down, up] = [new Halver(), new Doubler()];
    const pieces = Array.from({ length: 5 }, (_, n) => samples.subarray(n * 320, (n + 1) * 320));
    expect(joined(pieces.map((piece) => down.process(piece)))).toEqual(new Halver().process(samples));
    expect(joined(pieces.map((piece) => up.process(piece)))).toEqual(new Doubler().process(samples));
  });
});

/** A call's packets of that many ticks of a source, and what a phone hears of them. */
function heardOf(source: AudioSource, ticks: number, encoder = new FrameEncoder(), decoder = new G722Decoder()) {
  const packets = Array.from({ length: ticks }, () => encoder.next(source, 'G722') ?? encoder.silence('G722'));
  expect(packets.every((packet) => packet.length === FRAME_SAMPLES)).toBe(true);
  return joined(packets.map((packet) => decoder.decode(packet)));
}

describe('[GW5] prompts', () => {
  test.each([16_000, 22_050, 44_100])('a file of %i Hz is heard up to 7 kHz', async (sampleRate) => {
    const sound = { sampleRate, samples: sine(6000, 300, sampleRate) };
    const audio = await decodeSound(serialiseWav(sound));
    expect(audio.length).toBe(15);
    expect(toneShare(heardOf(new SequenceSource([audio]), 15).subarray(400), 6000, 16_000)).toBeGreaterThan(0.9);
    expect(rms(joined(audio.frames('PCMU').map((frame) => decodeG711('PCMU', frame))))).toBeLessThan(100);
  });

  test('one of 8 kHz, and made tones, are heard as they are', async () => {
    const audio = await decodeSound(serialiseWav({ sampleRate: 8000, samples: sine(1000, 300) }));
    const heard = heardOf(new SequenceSource([audio]), 15);
    expect(toneShare(heard.subarray(400, -400), 1000, 16_000)).toBeGreaterThan(0.99);
  });

  test('a sound that is cut off by another is as clear as if they were one', () => {
    const [tone, next] = [sine(1000, 300, 16_000, 20_000), sine(440, 300, 16_000, 8000)];
    const sounds = [tone, next].map(
      (samples) => new EncodedAudio(new Int16Array(2400), { sampleRate: 16_000, samples }),
    );
    const [encoder, decoder] = [new FrameEncoder(), new G722Decoder()];
    const heard = sounds.map((sound) => heardOf(new SequenceSource([sound]), 15, encoder, decoder));
    const whole = new G722Decoder().decode(new G722Encoder().encode(joined([tone, next])));
    expect(joined(heard)).toEqual(whole);
    expect(snrDb(next.subarray(100, -22), (heard[1] ?? next).subarray(122))).toBeGreaterThan(25);
  });

  test('silence after a loud sound is silent at once', () => {
    const samples = sine(1000, 300, 16_000, 30_000);
    const sound = new EncodedAudio(new Int16Array(2400), { sampleRate: 16_000, samples });
    const heard = heardOf(new SequenceSource([sound]), 115);
    expect(rms(heard.subarray(4800 + 320))).toBeLessThan(20);
  });

  test('sequences and loops', () => {
    const [a, b] = [new EncodedAudio(sine(440, 40)), new EncodedAudio(sine(880, 20))];
    const source = new SequenceSource([a, b]);
    expect(Array.from({ length: 4 }, () => source.nextWide())).toEqual([
      a.wideFrame(0),
      a.wideFrame(1),
      b.wideFrame(0),
      undefined,
    ]);
    const loop = new LoopSource(a);
    expect(Array.from({ length: 3 }, () => loop.nextWide())).toEqual([0, 1, 0].map((n) => a.wideFrame(n)));
    expect(new LoopSource(new EncodedAudio(new Int16Array(0))).nextWide()).toBeUndefined();
  });
});

/** G.722 of sound of 8 kHz. */
function wideEncoder(): { encode(samples: Int16Array): Uint8Array } {
  const [encoder, doubler] = [new G722Encoder(), new Doubler()];
  return { encode: (samples) => encoder.encode(doubler.process(samples)) };
}

describe('channels', () => {
  let clock: ManualClock;
  let media: MediaClock;
  beforeEach(() => {
    clock = new ManualClock();
    media = new MediaClock(clock);
  });

  let digits = '';
  function channelOn(leg: FakeLeg): AudioChannel {
    digits = '';
    return new AudioChannel(leg, media, {
      onConnected: () => {},
      onFailed: () => {},
      onDigit: (digit) => {
        digits += digit;
      },
    });
  }

  const wideLeg = () => new FakeLeg({ codec: 'G722', payloadType: PAYLOAD_TYPES.G722, eventPayloadType: undefined });

  test('[GW3] two ends with G.722 get each other’s very bytes', () => {
    const [a, b] = [wideLeg(), wideLeg()];
    const [one, two] = [channelOn(a), channelOn(b)];
    two.hear(one);
    const payload = new G722Encoder().encode(sine(5000, 20, 16_000));
    a.receive({ payloadType: 9, timestamp: 1000, payload });
    expect(b.sent[0]?.payload).toBe(payload);
    expect(b.sent[0]?.payloadType).toBe(9);
  });

  test.each([
    ['G722', 'PCMU'],
    ['G722', 'PCMA'],
    ['PCMU', 'G722'],
    ['PCMA', 'G722'],
  ] as const)('[GW4] from %s to %s; keys beside the voice', (from, to) => {
    const legOf = (codec: VoiceCodec) => new FakeLeg({ codec, payloadType: PAYLOAD_TYPES[codec] });
    const [a, b] = [legOf(from), legOf(to)];
    const [one, two] = [channelOn(a), channelOn(b)];
    two.hear(one);
    const encoder = new G722Encoder();
    for (let n = 0; n < 50; n++) {
      const at = n * FRAME_SAMPLES;
      const piece = sine(1000, 1000).subarray(at, at + FRAME_SAMPLES);
      const wide = sine(1000, 1000, 16_000).subarray(2 * at, 2 * (at + FRAME_SAMPLES));
      const payload = from === 'G722' ? encoder.encode(wide) : encodeG711(from, piece);
      a.receive({ payloadType: PAYLOAD_TYPES[from], timestamp: 500 + at, payload });
      if (n > 40)
        a.receive({ payloadType: 101, timestamp: 500 + 41 * FRAME_SAMPLES, payload: Uint8Array.of(5, 10, 0, 160) });
      clock.advance(20);
    }
    expect(digits).toBe('5');
    const voices = b.sent.filter(({ payloadType }) => payloadType === PAYLOAD_TYPES[to]);
    const events = b.sent.filter(({ payloadType }) => payloadType === 101);
    expect([voices.length, events.length]).toEqual([50, 9]);
    expect(new Set(events.map(({ timestamp }) => timestamp)).size).toBe(1);
    const ahead = voices.slice(1).map(({ timestamp }, n) => timestampDelta(voices[n]?.timestamp ?? 0, timestamp));
    expect(new Set(ahead)).toEqual(new Set([FRAME_SAMPLES]));
    const decoder = createDecoder(to);
    const heard = joined(voices.map(({ payload }) => decoder.decode(payload)));
    // 60 ms wait for packets that are out of order.
    expect(rms(heard.subarray(0, 320))).toBeLessThan(10);
    expect(toneShare(heard.subarray(800), 1000)).toBeGreaterThan(0.998);
    expect(rms(heard.subarray(800))).toBeGreaterThan(6800);
    two.play(new LoopSource(new EncodedAudio(sine(440, 100))));
    clock.advance(100);
    const music = b.sent.slice(-5);
    expect(music.every(({ payloadType }) => payloadType === PAYLOAD_TYPES[to])).toBe(true);
    a.receive({ payloadType: PAYLOAD_TYPES[from], timestamp: 90_000 });
    expect(b.sent.at(-1)).toBe(music[4]);
  });

  test('[GW6] keys in the voice', () => {
    const leg = wideLeg();
    channelOn(leg);
    const encoder = wideEncoder();
    const samples = joined([...'159#'].map((key) => keySound({ key, dbm0: -8 })));
    for (let at = 0; at < samples.length; at += FRAME_SAMPLES) {
      const payload = encoder.encode(samples.subarray(at, at + FRAME_SAMPLES));
      leg.receive({ payloadType: 9, timestamp: at, payload });
    }
    expect(digits).toBe('159#');
  });

  test('[GW6] recordings, reordered packets too', () => {
    const encoder = wideEncoder();
    const samples = sine(500, 400);
    const packets = Array.from({ length: 20 }, (_, n) => ({
      payloadType: 9,
      marker: false,
      sequence: n,
      timestamp: n * FRAME_SAMPLES,
      ssrc: 1,
      payload: encoder.encode(samples.subarray(n * FRAME_SAMPLES, (n + 1) * FRAME_SAMPLES)),
    }));
    const [third, fourth] = [packets[3], packets[4]];
    if (third !== undefined && fourth !== undefined) packets.splice(3, 2, fourth, third);
    const line = new VoiceLine(0);
    const heard = joined([...packets.map((packet) => line.receive(packet, 'G722', 0)), line.flush('G722', 0)]);
    expect(heard).toHaveLength(samples.length);
    expect(toneShare(heard.subarray(200), 500)).toBeGreaterThan(0.999);
    // The other law after it: the line decodes what comes.
    const law = {
      ...(packets[0] ?? packets[1]),
      timestamp: 20 * 160,
      payload: encodeG711('PCMU', samples.subarray(0, 160)),
    };
    expect(line.receive(law as (typeof packets)[0], 'PCMU', 0)).toEqual(
      createDecoder('PCMU').decode(encodeG711('PCMU', samples.subarray(0, 160))),
    );
  });
});
