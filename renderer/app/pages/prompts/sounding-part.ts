/** Of the loudest peak: what is below it at the ends is breath and room. */
const QUIET_SHARE = 0.05;
/** Left before and after the words: a prompt that begins at once sounds cut off. */
const MARGIN_MS = 150;

/**
 * Where the words are in a recording: from its first to its last loud peak, with a margin.
 * @param peaks Of equal parts of the recording, from 0 to 1.
 * @returns Beginning and end, ms; the whole recording where all of it is silent.
 */
export function soundingPart(peaks: readonly number[], durationMs: number): [fromMs: number, toMs: number] {
  const limit = Math.max(0, ...peaks) * QUIET_SHARE;
  const isLoud = (peak: number) => peak > limit;
  const first = peaks.findIndex(isLoud);
  if (first < 0) return [0, durationMs];
  const last = peaks.findLastIndex(isLoud);
  const partMs = durationMs / peaks.length;
  return [
    Math.max(0, Math.round(first * partMs - MARGIN_MS)),
    Math.min(durationMs, Math.round((last + 1) * partMs + MARGIN_MS)),
  ];
}
