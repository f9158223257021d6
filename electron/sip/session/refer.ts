import type { SipRequest } from '../message.ts';
import { parseNameAddr } from '../name-addr.ts';
import { createResponse, reasonPhrase } from '../responses.ts';
import type { ServerTransaction } from '../transactions/layer.ts';
import { parseSipUri } from '../uri.ts';
import { type Replaces, replacesOfUri } from './replaces.ts';

/** Whom a REFER names, or the status that refuses it. */
type ReferTarget = { readonly user: string; readonly replaces: Replaces | undefined } | { readonly status: number };

/**
 * Reads a REFER (RFC 3515 2.4.2): exactly one Refer-To. Only calls to users of this server are made. `replaces` in an
 * attended transfer (RFC 3891 4).
 */
function readRefer(request: SipRequest): ReferTarget {
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
function notifyHeaders(cseq: number, isFinal: boolean): (readonly [string, string])[] {
  return [
    ['Event', `refer;id=${cseq}`],
    ['Subscription-State', isFinal ? 'terminated;reason=noresource' : 'active;expires=180'],
    ['Content-Type', 'message/sipfrag;version=2.0'],
  ];
}

/** Who carries a REFER out, and how the NOTIFYs go back. */
export interface ReferHandling {
  /** Gives what to do once it is accepted; undefined declines it. See `SessionEvents.onRefer`. */
  begin(user: string, replaces: Replaces | undefined): ((tell: (status: number) => void) => void) | undefined;
  notify(headers: readonly (readonly [string, string])[], body: string): void;
}

/** RFC 3515 2.4.2: 202, then a NOTIFY at once and one with the outcome. */
export function answerRefer(
  request: SipRequest,
  transaction: ServerTransaction,
  contact: readonly [string, string],
  handling: ReferHandling,
): void {
  const target = readRefer(request);
  const begin = 'user' in target ? handling.begin(target.user, target.replaces) : undefined;
  if (begin === undefined) {
    transaction.respond(createResponse(request, 'status' in target ? target.status : 603));
    return;
  }
  transaction.respond(createResponse(request, 202, { headers: [contact] }));
  const tell = (status: number): void => {
    const headers = [...notifyHeaders(request.cseq.number, status >= 200), contact];
    handling.notify(headers, `SIP/2.0 ${status} ${reasonPhrase(status)}\r\n`);
  };
  tell(100);
  begin(tell);
}
