import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../../shared/lib/clock.ts';

export type NonceVerdict = 'fresh' | 'stale' | 'unknown' | 'replayed';

const MAX_TRACKED = 10_000;

/**
 * Nonces that need no memory until they are used: time and randomness, signed with a secret of this process
 * (RFC 7616 5.4). Use counts are remembered, so an answer cannot be replayed (3.4, `nc`).
 */
export class Nonces {
  readonly #clock: Clock;
  readonly #lifetimeMs: number;
  readonly #secret = randomBytes(32);
  /** Nonce → highest nc seen. In order of first use, so the oldest go first. */
  readonly #counts = new Map<string, { highest: number; issuedMs: number }>();

  constructor(clock: Clock, lifetimeMs = 300_000) {
    this.#clock = clock;
    this.#lifetimeMs = lifetimeMs;
  }

  issue(): string {
    const stamp = `${Math.floor(this.#clock.nowMs()).toString(36)}.${randomBytes(9).toString('base64url')}`;
    return `${stamp}.${this.#sign(stamp)}`;
  }

  /** Judges a nonce that came back, and counts its use. `nc` is hex; empty without qop (then one use only). */
  use(nonce: string, nc: string): NonceVerdict {
    const dot = nonce.lastIndexOf('.');
    const stamp = nonce.slice(0, Math.max(0, dot));
    if (dot === -1 || this.#sign(stamp) !== nonce.slice(dot + 1)) return 'unknown';
    const issuedMs = Number.parseInt(stamp, 36);
    if (this.#clock.nowMs() - issuedMs > this.#lifetimeMs) return 'stale';
    const count = nc === '' ? 1 : Number.parseInt(nc, 16);
    const highest = this.#counts.get(nonce)?.highest ?? 0;
    if (count <= highest) return 'replayed';
    this.#forgetOld();
    this.#counts.set(nonce, { highest: count, issuedMs });
    return 'fresh';
  }

  #sign(stamp: string): string {
    return createHmac('sha256', this.#secret).update(stamp).digest('base64url').slice(0, 22);
  }

  #forgetOld(): void {
    const nowMs = this.#clock.nowMs();
    for (const [nonce, { issuedMs }] of this.#counts) {
      if (nowMs - issuedMs <= this.#lifetimeMs && this.#counts.size < MAX_TRACKED) return;
      this.#counts.delete(nonce);
    }
  }
}
