export const MINUTE_MS = 60_000;
export const SECOND_MS = 1000;

/** Something like speech for a codec: a gliding tone that never is silent; 8 kHz mono. */
export function speechLike(durationMs: number): Int16Array {
  return Int16Array.from({ length: durationMs * 8 }, (_, i) => {
    const seconds = i / 8000;
    return Math.round(8000 * Math.sin(2 * Math.PI * (300 * seconds + 40 * Math.sin(seconds * 3))));
  });
}
