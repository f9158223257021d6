import { describe, expect, test } from 'vitest';
import { G722Decoder, G722Encoder } from '../../../../electron/media/g722/g722.ts';
import { seededRandom } from '../../../support/seeded-random.ts';
import { sine, snrDb } from '../../../support/sound.ts';

/** Delay of both filters. */
const DELAY = 22;

function throughCodec(samples: Int16Array): Int16Array {
  return new G722Decoder().decode(new G722Encoder().encode(samples)).subarray(DELAY);
}

describe('[GW1] what other encoders and decoders make of it (captured from ffmpeg)', () => {
  const tone = Int16Array.from({ length: 200 }, (_, n) => Math.round(10_000 * Math.sin(n * 0.3)));
  const bytes =
    'fa9426892291a0a060a0f2d5cccbcfd9f5ecea6cf3ddd3d0d096bcf1ec6df2bdd7d292d6def6f0ee71f89cd4d295dafab3f070f4bdd8d294' +
    'd7fff6f2f072fa9bd6d495dbf9b3f171f69fdad493dafff7f171f3fbdad695d6ddbbf4eef2f7fed79757999e';
  const heard = [
    0, -1, -1, 0, 0, -1, -1, 0, 0, -3, 0, 7, -2, -20, -4, 34, 8, -71, -21, 78, 56, -72, -58, 126, 507, 954, 1027, 1502,
    3764, 6634, 7081, 4597, 1308, -1554, -4205, -6687, -8679, -9976, -10_230, -9342, -7665, -5489, -2829, 161, 3179,
    5931, 8178, 9670, 10_192, 9744, 8570, 6720, 4162, 1141, -1813, -4465, -6782, -8693, -9932, -10_262,
  ];

  test('a tone', () => {
    const encoded = new G722Encoder().encode(tone);
    expect(Buffer.from(encoded).toString('hex')).toBe(bytes);
    expect([...new G722Decoder().decode(encoded).subarray(0, heard.length)]).toEqual(heard);
  });

  test('silence', () => {
    const encoded = new G722Encoder().encode(new Int16Array(150));
    expect(Buffer.from(encoded).toString('hex')).toBe(
      `${'fa'.repeat(44)}f7f7f7f7f7f7f7f8f7faf7f8f8fafaf7f7f8f7faf8f7faf8f7faf7f8f8fadb`,
    );
  });
});

describe('round trip', () => {
  test.each([
    [200, 40],
    [440, 40],
    [1000, 38],
    [2500, 30],
    [3400, 25],
    [5000, 14],
    [6500, 10],
  ])('%i Hz keeps %i dB', (hz, leastDb) => {
    const samples = sine(hz, 500, 16_000);
    const copy = throughCodec(samples);
    // The adaptation needs some 10 ms.
    expect(snrDb(samples.subarray(400, -100), copy.subarray(400, -78))).toBeGreaterThan(leastDb);
  });

  test('loud and soft', () => {
    for (const level of [32_767, 3000, 300]) {
      const samples = sine(700, 500, 16_000, level);
      expect(snrDb(samples.subarray(400, -100), throughCodec(samples).subarray(400, -78))).toBeGreaterThan(28);
    }
    const square = Int16Array.from({ length: 8000 }, (_, n) => (n % 80 < 40 ? 32_767 : -32_768));
    expect(snrDb(square.subarray(400, -100), throughCodec(square).subarray(400, -78))).toBeGreaterThan(5);
  });

  test('pieces are as the whole', () => {
    const random = seededRandom(7);
    const samples = Int16Array.from({ length: 3200 }, () => Math.round((random() - 0.5) * 20_000));
    const whole = new G722Encoder().encode(samples);
    const encoder = new G722Encoder();
    const pieces = Array.from({ length: 10 }, (_, n) => encoder.encode(samples.subarray(n * 320, (n + 1) * 320)));
    expect(Buffer.concat(pieces)).toEqual(Buffer.from(whole));
    const decoder = new G722Decoder();
    const heard = pieces.flatMap((piece) => [...decoder.decode(piece)]);
    expect(Int16Array.from(heard)).toEqual(new G722Decoder().decode(whole));
  });
});
