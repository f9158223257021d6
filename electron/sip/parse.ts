import { isToken } from './grammar.ts';
import { SipHeaders } from './headers.ts';
import { HeaderError, type SipMessage, SipRequest, SipResponse } from './message.ts';
import { parseSipUri } from './uri.ts';

/** Larger messages are refused unread; an INVITE of a browser is 3–6 KB. */
export const MAX_MESSAGE_BYTES = 65_536;
const MAX_HEADERS = 256;

export type ParseResult =
  | { readonly ok: true; readonly message: SipRequest | SipResponse }
  | {
      readonly ok: false;
      readonly reason: string;
      /** Status to answer with when a request can be answered at all. */
      readonly status: number;
      /** The request as far as it could be read; null when what came was no request. */
      readonly request: SipRequest | null;
    };

/**
 * Parses one SIP message (RFC 3261 7), the payload of a WebSocket message or datagram. Tolerant where the RFC says so:
 * line folding, compact names, blanks around colons, leading empty lines, bare LF, missing Content-Length.
 * Never throws; what is malformed comes back with the status to answer (400, 505).
 */
export function parseMessage(text: string): ParseResult {
  if (text.length > MAX_MESSAGE_BYTES) return malformed('Message too large', 513, null);
  // RFC 3261 7.5: ignore any CRLF appearing before the start-line.
  let start = 0;
  while (text[start] === '\r' || text[start] === '\n') start++;
  const headEnd = endOfHead(text, start);
  const lines = text.slice(start, headEnd.at).split(/\r?\n/);
  const startLine = lines[0] ?? '';

  const headers = new SipHeaders();
  let headerFault: string | undefined;
  let count = 0;
  for (let i = 1; i < lines.length; i++) {
    let line = lines[i] ?? '';
    // RFC 3261 7.3.1: a line that begins with white space continues the one before.
    while (/^[ \t]/.test(lines[i + 1] ?? '')) line += ` ${(lines[++i] ?? '').trim()}`;
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trimEnd();
    if (colon === -1 || !isToken(name)) headerFault ??= 'Malformed header line';
    else if (++count > MAX_HEADERS) headerFault ??= 'Too many headers';
    else headers.append(name, line.slice(colon + 1).trim());
  }
  const rest = text.slice(headEnd.bodyAt);
  const body = cutBody(rest, headers.get('Content-Length'));

  const response = /^SIP\/(\d+\.\d+) (\d+)(?: (.*))?$/i.exec(startLine);
  if (response !== null) {
    const status = Number(response[2]);
    if (response[1] !== '2.0' || status < 100 || status > 699) return malformed('Bad status line', 400, null);
    const message = new SipResponse(status, response[3] ?? '', headers, body ?? '');
    const fault = headerFault ?? (body === undefined ? 'Bad Content-Length' : undefined) ?? checkEssential(message);
    return fault === undefined ? { ok: true, message } : malformed(fault, 400, null);
  }

  const request = /^(\S+) (.*) SIP\/(\d+\.\d+)$/i.exec(startLine);
  if (request === null) return malformed('No SIP start line', 400, looseRequest(startLine, headers));
  const [, method = '', uri = '', version] = request;
  const message = new SipRequest(method, uri, headers, body ?? '');
  if (!isToken(method)) return malformed('Bad method', 400, message);
  if (version !== '2.0') return malformed('Version Not Supported', 505, message);
  if (headerFault !== undefined) return malformed(headerFault, 400, message);
  if (body === undefined) return malformed('Bad Content-Length', 400, message);
  const fault = checkEssential(message) ?? checkRequest(message);
  return fault === undefined ? { ok: true, message } : malformed(fault, 400, message);
}

function malformed(reason: string, status: number, request: SipRequest | null): ParseResult {
  return { ok: false, reason, status, request };
}

function endOfHead(text: string, from: number): { at: number; bodyAt: number } {
  const crlf = text.indexOf('\r\n\r\n', from);
  const lf = text.indexOf('\n\n', from);
  if (crlf !== -1 && (lf === -1 || crlf < lf)) return { at: crlf, bodyAt: crlf + 4 };
  if (lf !== -1) return { at: lf, bodyAt: lf + 2 };
  return { at: text.length, bodyAt: text.length };
}

/** RFC 3261 18.3: bytes beyond Content-Length are discarded; too few of them is an error (undefined). */
function cutBody(rest: string, contentLength: string | undefined): string | undefined {
  if (contentLength === undefined) return rest;
  if (!/^\d{1,9}$/.test(contentLength)) return undefined;
  const wanted = Number(contentLength);
  const bytes = Buffer.byteLength(rest);
  if (bytes === wanted) return rest;
  return bytes < wanted ? undefined : Buffer.from(rest).subarray(0, wanted).toString();
}

function checkEssential(message: SipMessage): string | undefined {
  try {
    void message.callId;
    void message.from;
    void message.to;
    void message.via;
    void message.cseq;
    return undefined;
  } catch (error) {
    if (error instanceof HeaderError) return error.message;
    throw error;
  }
}

function checkRequest(request: SipRequest): string | undefined {
  // RFC 3261 8.1.1.5: the method of CSeq must match that of the request.
  if (request.cseq.method !== request.method) return 'CSeq method mismatch';
  // RFC 4475 3.1.2.7 and 3.1.2.8: brackets or white space in the Request-URI.
  if (/[\s<>]/.test(request.uri) || !/^[A-Za-z][A-Za-z0-9+.-]*:./.test(request.uri)) return 'Bad Request-URI';
  if (/^sips?:/i.test(request.uri) && parseSipUri(request.uri) === undefined) return 'Bad Request-URI';
  for (const name of ['Call-ID', 'CSeq', 'From', 'To', 'Max-Forwards', 'Content-Length']) {
    // RFC 4475 3.3.8: single-valued headers given more than once.
    if (request.headers.getAll(name).length > 1) return `Repeated ${name}`;
  }
  const maxForwards = request.headers.get('Max-Forwards');
  if (maxForwards !== undefined && !(/^\d{1,10}$/.test(maxForwards) && Number(maxForwards) <= 255)) {
    return 'Bad Max-Forwards';
  }
  return undefined;
}

/** A request whose start line is wrong can still be answered when its first word looks like a method. */
function looseRequest(startLine: string, headers: SipHeaders): SipRequest | null {
  const method = startLine.trim().split(/\s/)[0] ?? '';
  return isToken(method) && headers.has('CSeq') ? new SipRequest(method, '', headers) : null;
}
