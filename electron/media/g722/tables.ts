/** Tables of ITU-T G.722 (64 kbit/s), by their names in the recommendation. Positions of negative numbers mirror. */

/** The first half of the symmetric 24 coefficients of the quadrature mirror filters. */
const QMF_HALF = [3, -11, -11, 53, 12, -156, 32, 362, -210, -805, 951, 3876] as const;
const QMF = [...QMF_HALF, ...QMF_HALF.toReversed()];

/** Those at even places; the ones at odd places are the same from behind. */
export const QMF_EVEN = QMF.filter((_, place) => place % 2 === 0);

/** Q6: borders of the lower band's quantiser. */
export const LOW_BORDERS = [
  35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023, 1121, 1219, 1339, 1458,
  1612, 1765, 1980, 2195, 2557, 2919,
] as const;

/** Outputs of the lower band's 60 levels, by the place from zero (QM6). */
const LOW_LEVELS = [
  136, 432, 728, 1040, 1360, 1688, 2032, 2400, 2776, 3168, 3576, 4008, 4464, 4944, 5456, 6000, 6576, 7192, 7856, 8576,
  9360, 10_232, 11_192, 12_280, 13_512, 14_984, 16_704, 19_008, 21_904, 24_808,
] as const;

/** ILP: code of a place from zero: 61 and 60 first, then 59 down to 32. */
export const LOW_CODES_POSITIVE = LOW_LEVELS.map((_, place) => 61 - place);
/** ILN: 63 and 62, then 31 down to 4. */
export const LOW_CODES_NEGATIVE = LOW_LEVELS.map((_, place) => (place < 2 ? 63 - place : 33 - place));

/** QM6 by code. Codes 0–3 are never sent; they mean the smallest level. */
export const LOW_OUTPUTS = Int32Array.from({ length: 64 }, (_, code) => {
  const positive = LOW_CODES_POSITIVE.indexOf(code);
  const negative = LOW_CODES_NEGATIVE.indexOf(code);
  if (positive >= 0) return LOW_LEVELS[positive] ?? 0;
  return -(LOW_LEVELS[Math.max(0, negative)] ?? 0);
});

/** Outputs of the quantiser with 15 levels, which adapts the lower band, by the place from zero (QM4). */
const ADAPTING_LEVELS = [0, 1200, 2584, 4240, 6288, 8968, 12_896, 20_456] as const;

/** QM4 by the upper four bits of the code. */
export const ADAPTING_OUTPUTS = Int32Array.from({ length: 16 }, (_, code) => {
  if (code === 0 || code === 15) return 0;
  return code < 8 ? -(ADAPTING_LEVELS[8 - code] ?? 0) : (ADAPTING_LEVELS[15 - code] ?? 0);
});

/** WL by the place from zero. */
const LOW_CHANGES = [-60, -30, 58, 172, 334, 538, 1198, 3042] as const;

/** How the lower band's scale factor changes, by the upper four bits of the code: WL(RL42). */
export const LOW_SCALE_CHANGES = Int32Array.from({ length: 16 }, (_, code) => {
  const place = code === 0 || code === 15 ? 0 : code < 8 ? 8 - code : 15 - code;
  return LOW_CHANGES[place] ?? 0;
});

/** QM2 by code, and the border between its levels. */
export const HIGH_OUTPUTS = Int32Array.of(-7408, -1616, 7408, 1616);
export const HIGH_BORDER = 564;
/** WH(IH2) by code. */
export const HIGH_SCALE_CHANGES = Int32Array.of(798, -214, 798, -214);

/** ILB: the powers of 2 from 2^11 on, in 32 steps. */
export const POWERS = Int32Array.from({ length: 32 }, (_, step) => Math.round(2048 * 2 ** (step / 32)));
