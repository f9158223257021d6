/** Mono 16-bit PCM audio. */
export interface Pcm {
  readonly sampleRateHz: number;
  readonly samples: Int16Array;
}

const HEADER_BYTES = 44;

/**
 * A canonical RIFF/WAVE file: 44-byte header, one channel of 16-bit little-endian PCM
 * (Multimedia Programming Interface and Data Specifications 1.0, chapter 3).
 */
export function encodeWav({ sampleRateHz, samples }: Pcm): Buffer {
  const dataBytes = samples.length * 2;
  const wav = Buffer.alloc(HEADER_BYTES + dataBytes);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(HEADER_BYTES - 8 + dataBytes, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16); // size of the fmt chunk
  wav.writeUInt16LE(1, 20); // PCM
  wav.writeUInt16LE(1, 22); // channels
  wav.writeUInt32LE(sampleRateHz, 24);
  wav.writeUInt32LE(sampleRateHz * 2, 28); // bytes a second
  wav.writeUInt16LE(2, 32); // bytes a frame
  wav.writeUInt16LE(16, 34); // bits a sample
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(dataBytes, 40);
  for (let i = 0; i < samples.length; i++) wav.writeInt16LE(samples[i]!, HEADER_BYTES + i * 2);
  return wav;
}

/** Length in milliseconds of a file that `encodeWav` wrote. */
export function wavDurationMs(wav: Buffer): number {
  return Math.round(((wav.length - HEADER_BYTES) / wav.readUInt32LE(28)) * 1000);
}
