import { DialtreeError } from '../../shared/lib/errors.ts';
import type { Sound } from '../../shared/lib/resample.ts';

export type { Sound };

const FORMAT_PCM = 1;
const FORMAT_EXTENSIBLE = 0xfffe;

/** Reads a RIFF/WAVE file of 16-bit PCM; more than one channel is mixed down. Throws `audio/unreadable`. */
export function parseWav(bytes: Buffer): Sound {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE') {
    throw unreadable('it is not a WAV file');
  }
  let channels = 0;
  let sampleRate = 0;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const id = bytes.toString('latin1', at, at + 4);
    // A recorder that streamed writes 0 or 0xffffffff; then the chunk lasts to the end of the file.
    const size = bytes.readUInt32LE(at + 4);
    const body = at + 8;
    if (id === 'fmt ' && body + 16 <= bytes.length) {
      let format = bytes.readUInt16LE(body);
      if (format === FORMAT_EXTENSIBLE && body + 26 <= bytes.length) format = bytes.readUInt16LE(body + 24);
      channels = bytes.readUInt16LE(body + 2);
      sampleRate = bytes.readUInt32LE(body + 4);
      if (format !== FORMAT_PCM || bytes.readUInt16LE(body + 14) !== 16) throw unreadable('it is not 16-bit PCM');
    } else if (id === 'data') {
      if (channels < 1 || sampleRate < 1000 || sampleRate > 384_000) throw unreadable('its format is not stated');
      const end = size === 0 ? bytes.length : Math.min(bytes.length, body + size);
      return { sampleRate, samples: mixDown(bytes.subarray(body, end), channels) };
    }
    at = body + size + (size & 1);
  }
  throw unreadable('it has no sound');
}

/** What a WAV file of 16-bit PCM says of itself. */
export interface WavFormat {
  readonly sampleRate: number;
  readonly channels: number;
}

/** Length of the header that is written here. */
export const WAV_HEADER_BYTES = 44;

/** A WAV file of one channel. */
export function serialiseWav(sound: Sound): Buffer {
  const data = sound.samples.length * 2;
  const bytes = Buffer.alloc(WAV_HEADER_BYTES + data);
  wavHeader({ sampleRate: sound.sampleRate, channels: 1 }, data).copy(bytes);
  for (let i = 0; i < sound.samples.length; i++) bytes.writeInt16LE(sound.samples[i] ?? 0, WAV_HEADER_BYTES + 2 * i);
  return bytes;
}

/** The header of a WAV file with so many bytes of sound. */
export function wavHeader({ sampleRate, channels }: WavFormat, data: number): Buffer {
  const bytes = Buffer.alloc(WAV_HEADER_BYTES);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(36 + data, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(FORMAT_PCM, 20);
  bytes.writeUInt16LE(channels, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(sampleRate * 2 * channels, 28);
  bytes.writeUInt16LE(2 * channels, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(data, 40);
  return bytes;
}

function mixDown(data: Buffer, channels: number): Int16Array {
  const frames = Math.floor(data.length / (2 * channels));
  const samples = new Int16Array(frames);
  for (let i = 0; i < frames; i++) {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += data.readInt16LE(2 * (i * channels + c));
    samples[i] = Math.round(sum / channels);
  }
  return samples;
}

function unreadable(why: string): DialtreeError {
  return new DialtreeError({ code: 'audio/unreadable', message: `This sound cannot be played: ${why}.` });
}
