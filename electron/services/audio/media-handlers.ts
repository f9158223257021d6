import type { BridgeHandlers } from '../../../shared/bridge/contract.ts';
import type { mediaCalls } from '../../../shared/bridge/media.ts';
import { extensionFor } from '../bundle/media-type.ts';
import type { MediaStore } from '../project/media-store.ts';
import { decodeAudio } from './decode-audio.ts';
import { durationMsOf } from './decoded-audio.ts';
import { acceptAudio, trimAudio } from './import-audio.ts';
import { peaksOf } from './peaks.ts';

const TYPES: Readonly<Record<string, string>> = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  m4a: 'audio/mp4',
};

/** The calls of the contract about recordings. */
export function mediaHandlers(media: () => MediaStore): Pick<BridgeHandlers, keyof typeof mediaCalls> {
  const read = async (sha256: string) => Buffer.from(await media().read(sha256));
  return {
    'media.import': async ({ fileName, base64, convert }) => {
      const accepted = await acceptAudio(fileName, Buffer.from(base64, 'base64'), convert);
      const { bytes, ...rest } = accepted;
      return { sha256: await media().write(bytes), ...rest };
    },
    'media.trim': async ({ sha256, fileName, fromMs, toMs }) => {
      const { bytes, ...rest } = await trimAudio(fileName, await read(sha256), fromMs, toMs);
      return { sha256: await media().write(bytes), ...rest };
    },
    'media.audio': async ({ sha256 }) => {
      const bytes = await read(sha256);
      const type = TYPES[extensionFor(bytes) ?? ''] ?? 'application/octet-stream';
      return { base64: bytes.toString('base64'), type };
    },
    'media.peaks': async ({ sha256, count }) => {
      const audio = await decodeAudio(await read(sha256));
      return { peaks: peaksOf(audio, count), durationMs: durationMsOf(audio) };
    },
  };
}
