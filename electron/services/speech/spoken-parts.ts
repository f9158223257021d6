import { parseSpeech } from '../../../shared/flow/speech-markup.ts';
import { isSpoken, refuseEmpty } from './synthesizer.ts';
import type { Pcm } from './wav.ts';

/**
 * Speaks a text with its pauses: these are ours, so that every voice keeps them; what is between them is the voice's.
 * @throws DialtreeError `speech/empty`, `speech/nothing-to-say`, and what `speak` throws.
 */
export async function speakParts(text: string, speak: (words: string) => Pcm | Promise<Pcm>): Promise<Pcm> {
  const parts = parseSpeech(text);
  refuseEmpty(parts.map((part) => (part.kind === 'words' ? part.text : '')).join(' '));
  /** Sound, or silence in ms. */
  const spoken: (Pcm | number)[] = [];
  for (const part of parts) {
    if (part.kind === 'pause') spoken.push(part.ms);
    else if (isSpoken(part.text)) spoken.push(await speak(part.text));
  }
  const sampleRateHz = spoken.find((one) => typeof one !== 'number')?.sampleRateHz ?? 0;
  const pieces = spoken.map((one) =>
    typeof one === 'number' ? new Int16Array(Math.round((one * sampleRateHz) / 1000)) : one.samples,
  );
  const samples = new Int16Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    samples.set(piece, at);
    at += piece.length;
  }
  return { sampleRateHz, samples };
}
