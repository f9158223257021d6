import { MAX_MESSAGE_BYTES } from './parse.ts';

/** What a stream brings: a message, a keep-alive to answer, or something after which no message can be found any more. */
export type StreamItem =
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'keep-alive' }
  /** `text`: the head as far as it came, so that it may be answered. */
  | { readonly kind: 'broken'; readonly why: string; readonly text: string };

const MAX_HEAD_BYTES = 16_384;
const CR = 0x0d;
const LF = 0x0a;

/** Cuts a byte stream into SIP messages by Content-Length (RFC 3261 18.3). */
export class StreamFramer {
  #bytes: Buffer = Buffer.alloc(0);
  #broken = false;

  /** Whether a part of a message is there. */
  get isWaiting(): boolean {
    return this.#bytes.length > 0;
  }

  /** Takes what came. After `broken` nothing comes any more. */
  push(bytes: Buffer): StreamItem[] {
    if (this.#broken) return [];
    this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes]);
    const items: StreamItem[] = [];
    for (let item = this.#next(); item !== undefined; item = this.#next()) {
      items.push(item);
      if (item.kind === 'broken') {
        this.#broken = true;
        this.#bytes = Buffer.alloc(0);
        break;
      }
    }
    return items;
  }

  #next(): StreamItem | undefined {
    const blank = this.#takeBlankLines();
    if (blank !== undefined) return blank;
    const bytes = this.#bytes;
    if (bytes.length === 0) return undefined;
    const head = endOfHead(bytes);
    if (head === undefined) {
      return bytes.length > MAX_HEAD_BYTES ? this.#fail('Header too large', bytes.length) : undefined;
    }
    const length = contentLength(bytes.toString('latin1', 0, head));
    if (typeof length === 'string') return this.#fail(length, head);
    if (head + length > MAX_MESSAGE_BYTES) return this.#fail('Message too large', head);
    if (bytes.length < head + length) return undefined;
    this.#bytes = bytes.subarray(head + length);
    return { kind: 'message', text: bytes.toString('utf8', 0, head + length) };
  }

  /**
   * RFC 5626 4.4.1: a double CRLF between messages is a keep-alive. RFC 3261 7.5: other empty lines before a message
   * mean nothing. A CRLF that may be the first half of a double one is left until more comes.
   */
  #takeBlankLines(): StreamItem | undefined {
    const bytes = this.#bytes;
    let at = 0;
    while (bytes[at] === CR || bytes[at] === LF) {
      if (bytes.toString('latin1', at, at + 4) === '\r\n\r\n') {
        this.#bytes = bytes.subarray(at + 4);
        return { kind: 'keep-alive' };
      }
      if (bytes.length - at < 4 && '\r\n\r\n'.startsWith(bytes.toString('latin1', at))) break;
      at++;
    }
    this.#bytes = bytes.subarray(at);
    return undefined;
  }

  #fail(why: string, headBytes: number): StreamItem {
    return { kind: 'broken', why, text: this.#bytes.toString('utf8', 0, Math.min(headBytes, MAX_HEAD_BYTES)) };
  }
}

/** Index after the empty line that ends the head. */
function endOfHead(bytes: Buffer): number | undefined {
  const crlf = bytes.indexOf('\r\n\r\n');
  const lf = bytes.indexOf('\n\n');
  if (crlf !== -1 && (lf === -1 || crlf < lf)) return crlf + 4;
  return lf === -1 ? undefined : lf + 2;
}

/** Bytes of the body, or what is wrong. RFC 3261 20.14: over streams the header is mandatory. */
function contentLength(head: string): number | string {
  const values = [...head.matchAll(/^(?:content-length|l)[ \t]*:(.*)$/gim)].map((match) => match[1]?.trim() ?? '');
  if (values.length === 0) return 'No Content-Length';
  if (values.length > 1 || !/^\d{1,9}$/.test(values[0] ?? '')) return 'Bad Content-Length';
  return Number(values[0]);
}
