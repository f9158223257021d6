import { type SipMessage, SipRequest, type SipResponse } from './message.ts';

/** Bytes on the wire as text. Content-Length is computed; line breaks inside values become blanks (no injection). */
export function serialise(message: SipRequest | SipResponse): string {
  return message instanceof SipRequest
    ? withHeaders(`${message.method} ${oneLine(message.uri)} SIP/2.0\r\n`, message)
    : withHeaders(`SIP/2.0 ${message.status} ${oneLine(message.reason)}\r\n`, message);
}

function withHeaders(startLine: string, message: SipMessage): string {
  let text = startLine;
  for (const [name, value] of message.headers.entries()) {
    if (name !== 'Content-Length') text += `${name}: ${oneLine(value)}\r\n`;
  }
  return `${text}Content-Length: ${Buffer.byteLength(message.body)}\r\n\r\n${message.body}`;
}

function oneLine(value: string): string {
  return /[\r\n]/.test(value) ? value.replace(/[\r\n]+/g, ' ') : value;
}
