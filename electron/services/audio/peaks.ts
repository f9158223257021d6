import { type DecodedAudio, mixDown } from './decoded-audio.ts';

/** The peaks of `count` equal parts of the sound, from 0 to 1, to two decimals: enough for a drawing. */
export function peaksOf(audio: DecodedAudio, count: number): number[] {
  const samples = mixDown(audio);
  return Array.from({ length: count }, (_, part) => {
    const from = Math.floor((part * samples.length) / count);
    const to = Math.floor(((part + 1) * samples.length) / count);
    let peak = 0;
    for (let i = from; i < to; i++) peak = Math.max(peak, Math.abs(samples[i]!));
    return Math.min(1, Math.round(peak * 100) / 100);
  });
}
