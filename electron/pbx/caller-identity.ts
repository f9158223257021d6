import type { PbxAccount } from '../../shared/bridge/pbx.ts';
import type { SipRequest } from '../sip/message.ts';
import { parseNameAddr } from '../sip/name-addr.ts';
import type { IncomingSession } from '../sip/session/incoming.ts';
import { parseSipUri } from '../sip/uri.ts';

/** Who a call shows as its caller; an empty number is a withheld one. */
export interface CallerIdentity {
  readonly number: string;
  readonly name: string;
}

const NUMBER = /^\+?[0-9*#]{1,20}$/;

/**
 * A person's call shows their extension. The tester's call shows whom it plays: the header `X-Dialtree-Caller`
 * (a number, or `anonymous`), else a number as display name of From, else `tester`.
 */
export function callerIdentity(session: IncomingSession, account: PbxAccount): CallerIdentity {
  if (account.personId !== undefined) return { number: account.user, name: account.displayName };
  const displayName = session.request.from.displayName.slice(0, 100);
  const wanted = session.request.headers.get('X-Dialtree-Caller')?.trim() ?? '';
  if (wanted.toLowerCase() === 'anonymous') return { number: '', name: '' };
  if (NUMBER.test(wanted)) return { number: wanted, name: displayName };
  const asNumber = displayName.replace(/[\s()-]/g, '');
  if (NUMBER.test(asNumber)) return { number: asNumber, name: '' };
  return { number: account.user, name: displayName === '' ? account.displayName : displayName };
}

/** Who calls from outside: whom the provider asserts (RFC 3325), else From; trunk/SPEC.md, TN3. */
export function outsideIdentity({ headers, from }: SipRequest): CallerIdentity {
  // RFC 3323 4.2: whoever asked for `id` or `user` privacy is not to be shown, asserted or not.
  const privacy = (headers.get('Privacy') ?? '').toLowerCase().split(/[;,\s]+/);
  if (privacy.includes('id') || privacy.includes('user')) return { number: '', name: '' };
  const asserted = headers.list('P-Asserted-Identity').flatMap((text) => parseNameAddr(text) ?? []);
  for (const { uri, displayName } of [...asserted, from]) {
    // `tel:` is of RFC 3966; parameters after the number do not matter here.
    const user = parseSipUri(uri)?.user ?? /^tel:([^;]*)/i.exec(uri)?.[1] ?? '';
    const number = user.replace(/[\s().-]/g, '');
    if (NUMBER.test(number)) return { number, name: displayName.slice(0, 100) };
  }
  return { number: '', name: '' };
}
