import { MAX_IMPORT_BYTES, MAX_MP3_BYTES } from '../../../shared/bridge/media.ts';
import { extensionFor } from '../bundle/media-type.ts';
import { needsConversion, type Obstacle, tooManyBytes } from './audio-errors.ts';
import { toMonoWav } from './convert.ts';
import { decodeAudio } from './decode-audio.ts';
import { durationMsOf } from './decoded-audio.ts';
import { mp3Channels } from './mp3-header.ts';
import { trimmed } from './trim.ts';

/** A file that may go into the project. */
export interface AcceptedAudio {
  readonly bytes: Buffer;
  readonly fileName: string;
  readonly durationMs: number;
  readonly converted: boolean;
}

const MAX_NAME_CHARACTERS = 255;

/**
 * The rule of S2: mp3, mono, at most 2 MB passes as it is; anything else is refused, or made a mono WAV of 16 kHz when
 * `convert` asks for it. What cannot be decoded is refused either way.
 * @throws DialtreeError `audio/*`.
 */
export async function acceptAudio(fileName: string, bytes: Buffer, convert: boolean): Promise<AcceptedAudio> {
  if (bytes.length > MAX_IMPORT_BYTES) throw tooManyBytes(MAX_IMPORT_BYTES);
  // Decoded first: nobody is offered the conversion of something that has no sound.
  const audio = await decodeAudio(bytes);
  const durationMs = durationMsOf(audio);
  const name = plainName(fileName);
  const obstacle = obstacleOf(bytes);
  if (obstacle === undefined) return { bytes, fileName: name, durationMs, converted: false };
  if (!convert) throw needsConversion(obstacle);
  return { bytes: await toMonoWav(audio), fileName: withExtension(name, 'wav'), durationMs, converted: true };
}

/**
 * A part of a recording as one of its own: a mono WAV of 16 kHz.
 * @throws DialtreeError `audio/*`.
 */
export async function trimAudio(fileName: string, bytes: Buffer, fromMs: number, toMs: number): Promise<AcceptedAudio> {
  const part = trimmed(await decodeAudio(bytes), fromMs, toMs);
  return {
    bytes: await toMonoWav(part),
    fileName: withExtension(plainName(fileName), 'wav'),
    durationMs: durationMsOf(part),
    converted: true,
  };
}

function obstacleOf(bytes: Buffer): Obstacle | undefined {
  if (extensionFor(bytes) !== 'mp3') return 'not-mp3';
  if (mp3Channels(bytes) !== 1) return 'not-mono';
  return bytes.length > MAX_MP3_BYTES ? 'too-large' : undefined;
}

/** A name without a path, and without characters that no screen shows. */
function plainName(fileName: string): string {
  const last = fileName.split(/[\\/]/).at(-1) ?? '';
  const shown = last.replaceAll(/\p{C}/gu, '').trim();
  return (shown === '' ? 'recording' : shown).slice(-MAX_NAME_CHARACTERS);
}

function withExtension(fileName: string, extension: string): string {
  const stem = fileName.replace(/\.[^.]{1,8}$/, '').slice(0, MAX_NAME_CHARACTERS - extension.length - 1);
  return `${stem === '' ? 'recording' : stem}.${extension}`;
}
