import { createHash, timingSafeEqual } from 'node:crypto';
import { isToken, quote, splitOutside, unquote } from './grammar.ts';

/** Digest algorithms offered, best first (RFC 8760 2.4). JsSIP reads only the last challenge, so MD5 ends the list. */
export const DIGEST_ALGORITHMS = ['SHA-256', 'MD5'] as const;
export type DigestAlgorithm = (typeof DIGEST_ALGORITHMS)[number];

/** What H(user:realm:password) is, per algorithm, in lower-case hex; a password is never needed. */
export interface DigestSecret {
  readonly md5Ha1: string;
  readonly sha256Ha1: string;
}

/** The parts of an Authorization or Proxy-Authorization header (RFC 7616 3.4). */
export interface DigestAnswer {
  readonly username: string;
  readonly realm: string;
  readonly nonce: string;
  readonly uri: string;
  readonly response: string;
  readonly algorithm: DigestAlgorithm;
  readonly qop: 'auth' | undefined;
  readonly cnonce: string;
  /** Eight hex digits; empty without qop. */
  readonly nc: string;
}

/** H(data) in lower-case hex. */
export function digestHash(algorithm: DigestAlgorithm, data: string): string {
  return createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
    .update(data)
    .digest('hex');
}

/** HA1 of both algorithms from a password (RFC 7616 3.4.2). */
export function digestSecret(user: string, realm: string, password: string): DigestSecret {
  const a1 = `${user}:${realm}:${password}`;
  return { md5Ha1: digestHash('MD5', a1), sha256Ha1: digestHash('SHA-256', a1) };
}

/** The `response` value (RFC 7616 3.4.1; without qop RFC 2617 3.2.2.1, which RFC 3261 22.4 still allows). */
export function digestResponse(
  ha1: string,
  method: string,
  answer: Pick<DigestAnswer, 'algorithm' | 'nonce' | 'uri' | 'qop' | 'cnonce' | 'nc'>,
): string {
  const { algorithm, nonce, uri, qop, cnonce, nc } = answer;
  const ha2 = digestHash(algorithm, `${method}:${uri}`);
  const middle = qop === undefined ? nonce : `${nonce}:${nc}:${cnonce}:${qop}`;
  return digestHash(algorithm, `${ha1}:${middle}:${ha2}`);
}

/** Whether the answer proves knowledge of the secret; takes the same time whatever differs. */
export function isDigestRight(secret: DigestSecret, method: string, answer: DigestAnswer): boolean {
  const ha1 = answer.algorithm === 'MD5' ? secret.md5Ha1 : secret.sha256Ha1;
  const expected = Buffer.from(digestResponse(ha1, method, answer));
  const given = Buffer.from(answer.response.toLowerCase());
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** One challenge of WWW-Authenticate or Proxy-Authenticate. */
export function formatChallenge(realm: string, nonce: string, algorithm: DigestAlgorithm, stale: boolean): string {
  const parts = [`realm=${quote(realm)}`, `nonce=${quote(nonce)}`, `algorithm=${algorithm}`, 'qop="auth"'];
  if (stale) parts.push('stale=true');
  return `Digest ${parts.join(', ')}`;
}

/** Parses `Digest a=b, c="d"`; undefined for other schemes and malformed ones. */
export function parseDigestFields(text: string): Map<string, string> | undefined {
  const match = /^Digest\s+(.*)$/is.exec(text.trim());
  if (match === null) return undefined;
  const fields = new Map<string, string>();
  for (const part of splitOutside(match[1] ?? '', ',')) {
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(0, equals)).trim().toLowerCase();
    if (part === '') continue;
    if (equals === -1 || !isToken(name) || fields.has(name)) return undefined;
    fields.set(name, unquote(part.slice(equals + 1).trim()));
  }
  return fields;
}

/** Parses an Authorization header; undefined when it is no digest answer that this server can check. */
export function parseDigestAnswer(text: string): DigestAnswer | undefined {
  const fields = parseDigestFields(text);
  if (fields === undefined) return undefined;
  const get = (name: string): string => fields.get(name) ?? '';
  const algorithm = DIGEST_ALGORITHMS.find((name) => name === (get('algorithm') || 'MD5').toUpperCase());
  const qop = fields.get('qop');
  if (algorithm === undefined || (qop !== undefined && qop.toLowerCase() !== 'auth')) return undefined;
  const answer: DigestAnswer = {
    username: get('username'),
    realm: get('realm'),
    nonce: get('nonce'),
    uri: get('uri'),
    response: get('response'),
    algorithm,
    qop: qop === undefined ? undefined : 'auth',
    cnonce: get('cnonce'),
    nc: get('nc'),
  };
  if (answer.username === '' || answer.nonce === '' || answer.uri === '' || answer.response === '') return undefined;
  if (answer.qop !== undefined && (!/^[0-9a-f]{8}$/i.test(answer.nc) || answer.cnonce === '')) return undefined;
  return answer;
}
