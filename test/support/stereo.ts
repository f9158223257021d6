import { readFile } from 'node:fs/promises';

/** A WAV file of two channels as tests measure it. */
export async function readStereo(path: string) {
  const bytes = await readFile(path);
  const [channels, sampleRate] = [bytes.readUInt16LE(22), bytes.readUInt32LE(24)];
  if (channels !== 2) throw new Error(`${channels} channels`);
  const frames = Math.min(bytes.readUInt32LE(40), bytes.length - 44) / 4;
  const channel = (offset: number) =>
    Int16Array.from({ length: frames }, (_, at) => bytes.readInt16LE(44 + 4 * at + offset));
  return { sampleRate, left: channel(0), right: channel(2), durationMs: (frames * 1000) / sampleRate };
}
