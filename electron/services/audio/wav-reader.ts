import { damaged, notSupported } from './audio-errors.ts';
import type { DecodedAudio } from './decoded-audio.ts';

const FORMAT_PCM = 1;
const FORMAT_FLOAT = 3;
const FORMAT_EXTENSIBLE = 0xfffe;

interface Format {
  readonly kind: number;
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly bits: number;
}

/**
 * Reads RIFF/WAVE with 8, 16, 24 or 32-bit PCM, or 32-bit float
 * (Multimedia Programming Interface and Data Specifications 1.0, chapter 3).
 * @throws DialtreeError `audio/damaged`, `audio/not-supported`.
 */
export function readWav(bytes: Buffer): DecodedAudio {
  let format: Format | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const id = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const body = at + 8;
    if (id === 'fmt ' && body + 16 <= bytes.length) format = readFormat(bytes, body, size);
    if (id === 'data') {
      if (!format) throw damaged('its format is not stated');
      // A recorder that streamed writes 0 or 0xffffffff; then the chunk lasts to the end of the file.
      const end = size === 0 ? bytes.length : Math.min(bytes.length, body + size);
      return samplesOf(bytes.subarray(body, end), format);
    }
    // Chunks are padded to an even length.
    at = body + size + (size & 1);
  }
  throw damaged('it has no sound');
}

function readFormat(bytes: Buffer, body: number, size: number): Format {
  const stated = bytes.readUInt16LE(body);
  // The extensible form has the format's number at the head of a GUID.
  const isExtended = stated === FORMAT_EXTENSIBLE && size >= 40 && body + 26 <= bytes.length;
  const format = {
    kind: isExtended ? bytes.readUInt16LE(body + 24) : stated,
    channels: bytes.readUInt16LE(body + 2),
    sampleRateHz: bytes.readUInt32LE(body + 4),
    bits: bytes.readUInt16LE(body + 14),
  };
  const isRead = format.kind === FORMAT_PCM ? [8, 16, 24, 32].includes(format.bits) : format.kind === FORMAT_FLOAT;
  if (!isRead || (format.kind === FORMAT_FLOAT && format.bits !== 32)) throw notSupported();
  if (format.channels < 1 || format.channels > 8) throw damaged('its number of channels cannot be');
  if (format.sampleRateHz < 4000 || format.sampleRateHz > 384_000) throw damaged('its sample rate cannot be');
  return format;
}

function samplesOf(data: Buffer, { kind, channels, sampleRateHz, bits }: Format): DecodedAudio {
  const step = bits / 8;
  const frames = Math.floor(data.length / (step * channels));
  const read = kind === FORMAT_FLOAT ? readFloat : READERS[bits];
  if (!read) throw notSupported();
  const all = Array.from({ length: channels }, () => new Float32Array(frames));
  for (const [channel, samples] of all.entries()) {
    for (let i = 0; i < frames; i++) samples[i] = read(data, (i * channels + channel) * step);
  }
  return { sampleRateHz, channels: all };
}

/** Bits → how a sample is read; 8 bits are unsigned, the others are not. */
const READERS: Readonly<Record<number, (data: Buffer, at: number) => number>> = {
  8: (data, at) => (data.readUInt8(at) - 128) / 128,
  16: (data, at) => data.readInt16LE(at) / 0x8000,
  24: (data, at) => data.readIntLE(at, 3) / 0x80_0000,
  32: (data, at) => data.readInt32LE(at) / 0x8000_0000,
};

function readFloat(data: Buffer, at: number): number {
  const value = data.readFloatLE(at);
  return Number.isFinite(value) ? value : 0;
}
