import { z } from 'zod';

/**
 * A number outside the phone system: international as in E.164 (`+` and 7 to 15 digits), or as a trunk takes it (a
 * national number, a short code). Empty while it is not typed yet.
 */
export const ExternalNumberSchema = z
  .string()
  .regex(/^(\+[1-9][0-9]{6,14}|[0-9*#]{1,20})?$/, '"+" and 7 to 15 digits, or up to 20 digits, "*" and "#"');

/** A number as people write it, without what stands between its digits. */
export function withoutPunctuation(number: string): string {
  return number.replace(/[\s().\-/]/g, '');
}
