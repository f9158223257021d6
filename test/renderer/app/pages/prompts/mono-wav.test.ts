import { describe, expect, it } from 'vitest';
import { monoWav } from '../../../../../renderer/app/pages/prompts/mono-wav.ts';
import { wavOf } from '../../../../support/recordings.ts';

describe('the WAV of a recording', () => {
  it('[PR10] is the one that any program writes', () => {
    const samples = Float32Array.of(0, 0.5, -0.25, 1, -1);
    const written = Buffer.from(monoWav(samples, 48_000));
    expect(written.equals(wavOf(samples, { sampleRateHz: 48_000 }))).toBe(true);
  });

  it('[PR10] cuts off what is louder than full scale', () => {
    const written = Buffer.from(monoWav(Float32Array.of(2, -3), 8000));
    expect([written.readInt16LE(44), written.readInt16LE(46)]).toEqual([32_767, -32_767]);
  });
});
