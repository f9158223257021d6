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

/** `audio/outside`: a part of a recording that it does not have. */
export function outsideRecording(durationMs: number): DialtreeError {
  return new DialtreeError({
    code: 'audio/outside',
    message: `The part does not lie in the recording, which is ${(durationMs / 1000).toFixed(2)} s long, or is too short.`,
    hint: 'Choose a beginning before the end.',
    params: { durationMs },
  });
}

/** Why a file does not pass as it is (S2), though it can be converted. */
export type Obstacle = 'not-mp3' | 'not-mono' | 'too-large';

const OBSTACLES: Readonly<Record<Obstacle, string>> = {
  'not-mp3': 'The file is no mp3.',
  'not-mono': 'The recording is stereo; a telephone has one channel.',
  'too-large': 'The file is larger than 2 MB.',
};

/** `audio/not-mp3`, `audio/not-mono` or `audio/too-large`, with the parameter `convertible`. */
export function needsConversion(obstacle: Obstacle): DialtreeError {
  return new DialtreeError({
    code: `audio/${obstacle}`,
    message: OBSTACLES[obstacle],
    hint: 'Convert it here, or save it as a mono mp3 of at most 2 MB.',
    params: { convertible: 1 },
  });
}

/** `audio/too-large` for what is not even converted. */
export function tooManyBytes(maxBytes: number): DialtreeError {
  const megabytes = Math.round(maxBytes / 2 ** 20);
  return new DialtreeError({
    code: 'audio/too-large',
    message: `The file is larger than ${megabytes} MB.`,
    hint: 'Cut it to what a caller should hear.',
    params: { megabytes, convertible: 0 },
  });
}
