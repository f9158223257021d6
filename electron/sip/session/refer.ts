import type { SipRequest } from '../message.ts';
import { parseNameAddr } from '../name-addr.ts';
import { parseSipUri } from '../uri.ts';
import { type Replaces, replacesOfUri } from './replaces.ts';

/** Whom a REFER names, or the status that refuses it. */
export type ReferTarget =
  | { readonly user: string; readonly replaces: Replaces | undefined }
  | { readonly status: number };

/**
 * Reads a REFER (RFC 3515 2.4.2): exactly one Refer-To. Only calls to users of this server are made. `replaces` in an
 * attended transfer (RFC 3891 4).
 */
export function readRefer(request: SipRequest): ReferTarget {
  const [value, ...others] = request.headers.list('Refer-To');
  if (value === undefined || others.length > 0) return { status: 400 };
  const address = parseNameAddr(value);
  const uri = address === undefined ? undefined : parseSipUri(address.uri);
  if (address === undefined || uri === undefined || uri.user === '') return { status: 400 };
  const replaces = replacesOfUri(address.uri);
  if (replaces === 'malformed') return { status: 400 };
  const method = uri.params.get('method') ?? 'INVITE';
  return method.toUpperCase() === 'INVITE' ? { user: uri.user, replaces } : { status: 603 };
}

/** Headers of the NOTIFY that tells how it goes (RFC 3515 2.4.4, 2.4.5); the body is the status line. */
export function notifyHeaders(cseq: number, isFinal: boolean): (readonly [string, string])[] {
  return [
    ['Event', `refer;id=${cseq}`],
    ['Subscription-State', isFinal ? 'terminated;reason=noresource' : 'active;expires=180'],
    ['Content-Type', 'message/sipfrag;version=2.0'],
  ];
}
