/** Country codes of one and two digits (ITU-T E.164, list of assigned country codes); all others have three. */
const SHORT_CODES = /^(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** The country code of a number in international writing, e.g. `48`; null of any other. */
export function countryCodeOf(number: string): string | null {
  if (!number.startsWith('+')) return null;
  const digits = number.slice(1);
  return SHORT_CODES.exec(digits)?.[0] ?? digits.slice(0, 3);
}

/**
 * Beginnings of numbers that cost more than a call: shared-cost and premium-rate services of the ITU (979), satellite
 * and international networks (881–883), and the premium ranges of some countries' numbering plans (Poland 70x, United
 * Kingdom 09, Germany 0900, Austria 09xx, North America 900).
 */
const PREMIUM = /^\+(979|88[123]|4870[0-9]|449|49900|439[03]|1900)/;

export function isPremium(number: string): boolean {
  return PREMIUM.test(number);
}
