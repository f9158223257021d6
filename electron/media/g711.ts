/** G.711 (ITU-T), 8000 Hz, one byte a sample. */
export type G711Codec = 'PCMU' | 'PCMA';

export function isG711(codec: string): codec is G711Codec {
  return codec === 'PCMU' || codec === 'PCMA';
}

/** Samples a second of G.711, of telephone-event beside it, and of every clock in `media/`. */
export const SAMPLE_RATE = 8000 as const;
/** Length of a packet, ms. */
export const FRAME_MS = 20;
/** Samples, and in G.711 bytes, in a packet. */
export const FRAME_SAMPLES = (SAMPLE_RATE * FRAME_MS) / 1000;

/** The byte that is silence. */
export const SILENCE: Readonly<Record<G711Codec, number>> = { PCMU: 0xff, PCMA: 0xd5 };

const MU_BIAS = 0x84;
const MU_CLIP = 32_635;

function muLawEncode(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), MU_CLIP) + MU_BIAS;
  const exponent = 31 - Math.clz32(magnitude) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

function muLawDecode(byte: number): number {
  const inverted = ~byte & 0xff;
  const exponent = (inverted >> 4) & 0x07;
  const magnitude = (((inverted & 0x0f) << 3) + MU_BIAS) << exponent;
  return inverted & 0x80 ? MU_BIAS - magnitude : magnitude - MU_BIAS;
}

function aLawEncode(sample: number): number {
  // Negative numbers are one's complement, so that -1 is the mirror of 0 (G.711 table 1b).
  const sign = sample >= 0 ? 0x80 : 0;
  const magnitude = (sample >= 0 ? Math.min(sample, 32_767) : Math.min(-sample - 1, 32_767)) >> 3;
  const exponent = magnitude < 32 ? 0 : 31 - Math.clz32(magnitude) - 4;
  const mantissa = exponent === 0 ? magnitude >> 1 : (magnitude >> exponent) & 0x0f;
  return (sign | (exponent << 4) | mantissa) ^ 0x55;
}

function aLawDecode(byte: number): number {
  const value = byte ^ 0x55;
  const exponent = (value >> 4) & 0x07;
  const mantissa = ((value & 0x0f) << 4) + 8;
  const magnitude = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
  return value & 0x80 ? magnitude : -magnitude;
}

interface Tables {
  /** Index: sample + 32768. */
  readonly encode: Uint8Array;
  readonly decode: Int16Array;
}

function buildTables(encode: (sample: number) => number, decode: (byte: number) => number): Tables {
  return {
    encode: Uint8Array.from({ length: 65_536 }, (_, index) => encode(index - 32_768)),
    decode: Int16Array.from({ length: 256 }, (_, byte) => decode(byte)),
  };
}

const TABLES: Readonly<Record<G711Codec, Tables>> = {
  PCMU: buildTables(muLawEncode, muLawDecode),
  PCMA: buildTables(aLawEncode, aLawDecode),
};

/** Encodes 16-bit samples. */
export function encodeG711(codec: G711Codec, samples: Int16Array): Uint8Array {
  const { encode } = TABLES[codec];
  const bytes = new Uint8Array(samples.length);
  for (let i = 0; i < samples.length; i++) bytes[i] = encode[(samples[i] ?? 0) + 32_768] ?? 0;
  return bytes;
}

/** Decodes to 16-bit samples. */
export function decodeG711(codec: G711Codec, bytes: Uint8Array): Int16Array {
  const { decode } = TABLES[codec];
  const samples = new Int16Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) samples[i] = decode[bytes[i] ?? 0] ?? 0;
  return samples;
}

/** From one law to the other, byte by byte; the same array when they are the same. */
export function transcodeG711(from: G711Codec, to: G711Codec, bytes: Uint8Array): Uint8Array {
  return from === to ? bytes : encodeG711(to, decodeG711(from, bytes));
}
