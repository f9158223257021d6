import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { mediaHandlers } from '../../../../electron/services/audio/media-handlers.ts';
import { MediaFolder } from '../../../../electron/services/project/media-store.ts';
import type { CallOutput } from '../../../../shared/bridge/contract.ts';
import { calls } from '../../../../shared/bridge/contract.ts';
import { MAX_IMPORT_BYTES, MAX_MP3_BYTES } from '../../../../shared/bridge/media.ts';
import { longestToneMs, soundOfWav } from '../../../support/audio-match.ts';
import { recording, sineWave, TONE_HZ, TONE_MS, wavOf } from '../../../support/recordings.ts';
import { tempDir } from '../../../support/temp-dir.ts';

let media: MediaFolder;
let handlers: ReturnType<typeof mediaHandlers>;
beforeEach(() => {
  const dir = tempDir();
  media = new MediaFolder(() => join(dir, 'media'));
  handlers = mediaHandlers(() => media);
});

const take = (fileName: string, bytes: Buffer, convert = false): Promise<CallOutput<'media.import'>> =>
  handlers['media.import']({ fileName, base64: bytes.toString('base64'), convert }, 'window');

/** A mono mp3 of an exact size: a tag in front fills it up, as a picture would. */
function mp3Of(bytes: number): Buffer {
  const sound = recording('tone-mono.mp3');
  const frames = sound.toString('latin1', 0, 3) === 'ID3' ? sound.subarray(10 + sound[9]!) : sound;
  const size = bytes - frames.length - 10;
  const sizeBytes = [21, 14, 7, 0].map((shift) => (size >> shift) & 0x7f);
  return Buffer.concat([Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, ...sizeBytes]), Buffer.alloc(size), frames]);
}

describe('taking a recording into the project', () => {
  it('[MI1] takes a mono mp3 as it is', async () => {
    const bytes = recording('tone-mono.mp3');
    const taken = await take('hello.mp3', bytes);
    expect(taken).toMatchObject({ fileName: 'hello.mp3', converted: false });
    expect(Math.abs(taken.durationMs - TONE_MS)).toBeLessThan(5);
    expect(Buffer.from(await media.read(taken.sha256)).equals(bytes)).toBe(true);
    expect(await take('again.mp3', bytes, true)).toMatchObject({ sha256: taken.sha256, converted: false });
  });

  it('[MI1] takes 2 MB and not a byte more', async () => {
    expect(await take('full.mp3', mp3Of(MAX_MP3_BYTES))).toMatchObject({ converted: false });
    const error = { code: 'audio/too-large', params: { convertible: 1 } };
    await expect(take('over.mp3', mp3Of(MAX_MP3_BYTES + 1))).rejects.toMatchObject(error);
    expect(await take('over.mp3', mp3Of(MAX_MP3_BYTES + 1), true)).toMatchObject({ converted: true });
  });

  it.each([
    ['tone-stereo.mp3', 'audio/not-mono'],
    ['tone.flac', 'audio/not-mp3'],
    ['tone.ogg', 'audio/not-mp3'],
  ])('[MI2] refuses %s with the reason and the offer to convert, and converts', async (fileName, code) => {
    const refused = await take(fileName, recording(fileName)).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code, hint: expect.any(String), params: { convertible: 1 } });
    expect(await media.list()).toEqual([]);
    const taken = await take(fileName, recording(fileName), true);
    expect(taken).toMatchObject({ fileName: fileName.replace(/\.\w+$/, '.wav'), converted: true });
    const wav = Buffer.from(await media.read(taken.sha256));
    expect(wav.readUInt32LE(24)).toBe(16_000);
    expect(wav.readUInt16LE(22)).toBe(1);
    expect(longestToneMs(soundOfWav(wav), TONE_HZ)).toBeGreaterThan(TONE_MS - 60);
  });

  it.each([
    ['audio/not-supported', Buffer.from('no sound')],
    ['audio/damaged', wavOf(new Float32Array(0))],
    ['audio/too-large', Buffer.alloc(MAX_IMPORT_BYTES + 1)],
  ])('[MI3] offers no conversion with %s', async (code, bytes) => {
    for (const convert of [false, true]) {
      const refused = await take('x.wav', bytes, convert).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code });
      expect(refused).not.toMatchObject({ params: { convertible: 1 } });
    }
  });

  it.each([
    ['C:\\My sounds\\hello.flac', 'hello.wav'],
    ['../../etc/passwd', 'passwd.wav'],
    ['hi\u0000\u202Ethere.wav', 'hithere.wav'],
    ['/', 'recording.wav'],
    [`${'a'.repeat(300)}.wav`, `${'a'.repeat(251)}.wav`],
  ])('[MI4] keeps of the name %j what names a file', async (fileName, kept) => {
    expect(await take(fileName, recording('tone.flac'), true)).toMatchObject({ fileName: kept });
  });

  it('[MI5] gives it back for playing, with its type', async () => {
    const bytes = recording('tone-mono.mp3');
    const { sha256 } = await take('hello.mp3', bytes);
    const audio = await handlers['media.audio']({ sha256 }, 'window');
    expect(audio).toEqual({ base64: bytes.toString('base64'), type: 'audio/mpeg' });
    const gone = handlers['media.audio']({ sha256: '0'.repeat(64) }, 'window');
    await expect(gone).rejects.toMatchObject({ code: 'media/not-found' });
    expect(calls['media.audio'].input.safeParse({ sha256: '../x' }).success).toBe(false);
  });

  it('[MI6] draws it: the peaks of equal parts', async () => {
    const silence = new Float32Array(8000);
    const samples = Float32Array.of(...silence.subarray(0, 800), ...sineWave(400, 100, 8000, 0.5));
    const { sha256 } = await take('half.wav', wavOf(samples), true);
    const { peaks, durationMs } = await handlers['media.peaks']({ sha256, count: 4 }, 'window');
    expect(durationMs).toBe(200);
    expect(peaks).toHaveLength(4);
    expect(peaks[0]).toBe(0);
    expect(peaks[3]).toBeGreaterThan(0.1);
  });

  it('[MI7] makes a part of it one of its own, with soft ends, and leaves it as it was', async () => {
    // Half a second of silence, a second of tone, half a second of silence.
    const half = new Float32Array(8000);
    const samples = Float32Array.of(...half, ...sineWave(440, 1000, 16_000, 0.5), ...half);
    const { sha256 } = await take('hello.wav', wavOf(samples, { sampleRateHz: 16_000 }), true);
    const part = await handlers['media.trim']({ sha256, fileName: 'hello.wav', fromMs: 600, toMs: 1400 }, 'window');
    expect(part).toMatchObject({ fileName: 'hello.wav', durationMs: 800 });
    const sound = soundOfWav(Buffer.from(await media.read(part.sha256)));
    expect(longestToneMs(sound, 440)).toBeGreaterThan(740);
    expect(Math.abs(sound.samples[0]!)).toBeLessThan(0.01);
    expect(Math.abs(sound.samples.at(-1)!)).toBeLessThan(0.01);
    const whole = soundOfWav(Buffer.from(await media.read(sha256)));
    expect(whole.samples.length / whole.sampleRateHz).toBeCloseTo(2, 2);
  });

  it.each([
    [1000, 1000],
    [1500, 400],
    [5000, 6000],
  ])('[MI7] refuses the part from %i to %i ms', async (fromMs, toMs) => {
    const { sha256 } = await take('hello.mp3', recording('tone-mono.mp3'));
    const refused = handlers['media.trim']({ sha256, fileName: 'hello.mp3', fromMs, toMs }, 'window');
    await expect(refused).rejects.toMatchObject({ code: 'audio/outside', hint: expect.any(String) });
  });
});
