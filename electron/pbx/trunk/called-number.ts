import type { SipRequest } from '../../sip/message.ts';
import { parseSipUri } from '../../sip/uri.ts';
import { findNumber } from './numbers.ts';

/**
 * The number that a call from outside is for (TN2). Providers write it in the Request-URI, or, when that is the Contact
 * of our registration, in To.
 */
export function numberCalled(
  request: SipRequest,
  dialPlan: Readonly<Record<string, string>>,
  countryCode: string,
): { readonly text: string; readonly numberId: string | undefined } {
  const users = [request.uri, request.to.uri].map((uri) => parseSipUri(uri)?.user ?? '');
  for (const text of users) {
    const numberId = findNumber(dialPlan, text, countryCode);
    if (numberId !== undefined) return { text, numberId };
  }
  return { text: users[0] ?? '', numberId: undefined };
}
