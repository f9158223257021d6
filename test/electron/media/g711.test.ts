import { expect, test } from 'vitest';
import { decodeG711, encodeG711, type G711Codec, SILENCE, transcodeG711 } from '../../../electron/media/g711.ts';
import { sine, snrDb } from '../../support/sound.ts';

const CODECS: readonly G711Codec[] = ['PCMU', 'PCMA'];

test.each<[G711Codec, number, number]>([
  // ITU-T G.711 tables 2a/2b and 1a/1b: zero, smallest, largest.
  ['PCMU', 0, 0xff],
  ['PCMU', -1, 0x7f],
  ['PCMU', 32_767, 0x80],
  ['PCMU', -32_768, 0x00],
  ['PCMU', 1000, 0xce],
  ['PCMA', 0, 0xd5],
  ['PCMA', -1, 0x55],
  ['PCMA', 32_767, 0xaa],
  ['PCMA', -32_768, 0x2a],
])('%s of %i is 0x%s', (codec, sample, byte) => {
  expect(encodeG711(codec, Int16Array.of(sample))[0]).toBe(byte);
});

test.each(CODECS)('%s: every byte decodes to a sample that encodes to the same byte', (codec) => {
  for (let byte = 0; byte < 256; byte++) {
    // Negative zero of µ-law (0x7f) is zero, and encodes as positive zero.
    if (codec === 'PCMU' && byte === 0x7f) continue;
    expect(encodeG711(codec, decodeG711(codec, Uint8Array.of(byte)))[0]).toBe(byte);
  }
});

test.each(CODECS)('%s keeps speech-level tones at 37 dB or better, quiet ones at 30', (codec) => {
  for (const [level, leastDb] of [
    [10_000, 37],
    [1000, 35],
    [300, 28],
  ] as const) {
    const tone = sine(1004, 500, 8000, level);
    expect(snrDb(tone, decodeG711(codec, encodeG711(codec, tone)))).toBeGreaterThan(leastDb);
  }
});

test.each(CODECS)('%s silence is silent', (codec) => {
  expect(Math.abs(decodeG711(codec, Uint8Array.of(SILENCE[codec]))[0] ?? 99)).toBeLessThanOrEqual(8);
});

test('from one law to the other costs little, to the same law nothing', () => {
  const tone = sine(440, 500);
  const asA = transcodeG711('PCMU', 'PCMA', encodeG711('PCMU', tone));
  expect(snrDb(tone, decodeG711('PCMA', asA))).toBeGreaterThan(33);
  const bytes = Uint8Array.of(1, 2, 3);
  expect(transcodeG711('PCMA', 'PCMA', bytes)).toBe(bytes);
});
