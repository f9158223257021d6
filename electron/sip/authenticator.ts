import type { Clock } from '../../shared/lib/clock.ts';
import type { Logger } from '../../shared/lib/logger.ts';
import {
  DIGEST_ALGORITHMS,
  type DigestAnswer,
  type DigestSecret,
  formatChallenge,
  isDigestRight,
  parseDigestAnswer,
} from './digest.ts';
import { FailureLimiter } from './failure-limiter.ts';
import type { SipRequest } from './message.ts';
import { Nonces } from './nonces.ts';

export type AuthResult =
  | { readonly kind: 'ok'; readonly user: string }
  /** Answer with a challenge; `stale` when the password was right but the nonce too old. */
  | { readonly kind: 'challenge'; readonly stale: boolean }
  /** Answer 403. `retryAfterMs` is set while guessing is being slowed down. */
  | { readonly kind: 'forbidden'; readonly retryAfterMs?: number };

export interface AuthenticatorOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly realm: string;
  /** The secret of a user, undefined when there is none of that name. */
  readonly secretOf: (user: string) => DigestSecret | undefined;
  readonly nonceLifetimeMs?: number;
}

/** Wrong answers allowed per address and user, and per address over all users. */
const PER_USER = { maxFailures: 10, windowMs: 60_000, blockMs: 30_000 };
const PER_ADDRESS = { maxFailures: 100, windowMs: 60_000, blockMs: 30_000 };

/** Stands for users that do not exist, so that both take the same time and give the same answer. */
const NOBODY: DigestSecret = { md5Ha1: '0'.repeat(32), sha256Ha1: '0'.repeat(64) };

/** Digest authentication as server: RFC 3261 22, RFC 7616, RFC 8760. */
export class Authenticator {
  readonly #options: AuthenticatorOptions;
  readonly #nonces: Nonces;
  readonly #perUser: FailureLimiter;
  readonly #perAddress: FailureLimiter;

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
    this.#nonces = new Nonces(options.clock, options.nonceLifetimeMs);
    this.#perUser = new FailureLimiter(options.clock, PER_USER);
    this.#perAddress = new FailureLimiter(options.clock, PER_ADDRESS);
  }

  /**
   * Headers of a 401 (`www`) or 407 (`proxy`): one challenge per algorithm, the best first. `md5Only` for phones of
   * before RFC 8760, many of which give up at an algorithm that they do not know, though MD5 is offered too.
   */
  challenge(kind: 'www' | 'proxy', stale = false, md5Only = false): (readonly [string, string])[] {
    const name = kind === 'www' ? 'WWW-Authenticate' : 'Proxy-Authenticate';
    const nonce = this.#nonces.issue();
    const algorithms = DIGEST_ALGORITHMS.filter((algorithm) => !md5Only || algorithm === 'MD5');
    return algorithms.map(
      (algorithm) => [name, formatChallenge(this.#options.realm, nonce, algorithm, stale)] as const,
    );
  }

  /** Judges the answer that a request carries, if any. */
  check(request: SipRequest, kind: 'www' | 'proxy', address: string): AuthResult {
    const { realm, secretOf } = this.#options;
    const answer = request.headers
      .getAll(kind === 'www' ? 'Authorization' : 'Proxy-Authorization')
      .map(parseDigestAnswer)
      .find((candidate) => candidate?.realm === realm);
    if (answer === undefined) return { kind: 'challenge', stale: false };
    const userKey = `${address} ${answer.username}`;
    const blockedMs = Math.max(this.#perUser.blockedForMs(userKey), this.#perAddress.blockedForMs(address));
    if (blockedMs > 0) return { kind: 'forbidden', retryAfterMs: blockedMs };
    const secret = secretOf(answer.username);
    const right = isDigestRight(secret ?? NOBODY, request.method, answer) && secret !== undefined;
    // RFC 3261 22.4, RFC 7616 3.4.6: an answer made for another URI is not an answer to this request.
    if (!right || answer.uri !== request.uri) return this.#refuse(answer, address, userKey, 'wrong-password');
    switch (this.#nonces.use(answer.nonce, answer.nc)) {
      case 'fresh':
        this.#perUser.succeed(userKey);
        return { kind: 'ok', user: answer.username };
      case 'stale':
      case 'unknown':
        // The password is right; a nonce of before our restart is as good as an old one.
        return { kind: 'challenge', stale: true };
      case 'replayed':
        return this.#refuse(answer, address, userKey, 'replayed');
    }
  }

  #refuse(answer: DigestAnswer, address: string, userKey: string, why: string): AuthResult {
    this.#perUser.fail(userKey);
    this.#perAddress.fail(address);
    this.#options.logger.log('warn', 'sip.auth-failed', {
      user: answer.username.slice(0, 64),
      address,
      algorithm: answer.algorithm,
      why,
    });
    return { kind: 'forbidden' };
  }
}
