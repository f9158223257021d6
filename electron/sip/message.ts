import { formatParams, isToken, type Params, parseParams } from './grammar.ts';
import type { SipHeaders } from './headers.ts';
import { type NameAddr, parseNameAddr } from './name-addr.ts';

export interface CSeq {
  readonly number: number;
  readonly method: string;
}

/** One Via value: `SIP/2.0/WS host:port;branch=…` (RFC 3261 20.42). */
export interface Via {
  readonly transport: string;
  /** host[:port] as written: part of the transaction's identity (17.2.3). */
  readonly sentBy: string;
  readonly params: Params;
}

/** A header that must be there is missing or malformed; the parser turns it into a 400. */
export class HeaderError extends Error {}

/** What requests and responses share. The essential headers are parsed on first use and throw `HeaderError`. */
export abstract class SipMessage {
  readonly headers: SipHeaders;
  readonly body: string;
  #cseq: CSeq | undefined;
  #from: NameAddr | undefined;
  #to: NameAddr | undefined;
  #via: Via | undefined;

  constructor(headers: SipHeaders, body: string) {
    this.headers = headers;
    this.body = body;
  }

  get callId(): string {
    return this.#required('Call-ID');
  }

  get cseq(): CSeq {
    this.#cseq ??= parsed(parseCSeq(this.#required('CSeq')), 'CSeq');
    return this.#cseq;
  }

  get from(): NameAddr {
    this.#from ??= parsed(parseNameAddr(this.#required('From')), 'From');
    return this.#from;
  }

  get to(): NameAddr {
    this.#to ??= parsed(parseNameAddr(this.#required('To')), 'To');
    return this.#to;
  }

  /** The topmost Via. */
  get via(): Via {
    this.#via ??= parsed(parseVia(this.headers.list('Via')[0] ?? ''), 'Via');
    return this.#via;
  }

  get fromTag(): string | undefined {
    return this.from.params.get('tag');
  }

  get toTag(): string | undefined {
    return this.to.params.get('tag');
  }

  /** Media type of the body in lower case without parameters; empty when there is none. */
  get contentType(): string {
    return (this.headers.get('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  }

  #required(name: string): string {
    const value = this.headers.get(name);
    if (value === undefined || value === '') throw new HeaderError(`Missing ${name}`);
    return value;
  }
}

export class SipRequest extends SipMessage {
  readonly method: string;
  readonly uri: string;

  constructor(method: string, uri: string, headers: SipHeaders, body = '') {
    super(headers, body);
    this.method = method;
    this.uri = uri;
  }
}

export class SipResponse extends SipMessage {
  readonly status: number;
  readonly reason: string;

  constructor(status: number, reason: string, headers: SipHeaders, body = '') {
    super(headers, body);
    this.status = status;
    this.reason = reason;
  }
}

function parsed<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new HeaderError(`Bad ${name}`);
  return value;
}

/** `314 INVITE`; the number is below 2**31 (RFC 3261 8.1.1.5). */
export function parseCSeq(text: string): CSeq | undefined {
  const match = /^(\d{1,12})\s+(\S+)$/.exec(text.trim());
  const number = Number(match?.[1]);
  const method = match?.[2] ?? '';
  if (match === null || number >= 2 ** 31 || !isToken(method)) return undefined;
  return { number, method };
}

export function parseVia(text: string): Via | undefined {
  const match = /^SIP\s*\/\s*2\.0\s*\/\s*([^\s;]+)\s+([^;]+?)\s*(?:;(.*))?$/is.exec(text.trim());
  if (match === null) return undefined;
  const params = parseParams(match[3] ?? '');
  const sentBy = (match[2] ?? '').replace(/\s*:\s*/, ':');
  if (params === undefined || /\s/.test(sentBy)) return undefined;
  return { transport: (match[1] ?? '').toUpperCase(), sentBy, params };
}

export function formatVia(via: Via): string {
  return `SIP/2.0/${via.transport} ${via.sentBy}${formatParams(via.params)}`;
}
