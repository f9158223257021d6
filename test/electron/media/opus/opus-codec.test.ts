import { beforeAll, describe, expect, test } from 'vitest';
import { createDecoder } from '../../../../electron/media/codec.ts';
import { EncodedAudio, SequenceSource } from '../../../../electron/media/encoded-audio.ts';
import { FrameEncoder } from '../../../../electron/media/frame-encoder.ts';
import { prepareOpus, takeDecoder, takeEncoder } from '../../../../electron/media/opus/opus-library.ts';
import { opusTicks } from '../../../../electron/media/opus/opus-packet.ts';
import { parseOpusSettings } from '../../../../electron/media/opus/opus-settings.ts';
import { OpusVoiceDecoder } from '../../../../electron/media/opus/opus-voice-decoder.ts';
import { OpusVoiceEncoder } from '../../../../electron/media/opus/opus-voice-encoder.ts';
import { joined } from '../../../../electron/pbx/voicemail/voice-line.ts';
import { Synthesizer } from '../../../../electron/services/speech/synthesizer.ts';
import { resample } from '../../../../shared/lib/resample.ts';
import { opusHeard, opusPackets, WIDE_FRAME } from '../../../support/opus.ts';
import { findSound, rms, sine, snrDb, toneShare } from '../../../support/sound.ts';

beforeAll(() => prepareOpus());

describe('[OP5] how it sounds', () => {
  test.each([300, 1000, 3000, 6000])('a tone of %i Hz', async (hz) => {
    const heard = (await opusHeard(await opusPackets(sine(hz, 500, 16_000)))).subarray(1600);
    expect(toneShare(heard, hz, 16_000)).toBeGreaterThan(0.995);
    expect(Math.abs(rms(heard) / 7071 - 1)).toBeLessThan(0.05);
  });

  test('speech', async () => {
    const text = 'Welcome to our shop. Press one for sales.';
    const speech = (await Synthesizer.load()).speak({ kind: 'text', language: 'en', text });
    const wide = resample({ sampleRate: speech.sampleRateHz, samples: speech.samples }, 16_000).subarray(0, 32_000);
    const heard = await opusHeard(await opusPackets(wide));
    const part = wide.subarray(8000, 16_000);
    const { match, at } = findSound(heard.subarray(7800, 16_400), part);
    expect(match).toBeGreaterThan(0.97);
    expect(snrDb(part, heard.subarray(7800 + at, 15_800 + at))).toBeGreaterThan(12);
  });

  test('decoded to 8 kHz: the telephone’s band stays, what is above goes', async () => {
    const decoder = createDecoder('OPUS');
    const narrow = async (hz: number) =>
      joined((await opusPackets(sine(hz, 400, 16_000))).map((packet) => decoder.decode(packet))).subarray(1000);
    expect(toneShare(await narrow(1000), 1000)).toBeGreaterThan(0.995);
    expect(rms(await narrow(6000))).toBeLessThan(200);
    decoder.close();
  });
});

describe('[OP5] prompts', () => {
  const prompt = () => new EncodedAudio(sine(440, 100), { sampleRate: 16_000, samples: sine(440, 100, 16_000) });

  test('one after the other without a gap, and silence after them', async () => {
    const encoder = new FrameEncoder();
    const source = new SequenceSource([prompt(), prompt()]);
    const packets = Array.from({ length: 30 }, () => encoder.next(source, 'OPUS') ?? encoder.silence('OPUS'));
    expect(packets.every((packet) => opusTicks(packet) === 160)).toBe(true);
    const heard = await opusHeard(packets);
    expect(toneShare(heard.subarray(800, 3000), 440, 16_000)).toBeGreaterThan(0.99);
    expect(rms(heard.subarray(4000))).toBeLessThan(20);
    // From 200 ms on it is the same packet.
    expect(new Set(packets.slice(20)).size).toBe(1);
    encoder.close();
  });

  test('sound after a long silence is clear at once', async () => {
    const encoder = new FrameEncoder();
    const silence = Array.from({ length: 200 }, () => encoder.silence('OPUS'));
    const source = new SequenceSource([prompt()]);
    const packets = Array.from({ length: 5 }, () => encoder.next(source, 'OPUS') ?? new Uint8Array(0));
    const heard = (await opusHeard([...silence, ...packets])).subarray(200 * WIDE_FRAME);
    expect(toneShare(heard.subarray(400), 440, 16_000)).toBeGreaterThan(0.97);
    encoder.close();
  });
});

describe('[OP6] what the far end asks for', () => {
  test.each([
    [undefined, { fec: false, dtx: false, maxBitrate: undefined, constantBitrate: false }],
    ['minptime=10;useinbandfec=1', { fec: true, dtx: false }],
    ['useinbandfec=0; usedtx=1 ;CBR=1', { fec: false, dtx: true, constantBitrate: true }],
    ['maxaveragebitrate=16000', { maxBitrate: 16_000 }],
    ['maxaveragebitrate=5', { maxBitrate: undefined }],
    ['maxaveragebitrate;;=', { maxBitrate: undefined }],
  ])('%s', (parameters, settings) => expect(parseOpusSettings(parameters)).toMatchObject(settings));

  const bytes = (packets: readonly Uint8Array[]) => packets.reduce((sum, { length }) => sum + length, 0);

  test('DTX: hardly anything is sent in silence', () => {
    const encoder = new OpusVoiceEncoder(parseOpusSettings('usedtx=1'));
    const packets = Array.from({ length: 100 }, () => encoder.silence());
    const sent = packets.slice(20).filter(({ length }) => length > 0);
    expect(sent).toHaveLength(4);
    encoder.close();
  });

  test('rates: no more than is asked for; all of one size', async () => {
    const tone = sine(500, 1000, 16_000);
    expect(bytes(await opusPackets(tone, 'maxaveragebitrate=12000'))).toBeLessThan(2000);
    const sizes = new Set((await opusPackets(tone, 'cbr=1')).map(({ length }) => length));
    expect(sizes).toEqual(new Set([80]));
  });
});

describe('[OP7] what is lost', () => {
  /** Noise that comes and goes like syllables: nobody can guess what comes next. */
  function babble(): Int16Array {
    let seed = 1;
    let low = 0;
    return Int16Array.from({ length: 32_000 }, (_, n) => {
      seed = (seed * 1_103_515_245 + 12_345) & 0x7fff_ffff;
      low += 0.3 * (seed / 0x3fff_ffff - 1 - low);
      return Math.round(12_000 * low * Math.sin((Math.PI * n) / 3200) ** 2);
    });
  }

  const energyAt = (sound: Int16Array, place: number) =>
    rms(sound.subarray(place * WIDE_FRAME + 100, (place + 1) * WIDE_FRAME + 100));

  test('comes from the packet after it, where there is redundancy', async () => {
    const sound = babble();
    const packets = await opusPackets(sound, 'useinbandfec=1');
    const whole = await opusHeard(packets);
    const decoders = [new OpusVoiceDecoder(16_000), new OpusVoiceDecoder(16_000)] as const;
    const [mended, made] = decoders.map((decoder, which) =>
      joined(
        packets.map((packet, place) => {
          if (place % 5 !== 4 || place === packets.length - 1) return decoder.decode(packet);
          return decoder.conceal(160, which === 0 ? packets[place + 1] : undefined);
        }),
      ),
    );
    if (mended === undefined || made === undefined) throw new Error('no sound');
    expect([mended.length, made.length]).toEqual([whole.length, whole.length]);
    expect(snrDb(whole, mended)).toBeGreaterThan(snrDb(whole, made) + 1.5);
    for (const decoder of decoders) decoder.close();
  });

  test('a tone goes on over a lost packet; a long gap fades', async () => {
    const packets = await opusPackets(sine(400, 600, 16_000));
    const decoder = new OpusVoiceDecoder(16_000);
    const heard = joined(
      packets.map((packet, place) => (place === 10 ? decoder.conceal(160) : decoder.decode(packet))),
    );
    expect(energyAt(heard, 10)).toBeGreaterThan(0.5 * energyAt(heard, 8));
    const gap = decoder.conceal(1600);
    expect(gap).toHaveLength(3200);
    expect(rms(gap.subarray(0, 160))).toBeGreaterThan(1000);
    expect(rms(gap.subarray(1600))).toBe(0);
    decoder.close();
  });

  test('damaged and odd packets are silence; nothing throws', () => {
    const decoder = new OpusVoiceDecoder(8000);
    expect(decoder.decode(new Uint8Array(0))).toHaveLength(0);
    for (let toc = 0; toc < 256; toc++) {
      const payload = Uint8Array.of(toc, 0xff, 0xff, 0xff);
      expect(decoder.decode(payload)).toHaveLength(opusTicks(payload));
    }
    expect(decoder.conceal(33, Uint8Array.of(3, 63))).toHaveLength(33);
    decoder.close();
    decoder.close();
    expect(decoder.decode(Uint8Array.of(72, 1, 2))).toEqual(new Int16Array(160));
  });
});

test('[OP1] how long packets are (RFC 6716 table 2, 3.2)', () => {
  const ms = (...payload: number[]) => opusTicks(Uint8Array.from(payload)) / 8;
  expect([0, 1, 2, 3].map((config) => ms(config << 3))).toEqual([10, 20, 40, 60]);
  expect([12, 13, 14, 15].map((config) => ms(config << 3))).toEqual([10, 20, 10, 20]);
  expect([16, 17, 18, 31].map((config) => ms(config << 3))).toEqual([2.5, 5, 10, 20]);
  expect([ms((1 << 3) | 1), ms((1 << 3) | 2), ms((1 << 3) | 3, 3)]).toEqual([40, 40, 60]);
  expect([ms((3 << 3) | 3, 3), ms((1 << 3) | 3), ms()]).toEqual([0, 0, 0]);
});

test('[OP8] coders are there in the turn that wants them, and are made anew', async () => {
  const taken = [takeEncoder(), takeDecoder(8000), takeDecoder(16_000)];
  expect(taken.every((handle) => handle !== undefined)).toBe(true);
  for (const handle of taken) handle?.free();
  for (let turn = 0; turn < 20; turn++) {
    await Promise.resolve();
    const encoder = takeEncoder();
    expect(encoder).toBeDefined();
    encoder?.free();
    await prepareOpus();
  }
});
