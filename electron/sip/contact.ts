import type { SipFlow } from './transport.ts';

/**
 * Our Contact on a flow. `secure` answers a `sips:` URI by one of the same kind (RFC 3261 12.1.1), whose transport is
 * TLS without saying so (RFC 5630 3.1.4). WebSockets with and without TLS are both `ws` (RFC 7118 5.2).
 */
export function contactOf(user: string, flow: SipFlow, secure = false): string {
  const transport = flow.protocol === 'WSS' ? 'ws' : flow.protocol.toLowerCase();
  const params = secure && transport === 'tls' ? '' : `;transport=${transport}`;
  return `<${secure ? 'sips' : 'sip'}:${user}@${flow.localAddress}${params}>`;
}

/** Whether what was asked for by that URI must be secure on its whole way (RFC 3261 19.1). */
export function isSecureUri(uri: string): boolean {
  return /^sips:/i.test(uri);
}
