import { randomBytes } from 'node:crypto';
import {
  DIGEST_ALGORITHMS,
  type DigestAlgorithm,
  type DigestAnswer,
  digestHash,
  digestResponse,
  parseDigestFields,
} from './digest.ts';
import { quote } from './grammar.ts';
import type { SipRequest, SipResponse } from './message.ts';
import { retryOf } from './retry.ts';

/** One challenge that this client can answer (RFC 7616 3.3). */
interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  readonly algorithm: DigestAlgorithm;
  /** Whether the server named the algorithm; one of before RFC 2617 may not know the field. */
  readonly namesAlgorithm: boolean;
  readonly qop: 'auth' | undefined;
  readonly stale: boolean;
  /** How often the nonce was used, for `nc`. */
  uses: number;
}

/** Challenges answered on behalf of one request: a proxy's, the server's behind it, and a stale nonce. */
const MAX_ANSWERS = 3;
/** Realms that are remembered: of a proxy, of the server behind it, and what a change leaves. */
const MAX_REALMS = 4;

/** Answer to a 401 goes in the first, to a 407 in the second (RFC 3261 22.2, 22.3). */
type AnswerHeader = 'Authorization' | 'Proxy-Authorization';

/**
 * Digest authentication as client: RFC 3261 22, RFC 7616, RFC 8760. Remembers the nonce of each realm, so that later
 * requests can be sent with credentials at once.
 */
export class DigestClient {
  readonly #user: string;
  readonly #password: string;
  readonly #makeCnonce: () => string;
  /** `<header> <realm>` → the last challenge. */
  readonly #challenges = new Map<string, Challenge>();
  /** How many challenges were answered on the way to this request. */
  readonly #answers = new WeakMap<SipRequest, number>();

  /** `makeCnonce`: a client nonce, for test vectors. */
  constructor(user: string, password: string, makeCnonce = () => randomBytes(12).toString('hex')) {
    this.#user = user;
    this.#password = password;
    this.#makeCnonce = makeCnonce;
  }

  /** Puts credentials into a request that is not sent yet, for every realm known so far (RFC 3261 22.3). */
  authorize(request: SipRequest): void {
    for (const [key, challenge] of this.#challenges) {
      request.headers.append(key.slice(0, key.indexOf(' ')), this.#credentials(challenge, request));
    }
  }

  /**
   * The request again, with credentials, a new branch and the next CSeq (RFC 3261 22.2), when the response is a 401 or
   * 407 that can be answered. Undefined for other responses, unknown schemes, and when the password was refused: RFC
   * 3261 22.2 forbids to try again with credentials that have just been rejected.
   */
  answer(request: SipRequest, response: SipResponse): SipRequest | undefined {
    if (response.status !== 401 && response.status !== 407) return undefined;
    const header: AnswerHeader = response.status === 401 ? 'Authorization' : 'Proxy-Authorization';
    const challenges = bestChallenges(response);
    if (challenges.length === 0) return undefined;
    const answers = this.#answers.get(request) ?? 0;
    const before = challenges.map(({ realm }) => answeredNonce(request, header, realm));
    // Credentials of before count as no answer to this challenge: their nonce may be old. Once answered, only `stale`
    // says that the password was right (RFC 7616 3.3); two in a row are a server that will not be content.
    const mayAnswer = challenges.every(
      ({ nonce, stale }, i) => answers === 0 || before[i] === undefined || (stale && before[i] !== nonce),
    );
    if (!mayAnswer || answers >= MAX_ANSWERS) return undefined;
    for (const challenge of challenges) this.#remember(`${header} ${challenge.realm}`, challenge);
    const again = retryOf(request);
    this.authorize(again);
    this.#answers.set(again, answers + 1);
    return again;
  }

  /** Who asks for another realm each time must not make requests grow. */
  #remember(key: string, challenge: Challenge): void {
    this.#challenges.delete(key);
    this.#challenges.set(key, challenge);
    const oldest = this.#challenges.keys().next();
    if (this.#challenges.size > MAX_REALMS && oldest.done !== true) this.#challenges.delete(oldest.value);
  }

  #credentials(challenge: Challenge, request: SipRequest): string {
    const { realm, nonce, opaque, algorithm, namesAlgorithm, qop } = challenge;
    const nc = (++challenge.uses).toString(16).padStart(8, '0');
    const cnonce = this.#makeCnonce();
    const ha1 = digestHash(algorithm, `${this.#user}:${realm}:${this.#password}`);
    const parts = { algorithm, nonce, uri: request.uri, qop, cnonce, nc } satisfies Partial<DigestAnswer>;
    const response = digestResponse(ha1, request.method, parts);
    const fields = [
      `username=${quote(this.#user)}`,
      `realm=${quote(realm)}`,
      `nonce=${quote(nonce)}`,
      `uri=${quote(request.uri)}`,
      `response="${response}"`,
      ...(namesAlgorithm ? [`algorithm=${algorithm}`] : []),
      ...(opaque === undefined ? [] : [`opaque=${quote(opaque)}`]),
      ...(qop === undefined ? [] : [`qop=${qop}`, `nc=${nc}`, `cnonce=${quote(cnonce)}`]),
    ];
    return `Digest ${fields.join(', ')}`;
  }
}

/** For each realm the best of the algorithms offered (RFC 8760 2.4 with our own order of preference). */
function bestChallenges(response: SipResponse): Challenge[] {
  const offered = response.headers
    .getAll(response.status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate')
    .flatMap((text) => readChallenge(text) ?? [])
    .sort((a, b) => DIGEST_ALGORITHMS.indexOf(a.algorithm) - DIGEST_ALGORITHMS.indexOf(b.algorithm));
  return offered.filter((one, i) => offered.findIndex(({ realm }) => realm === one.realm) === i);
}

function readChallenge(text: string): Challenge | undefined {
  const fields = parseDigestFields(text);
  const [realm, nonce] = [fields?.get('realm'), fields?.get('nonce')];
  if (fields === undefined || realm === undefined || nonce === undefined) return undefined;
  const named = fields.get('algorithm');
  const algorithm = DIGEST_ALGORITHMS.find((name) => name === (named ?? 'MD5').toUpperCase());
  const offers = fields
    .get('qop')
    ?.toLowerCase()
    .split(/[\s,]+/);
  // Only `auth-int`: bodies change on their way through session border controllers; not ours.
  if (algorithm === undefined || (offers !== undefined && !offers.includes('auth'))) return undefined;
  return {
    realm,
    nonce,
    opaque: fields.get('opaque'),
    algorithm,
    namesAlgorithm: named !== undefined,
    qop: offers === undefined ? undefined : 'auth',
    stale: fields.get('stale')?.toLowerCase() === 'true',
    uses: 0,
  };
}

/** The nonce that the request was sent with for that realm. */
function answeredNonce(request: SipRequest, header: AnswerHeader, realm: string): string | undefined {
  const answers = request.headers.getAll(header).map(parseDigestFields);
  return answers.find((fields) => fields?.get('realm') === realm)?.get('nonce');
}
