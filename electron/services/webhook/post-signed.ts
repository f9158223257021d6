import { createHmac } from 'node:crypto';
import type { Clock } from '../../../shared/lib/clock.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';

/** Whoever is told has so long to answer (WH3). */
export const ANSWER_TIMEOUT_MS = 10_000;

export interface SignedPost {
  readonly url: string;
  readonly secret: string;
  /** The same for each attempt of one delivery. */
  readonly id: string;
  readonly body: string;
  readonly userAgent: string;
}

/** WH2: value of `Dialtree-Signature`. */
export function signatureOf(body: string, secret: string, seconds: number): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

/**
 * Posts JSON, signed; resolves when it has arrived (WH3).
 * @throws DialtreeError `webhook/refused`, `webhook/timeout`, `webhook/unreachable`; never with the address or the secret.
 */
export async function postSigned(post: SignedPost, clock: Clock, cancelled: AbortSignal): Promise<void> {
  const { url, secret, id, body, userAgent } = post;
  const abort = new AbortController();
  const stop = () => abort.abort();
  let isLate = false;
  const cancelTimer = clock.after(ANSWER_TIMEOUT_MS, () => {
    isLate = true;
    stop();
  });
  cancelled.addEventListener('abort', stop);
  if (cancelled.aborted) stop();
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': userAgent,
        'dialtree-delivery': id,
        'dialtree-signature': signatureOf(body, secret, Math.floor(clock.wallMs() / 1000)),
      },
      body,
      redirect: 'manual',
      signal: abort.signal,
    });
    // What it says does not matter, and may be long.
    await response.body?.cancel().catch(() => undefined);
    if (response.ok) return;
    throw new DialtreeError({
      code: 'webhook/refused',
      message: `The address answered with status ${response.status}.`,
      hint: 'Check the address, and what takes the messages there.',
      params: { status: response.status },
    });
  } catch (error) {
    if (error instanceof DialtreeError) throw error;
    if (isLate) {
      const seconds = ANSWER_TIMEOUT_MS / 1000;
      throw new DialtreeError({
        code: 'webhook/timeout',
        message: `The address did not answer within ${seconds} s.`,
        params: { seconds },
      });
    }
    throw new DialtreeError({
      code: 'webhook/unreachable',
      message: `The address cannot be reached: ${reasonOf(error)}.`,
      hint: 'Check the address and the network.',
      params: { reason: reasonOf(error) },
    });
  } finally {
    cancelTimer();
    cancelled.removeEventListener('abort', stop);
  }
}

/** The system's word for it, e.g. `ECONNREFUSED`. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : 'cannot-be-asked';
}
