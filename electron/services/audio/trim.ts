import { outsideRecording } from './audio-errors.ts';
import { type DecodedAudio, durationMsOf } from './decoded-audio.ts';

/** Both ends are faded over this: a cut in the middle of a wave would click. */
const FADE_MS = 5;
/** Less than this is no prompt. */
const MIN_PART_MS = 50;

/**
 * A part of a recording, with soft ends.
 * @param fromMs @param toMs Milliseconds from its beginning; a little past its end is its end.
 * @throws DialtreeError `audio/outside`: nothing, or next to nothing, is between them.
 */
export function trimmed({ sampleRateHz, channels }: DecodedAudio, fromMs: number, toMs: number): DecodedAudio {
  const durationMs = durationMsOf({ sampleRateHz, channels });
  const endMs = Math.min(toMs, durationMs);
  if (endMs - fromMs < MIN_PART_MS) throw outsideRecording(durationMs);
  const at = (ms: number) => Math.round((ms / 1000) * sampleRateHz);
  const fade = at(FADE_MS);
  const cut = channels.map((samples) => {
    const part = samples.slice(at(fromMs), at(endMs));
    for (let i = 0; i < fade && i < part.length; i++) {
      const factor = i / fade;
      if (fromMs > 0) part[i] = part[i]! * factor;
      if (endMs < durationMs) part[part.length - 1 - i] = part[part.length - 1 - i]! * factor;
    }
    return part;
  });
  return { sampleRateHz, channels: cut };
}
