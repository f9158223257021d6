import { describe, expect, it } from 'vitest';
import { toMonoWav } from '../../../../electron/services/audio/convert.ts';
import { decodeAudio } from '../../../../electron/services/audio/decode-audio.ts';
import { mixDown } from '../../../../electron/services/audio/decoded-audio.ts';
import { kWeighting } from '../../../../electron/services/audio/k-weighting.ts';
import { loudnessLufs, normalisingGain, TARGET_LUFS } from '../../../../electron/services/audio/loudness.ts';
import { sineWave } from '../../../support/recordings.ts';

const amplitude = (dbfs: number) => 10 ** (dbfs / 20);
const joined = (...parts: Float32Array[]) => Float32Array.from(parts.flatMap((part) => [...part]));
/** A sine of the standard's test tone, in one channel. */
const tone = (dbfs: number, durationMs: number, rate = 48_000) => sineWave(997, durationMs, rate, amplitude(dbfs));

describe('K-weighting', () => {
  it('[LO1] has the coefficients of BS.1770-4, tables 1 and 2, at 48 kHz', () => {
    const [shelf, highPass] = kWeighting(48_000);
    const near = (found: readonly number[], wanted: readonly number[]) =>
      wanted.forEach((value, i) => {
        expect(found[i]).toBeCloseTo(value, 8);
      });
    near(shelf.b, [1.53512485958697, -2.69169618940638, 1.19839281085285]);
    near(shelf.a, [-1.69065929318241, 0.73248077421585]);
    near(highPass.b, [1, -2, 1]);
    near(highPass.a, [-1.99004745483398, 0.99007225036621]);
  });
});

describe('integrated loudness', () => {
  it.each([8000, 16_000, 44_100, 48_000])('[LO2] of a full-scale 997 Hz sine is -3.01 LUFS at %d Hz', (rate) => {
    // At 8 kHz the bilinear transform bends the shelf a little.
    expect(Math.abs(loudnessLufs(tone(0, 2000, rate), rate) + 3.01)).toBeLessThan(rate === 8000 ? 0.3 : 0.1);
  });

  it('[LO2] follows the level, decibel by decibel', () => {
    expect(loudnessLufs(tone(-20, 2000), 48_000)).toBeCloseTo(-23.01, 1);
    expect(loudnessLufs(tone(-33, 2000), 48_000)).toBeCloseTo(-36.01, 1);
  });

  it('[LO3] does not count silence, nor what is far below the rest (EBU Tech 3341, case 3)', () => {
    const paused = joined(tone(-20, 2000), new Float32Array(48_000 * 4), tone(-20, 2000));
    expect(Math.abs(loudnessLufs(paused, 48_000) + 23.01)).toBeLessThan(0.5);
    // Its lengths and its tolerance; −23 there is of two channels.
    const rate = 16_000;
    const quietEnds = joined(tone(-36, 10_000, rate), tone(-23, 60_000, rate), tone(-36, 10_000, rate));
    expect(Math.abs(loudnessLufs(quietEnds, rate) + 26.01)).toBeLessThan(0.1);
  });

  it('[LO3] of nothing is none', () => {
    expect(loudnessLufs(new Float32Array(48_000), 48_000)).toBe(Number.NEGATIVE_INFINITY);
    expect(loudnessLufs(new Float32Array(0), 48_000)).toBe(Number.NEGATIVE_INFINITY);
  });

  it('[LO3] of what is shorter than a block is that of the whole', () => {
    expect(loudnessLufs(tone(-20, 200), 48_000)).toBeCloseTo(-23, 0);
  });
});

describe('bringing a recording to one loudness', () => {
  it.each([-6, -20, -34])('[LO4] makes a tone of %d dBFS as loud as every prompt', async (dbfs) => {
    const wav = await toMonoWav({ sampleRateHz: 44_100, channels: [tone(dbfs, 1000, 44_100)] });
    const audio = await decodeAudio(wav);
    expect(Math.abs(loudnessLufs(mixDown(audio), audio.sampleRateHz) - TARGET_LUFS)).toBeLessThan(0.3);
  });

  it('[LO5] leaves peaks below full scale, and does not make noise of next to nothing', () => {
    const clicks = tone(-50, 2000);
    clicks[5000] = 0.9;
    expect(normalisingGain(clicks, 48_000) * 0.9).toBeLessThanOrEqual(amplitude(-1) + 1e-6);
    expect(normalisingGain(tone(-60, 1000), 48_000)).toBeCloseTo(10, 5);
    expect(normalisingGain(new Float32Array(9000), 48_000)).toBe(1);
  });
});
