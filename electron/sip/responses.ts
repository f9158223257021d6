import { SipHeaders } from './headers.ts';
import { type SipRequest, SipResponse } from './message.ts';

/** Default reason phrases of the statuses this server uses (RFC 3261 21). */
const REASONS: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  200: 'OK',
  202: 'Accepted',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  415: 'Unsupported Media Type',
  420: 'Bad Extension',
  422: 'Session Interval Too Small',
  423: 'Interval Too Brief',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  482: 'Loop Detected',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  489: 'Bad Event',
  491: 'Request Pending',
  500: 'Server Internal Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
  505: 'Version Not Supported',
  513: 'Message Too Large',
  603: 'Decline',
};

/** The RFC's words for a status. */
export function reasonPhrase(status: number): string {
  return REASONS[status] ?? 'Unknown';
}

export interface ResponseOptions {
  readonly reason?: string;
  /** Tag to add to To when the request has none (RFC 3261 8.2.6.2). */
  readonly toTag?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
}

/** A response to `request` with Via, From, To, Call-ID and CSeq copied from it (RFC 3261 8.2.6). */
export function createResponse(request: SipRequest, status: number, options: ResponseOptions = {}): SipResponse {
  const headers = new SipHeaders();
  for (const via of request.headers.getAll('Via')) headers.append('Via', via);
  for (const name of ['From', 'To', 'Call-ID', 'CSeq'] as const) {
    let value = request.headers.get(name);
    if (value === undefined) continue;
    if (name === 'To' && status > 100 && options.toTag !== undefined && !hasTag(value))
      value += `;tag=${options.toTag}`;
    headers.append(name, value);
  }
  for (const [name, value] of options.headers ?? []) headers.append(name, value);
  return new SipResponse(status, options.reason ?? REASONS[status] ?? 'Unknown', headers, options.body ?? '');
}

/** Works on malformed values too: a 400 is built from requests whose To cannot be parsed. */
function hasTag(to: string): boolean {
  return /;\s*tag\s*=/i.test(to.slice(to.lastIndexOf('>') + 1));
}
