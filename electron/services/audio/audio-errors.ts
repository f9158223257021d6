import { DialtreeError } from '../../../shared/lib/errors.ts';

/** A recording longer than this is no prompt, and decoding it would take the memory of one. */
export const MAX_DURATION_MS = 15 * 60_000;

/** `audio/not-supported`: bytes of a kind that is not read here. */
export function notSupported(cause?: unknown): DialtreeError {
  return new DialtreeError(
    {
      code: 'audio/not-supported',
      message: 'This is no recording of a kind that can be played.',
      hint: 'Use mp3, WAV, FLAC or Ogg Vorbis.',
    },
    { cause },
  );
}

/** `audio/damaged`: it begins like a recording, but has no sound that can be decoded. */
export function damaged(why: string, cause?: unknown): DialtreeError {
  return new DialtreeError(
    {
      code: 'audio/damaged',
      message: `The recording is damaged: ${why}.`,
      hint: 'Play it in another program, and save it there again.',
      params: { why },
    },
    { cause },
  );
}

/** `audio/too-large` for what lasts too long. */
export function tooLong(): DialtreeError {
  const minutes = MAX_DURATION_MS / 60_000;
  return new DialtreeError({
    code: 'audio/too-large',
    message: `The recording lasts longer than ${minutes} minutes.`,
    hint: 'Cut it to what a caller should hear.',
    params: { minutes },
  });
}
