import type { Effect, RequestResult } from '../../shared/engine/events.ts';
import { fillTemplate } from '../../shared/flow/template.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Logger } from '../../shared/lib/logger.ts';
import { lookup } from '../../shared/lib/record.ts';

/** Longer answers are refused: a flow needs a few values of them. */
export const MAX_ANSWER_BYTES = 64 * 1024;

export type WebRequest = Pick<
  Extract<Effect, { type: 'request' }>,
  'method' | 'url' | 'headers' | 'body' | 'timeoutMs'
>;

export interface WebContext {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Values of `{secret.NAME}`. They are filled in here and nowhere else, and never logged. */
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * Asks a web service for a flow (SPEC HT*). Never rejects: every way it can end is a result. Redirects are followed as
 * the Fetch standard says; an answer of more than `MAX_ANSWER_BYTES` is a network error.
 */
export async function askWeb(request: WebRequest, context: WebContext, cancelled: AbortSignal): Promise<RequestResult> {
  const { clock, logger } = context;
  const abort = new AbortController();
  const stop = () => abort.abort();
  let late = false;
  const cancelTimer = clock.after(request.timeoutMs, () => {
    late = true;
    stop();
  });
  cancelled.addEventListener('abort', stop);
  try {
    const response = await fetch(withSecrets(request.url, context, encodeURIComponent), {
      method: request.method,
      headers: headersOf(request, context),
      ...(request.body === undefined ? {} : { body: withSecrets(request.body, context, insideJson) }),
      signal: abort.signal,
    });
    return { kind: 'response', status: response.status, body: await bodyOf(response) };
  } catch (error) {
    if (late) return { kind: 'timeout' };
    const reason = reasonOf(error);
    if (!cancelled.aborted) logger.log('warn', 'pbx.request-failed', { reason });
    return { kind: 'network-error', reason };
  } finally {
    cancelTimer();
    cancelled.removeEventListener('abort', stop);
  }
}

function headersOf({ headers, body }: WebRequest, context: WebContext): Headers {
  const result = new Headers({ accept: 'application/json' });
  if (body !== undefined) result.set('content-type', 'application/json');
  for (const { name, value } of headers)
    result.set(
      name,
      withSecrets(value, context, (secret) => secret),
    );
  return result;
}

function withSecrets(text: string, { secrets }: WebContext, escaping: (value: string) => string): string {
  const valueFor = (name: string): string | undefined => {
    if (!name.startsWith('secret.')) return undefined;
    const secret = lookup(secrets, name.slice('secret.'.length));
    if (secret === undefined) throw new RequestProblem(`unknown-${name}`);
    return secret;
  };
  return fillTemplate(text, valueFor, escaping);
}

function insideJson(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

async function bodyOf(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) throw new RequestProblem('answer-too-large');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

class RequestProblem extends Error {}

/** A word for the log and the trace; never a part of the address or of a header. */
function reasonOf(error: unknown): string {
  if (error instanceof RequestProblem) return error.message;
  const cause = error instanceof Error ? error.cause : undefined;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : 'cannot-be-asked';
}
