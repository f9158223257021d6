import { describe, expect, it } from 'vitest';
import { decodeAudio } from '../../../../electron/services/audio/decode-audio.ts';
import { type DecodedAudio, durationMsOf, mixDown, toPcm } from '../../../../electron/services/audio/decoded-audio.ts';
import { toneShare } from '../../../support/audio-match.ts';
import { recording, sineWave, TONE_HZ, TONE_MS, wavOf } from '../../../support/recordings.ts';

/** Share of the power that is the tone, away from the edges, where codecs ring. */
function purity(audio: DecodedAudio, frequencyHz = TONE_HZ): number {
  const mono = mixDown(audio);
  const samples = mono.subarray(mono.length >> 2, (mono.length * 3) >> 2);
  return toneShare({ sampleRateHz: audio.sampleRateHz, samples }, frequencyHz);
}

describe('decoding a recording', () => {
  it.each([
    ['tone-mono.mp3', 44_100],
    ['tone-stereo.mp3', 44_100],
    ['tone.flac', 16_000],
    ['tone.ogg', 44_100],
  ])('[AU1] gives the sound of %s', async (fileName, sampleRateHz) => {
    const audio = await decodeAudio(recording(fileName));
    expect(audio.sampleRateHz).toBe(sampleRateHz);
    expect(Math.abs(durationMsOf(audio) - TONE_MS)).toBeLessThan(5);
    expect(purity(audio)).toBeGreaterThan(0.98);
  });

  it.each([
    { bits: 8 },
    { bits: 16, channels: 2 },
    { bits: 24, sampleRateHz: 48_000 },
    { bits: 32, sampleRateHz: 11_025 },
    { bits: 32, isFloat: true },
  ])('[AU1] reads WAV of %o', async (form) => {
    const sampleRateHz = form.sampleRateHz ?? 8000;
    const audio = await decodeAudio(wavOf(sineWave(700, 200, sampleRateHz), form));
    expect(audio.channels).toHaveLength(form.channels ?? 1);
    expect(durationMsOf(audio)).toBe(200);
    expect(purity(audio, 700)).toBeGreaterThan(0.98);
    expect(Math.max(...mixDown(audio))).toBeCloseTo(0.5, 1);
  });

  it('[AU2] mixes channels down to their mean', () => {
    const channels = [Float32Array.of(1, 0.5, -1), Float32Array.of(0, 0.5, -1)];
    expect([...mixDown({ sampleRateHz: 8000, channels })]).toEqual([0.5, 0.5, -1]);
    expect([...toPcm({ sampleRateHz: 8000, channels }).samples]).toEqual([16_384, 16_384, -32_768]);
  });

  it.each([
    ['text', Buffer.from('Hello, this is no sound at all.')],
    ['Opus', recording('tone-opus.ogg')],
    ['a WAV of A-law', Buffer.from(wavOf(new Float32Array(9))).fill(6, 20, 21)],
    ['nothing', Buffer.alloc(0)],
  ])('[AU3] refuses %s', async (_what, bytes) => {
    await expect(decodeAudio(bytes)).rejects.toMatchObject({ code: 'audio/not-supported' });
  });

  it.each([
    ['an mp3 that is noise', Buffer.concat([Buffer.from('ID3'), Buffer.alloc(3000, 7)])],
    ['a FLAC without frames', recording('tone.flac').subarray(0, 60)],
    ['an Ogg without sound', recording('tone.ogg').subarray(0, 90)],
    ['a WAV that ends in its head', wavOf(new Float32Array(9)).subarray(0, 30)],
    ['a WAV without sound', wavOf(new Float32Array(0))],
    ['a WAV of no channel', Buffer.from(wavOf(new Float32Array(9))).fill(0, 22, 23)],
    ['a WAV of 3 Hz', wavOf(new Float32Array(9), { sampleRateHz: 3 })],
  ])('[AU4] says that %s is damaged', async (_what, bytes) => {
    await expect(decodeAudio(bytes)).rejects.toMatchObject({ code: 'audio/damaged' });
  });

  it('[AU5] takes nothing longer than a quarter of an hour', async () => {
    const long = wavOf(new Float32Array(16 * 60 * 4000), { sampleRateHz: 4000, bits: 8 });
    await expect(decodeAudio(long)).rejects.toMatchObject({ code: 'audio/too-large', params: { minutes: 15 } });
  });
});
