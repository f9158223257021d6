import { createHash, randomBytes } from 'node:crypto';
import type { SyncCredentials, SyncSettings } from '../../../shared/bridge/sync.ts';

/** Says who asks, in the header `Authorization`. */
export interface Authorizer {
  /** Value of the header; undefined as long as there is nothing to say. `target` is path and query. */
  header(method: string, target: string): string | undefined;
  /** Takes a challenge of a 401 in; true when asking again makes sense. */
  learn(challenge: string | undefined): boolean;
}

export function authorizerFor(settings: Pick<SyncSettings, 'auth' | 'user'>, secrets: SyncCredentials): Authorizer {
  const fixed = (value: string): Authorizer => ({ header: () => value, learn: () => false });
  switch (settings.auth) {
    case 'none':
      return { header: () => undefined, learn: () => false };
    case 'bearer':
      return fixed(`Bearer ${secrets.token ?? ''}`);
    case 'basic':
      // RFC 7617 section 2.1: UTF-8.
      return fixed(`Basic ${Buffer.from(`${settings.user}:${secrets.password ?? ''}`).toString('base64')}`);
    case 'digest':
      return new DigestAuthorizer(settings.user, secrets.password ?? '');
  }
}

const HASHES: Readonly<Record<string, string>> = { 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256', MD5: 'md5' };
/** The strongest first (RFC 7616 section 3.7). */
const PREFERENCE = ['SHA-512-256', 'SHA-256', 'MD5'];

interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  /** As the server writes it, with `-sess` if it has it. */
  readonly algorithm: string | undefined;
  readonly qop: boolean;
}

/** Digest access authentication (RFC 7616) with `qop=auth`, or none for old servers (RFC 2069). */
export class DigestAuthorizer implements Authorizer {
  readonly #user: string;
  readonly #password: string;
  readonly #makeCnonce: () => string;
  #challenge: Challenge | undefined;
  #count = 0;

  constructor(user: string, password: string, makeCnonce = () => randomBytes(12).toString('hex')) {
    this.#user = user;
    this.#password = password;
    this.#makeCnonce = makeCnonce;
  }

  learn(header: string | undefined): boolean {
    const offered = parseChallenges(header ?? '');
    const rank = ({ algorithm }: Challenge) => PREFERENCE.indexOf(baseAlgorithm(algorithm));
    const usable = offered.filter((one) => rank(one) >= 0).sort((a, b) => rank(a) - rank(b));
    const [best] = usable;
    if (best === undefined) return false;
    this.#challenge = best;
    this.#count = 0;
    return true;
  }

  header(method: string, target: string): string | undefined {
    const challenge = this.#challenge;
    if (challenge === undefined) return undefined;
    const { realm, nonce, opaque, algorithm, qop } = challenge;
    const hash = (text: string) =>
      createHash(HASHES[baseAlgorithm(algorithm)] ?? 'md5')
        .update(text)
        .digest('hex');
    const cnonce = this.#makeCnonce();
    const nc = (++this.#count).toString(16).padStart(8, '0');
    let ha1 = hash(`${this.#user}:${realm}:${this.#password}`);
    if (algorithm?.toLowerCase().endsWith('-sess')) ha1 = hash(`${ha1}:${nonce}:${cnonce}`);
    const ha2 = hash(`${method}:${target}`);
    // RFC 7616 section 3.4.1
    const response = hash(qop ? `${ha1}:${nonce}:${nc}:${cnonce}:auth:${ha2}` : `${ha1}:${nonce}:${ha2}`);
    const fields = [
      this.#userField(),
      `realm=${quote(realm)}`,
      `nonce=${quote(nonce)}`,
      `uri=${quote(target)}`,
      `response="${response}"`,
      ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
      ...(opaque === undefined ? [] : [`opaque=${quote(opaque)}`]),
      ...(qop ? ['qop=auth', `nc=${nc}`, `cnonce="${cnonce}"`] : []),
    ];
    return `Digest ${fields.join(', ')}`;
  }

  /** RFC 7616 section 3.4: names that ASCII cannot say go as `username*`. */
  #userField(): string {
    return /^[\x20-\x7e]*$/.test(this.#user)
      ? `username=${quote(this.#user)}`
      : `username*=UTF-8''${encodeURIComponent(this.#user)}`;
  }
}

const quote = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`;

const baseAlgorithm = (algorithm = 'MD5') => algorithm.toUpperCase().replace(/-SESS$/, '');

/** The Digest challenges of one header; several challenges may stand in it, of other schemes too. */
function parseChallenges(header: string): Challenge[] {
  const challenges: Map<string, string>[] = [];
  let current: Map<string, string> | undefined;
  const token =
    /(?:^|[\s,])(?:([A-Za-z][\w-]*)\s+(?=[A-Za-z-]+\s*=))?([A-Za-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))/g;
  for (const [, scheme, name = '', quoted, plain = ''] of header.matchAll(token)) {
    if (scheme !== undefined) {
      current = scheme.toLowerCase() === 'digest' ? new Map() : undefined;
      if (current) challenges.push(current);
    }
    current?.set(name.toLowerCase(), quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1'));
  }
  return challenges.flatMap((fields) => {
    const [realm, nonce] = [fields.get('realm'), fields.get('nonce')];
    if (realm === undefined || nonce === undefined) return [];
    const offers = fields
      .get('qop')
      ?.split(',')
      .map((one) => one.trim().toLowerCase());
    // Only `auth-int`: not ours.
    if (offers !== undefined && !offers.includes('auth')) return [];
    const found = { realm, nonce, opaque: fields.get('opaque'), algorithm: fields.get('algorithm') };
    return [{ ...found, qop: offers !== undefined }];
  });
}
