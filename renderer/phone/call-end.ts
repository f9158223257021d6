import type { CallEnd, PhoneCall } from './phone-types.ts';

/** What is known of a call's end: JsSIP's words for it, taken apart. */
export interface EndFacts {
  readonly originator: 'local' | 'remote' | 'system';
  /** JsSIP's cause, e.g. `Canceled`. */
  readonly cause: string;
  /** Status code of a final response, where one ended the call. */
  readonly statusCode?: number | undefined;
  /** `Reason` header of a CANCEL or BYE (RFC 3326). */
  readonly reasonHeader?: string | undefined;
}

/** The server is gone, or does not know the call any more. */
const LOST = new Set(['Connection Error', 'Request Timeout', 'Dialog Error']);

/**
 * Why a call ended, in an operator's terms. A CANCEL whose Reason says that someone else took the call (SIP 200 or
 * Q.850 26, RFC 3326) is not a missed call.
 */
export function callEnd(call: Pick<PhoneCall, 'direction' | 'answeredAtMs' | 'transfer'>, facts: EndFacts): CallEnd {
  if (call.transfer?.status === 'done') return 'transferred';
  if (call.answeredAtMs !== null) return endOfConversation(facts);
  if (facts.cause === 'WebRTC Error' || facts.cause === 'User Denied Media Access') return 'no-audio';
  if (facts.cause === 'Connection Error') return 'connection-lost';
  if (call.direction === 'incoming') {
    if (facts.originator === 'local') return 'rejected';
    return tookElsewhere(facts.reasonHeader) ? 'answered-elsewhere' : 'missed';
  }
  if (facts.originator === 'local') return 'cancelled';
  switch (facts.statusCode) {
    case 486:
    case 600:
      return 'busy';
    case 408:
    case 487:
      return 'no-answer';
    case 404:
    case 484:
    case 604:
      return 'not-found';
    // RFC 3891 3: what was to be picked up is answered, or given up.
    case 481:
      return 'rings-no-more';
    case 480:
      return 'unavailable';
    case 603:
    case 403:
      return 'rejected';
    default:
      return 'failed';
  }
}

function endOfConversation({ originator, cause }: EndFacts): CallEnd {
  if (cause === 'RTP Timeout' || cause === 'WebRTC Error') return 'no-audio';
  if (LOST.has(cause)) return 'connection-lost';
  return originator === 'local' ? 'hung-up-here' : 'hung-up-there';
}

function tookElsewhere(reason: string | undefined): boolean {
  if (reason === undefined) return false;
  const cause = /;\s*cause\s*=\s*(\d+)/i.exec(reason)?.[1];
  return (/^\s*SIP\b/i.test(reason) && cause === '200') || (/^\s*Q\.850\b/i.test(reason) && cause === '26');
}
