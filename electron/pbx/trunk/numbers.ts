/** Numbers of emergency services: of Poland and, for guests, of the world. Whoever dials them means them. */
const EMERGENCY: ReadonlySet<string> = new Set(['112', '911', '999', '998', '997', '000', '984', '985', '986']);
/** E.164 6.2: at most fifteen digits with the country code. */
const INTERNATIONAL = /^\+[1-9]\d{6,14}$/;
/** The longest number that is no subscriber's: short codes of services and extensions of other telephone systems. */
const SHORT_DIGITS = 6;

/** A number that was asked for, as rules judge it. */
export type Destination =
  | { readonly kind: 'emergency'; readonly number: string }
  /** International, `+48123456789`. */
  | { readonly kind: 'subscriber'; readonly number: string }
  /** A short code, or one with `*` and `#`; it means whatever the provider makes of it. */
  | { readonly kind: 'short'; readonly number: string }
  | { readonly kind: 'unusable'; readonly number: string };

/** What a number means that a flow, a person or the far end writes as it likes. `countryCode` without `+`. */
export function destinationOf(text: string, countryCode: string): Destination {
  const number = text.replace(/[\s().\-/]/g, '');
  const withoutCountry = number.startsWith(`+${countryCode}`) ? number.slice(countryCode.length + 1) : number;
  if (EMERGENCY.has(withoutCountry)) return { kind: 'emergency', number: withoutCountry };
  const international = toInternational(number, countryCode);
  if (international !== undefined) return { kind: 'subscriber', number: international };
  if (/^[\d*#]{1,20}$/.test(number) && (number.length <= SHORT_DIGITS || /[*#]/.test(number))) {
    return { kind: 'short', number };
  }
  return { kind: 'unusable', number };
}

/** `+48…` of `+48…`, `0048…` and national numbers, with or without the 0 of long distance; undefined of others. */
function toInternational(number: string, countryCode: string): string | undefined {
  if (!/^\+?\d+$/.test(number)) return undefined;
  if (number.startsWith('+')) return checked(number);
  if (number.startsWith('00')) return checked(`+${number.slice(2)}`);
  const national = number.replace(/^0/, '');
  return national.length <= SHORT_DIGITS ? undefined : checked(`+${countryCode}${national}`);
}

function checked(number: string): string | undefined {
  return INTERNATIONAL.test(number) ? number : undefined;
}

/** How the provider is told the number. */
export function dialString(destination: Destination, format: 'plus' | 'double-zero' | 'digits'): string {
  const { kind, number } = destination;
  if (kind !== 'subscriber' || format === 'plus') return number;
  return format === 'digits' ? number.slice(1) : `00${number.slice(1)}`;
}

/**
 * The number of the plan that the far end means: as it stands there, or the same in another writing. Providers leave
 * the `+` out, too: `48123456789` is a national number that nobody has, and `+48123456789` without its `+`.
 */
export function findNumber(
  dialPlan: Readonly<Record<string, string>>,
  called: string,
  countryCode: string,
): string | undefined {
  if (Object.hasOwn(dialPlan, called)) return dialPlan[called];
  const plan = Object.entries(dialPlan).map(([number, id]) => [readingOf(number, countryCode), id] as const);
  for (const text of [called, `+${called}`]) {
    const reading = readingOf(text, countryCode);
    const found = reading === undefined ? undefined : plan.find(([number]) => number === reading);
    if (found !== undefined) return found[1];
  }
  return undefined;
}

function readingOf(text: string, countryCode: string): string | undefined {
  const { kind, number } = destinationOf(text, countryCode);
  return kind === 'subscriber' ? number : undefined;
}
