import type { SipResponse } from './message.ts';

/** The time to wait that a response names (RFC 3261 20.33), ms; undefined when it names none. */
export function retryAfterMs(response: SipResponse): number | undefined {
  const seconds = /^\s*(\d{1,4})/.exec(response.headers.get('Retry-After') ?? '')?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}
