import { expect, it } from 'vitest';
import { soundingPart } from '../../../../../renderer/app/pages/prompts/sounding-part.ts';

it.each([
  ['words in the middle', [0, 0.01, 0, 0.6, 0.9, 0.2, 0, 0, 0, 0], 10_000, [2850, 6150]],
  ['nothing but words', [0.5, 0.9], 1000, [0, 1000]],
  ['nothing but silence', [0, 0, 0], 3000, [0, 3000]],
  ['a pause between words is theirs', [0.8, 0, 0, 0.8, 0, 0], 6000, [0, 4150]],
  ['quiet words are words where all is quiet', [0, 0.02, 0.01, 0], 4000, [850, 3150]],
] as const)('%s', (_, peaks, durationMs, part) => {
  expect(soundingPart(peaks, durationMs)).toEqual(part);
});
