import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AudioSource } from '../../shared/flow/speech.ts';

/** Every tone of `test/fixtures/audio` is 440 Hz for half a second. */
export const TONE_HZ = 440;
export const TONE_MS = 500;

/** A file of `test/fixtures/audio`. */
export function recording(fileName: string): Buffer {
  return readFileSync(fileURLToPath(new URL(`../fixtures/audio/${fileName}`, import.meta.url)));
}

/** A project's use of a recording. */
export function sourceOf(bytes: Uint8Array, fileName: string): AudioSource {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { kind: 'audio', sha256, fileName, durationMs: TONE_MS };
}

/** A WAV file of any number of channels and bits; `samples` from −1 to 1 are the same in every channel. */
export function wavOf(
  samples: Float32Array,
  { sampleRateHz = 8000, bits = 16, channels = 1, isFloat = false } = {},
): Buffer {
  const step = bits / 8;
  const wav = Buffer.alloc(44 + samples.length * step * channels);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(isFloat ? 3 : 1, 20);
  wav.writeUInt16LE(channels, 22);
  wav.writeUInt32LE(sampleRateHz, 24);
  wav.writeUInt32LE(sampleRateHz * step * channels, 28);
  wav.writeUInt16LE(step * channels, 32);
  wav.writeUInt16LE(bits, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(wav.length - 44, 40);
  const top = 2 ** (bits - 1) - 1;
  for (let i = 0; i < samples.length * channels; i++) {
    const value = samples[Math.floor(i / channels)] ?? 0;
    const at = 44 + i * step;
    if (isFloat) wav.writeFloatLE(value, at);
    else if (bits === 8) wav.writeUInt8(Math.round(value * 127) + 128, at);
    else wav.writeIntLE(Math.round(value * top), at, step);
  }
  return wav;
}

/** A sine from −1 to 1 times its amplitude. */
export function sineWave(frequencyHz: number, durationMs: number, sampleRateHz: number, amplitude = 0.5): Float32Array {
  return Float32Array.from({ length: Math.round((durationMs * sampleRateHz) / 1000) }, (_, n) => {
    return amplitude * Math.sin((2 * Math.PI * frequencyHz * n) / sampleRateHz);
  });
}
