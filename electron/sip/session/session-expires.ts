import { parseParams } from '../grammar.ts';
import type { SipRequest, SipResponse } from '../message.ts';

type Headers = readonly (readonly [string, string])[];

/** The shortest interval between refreshes that this server agrees to, seconds (RFC 4028 4). */
export const MIN_INTERVAL_S = 90;

/** What two ends agreed on (RFC 4028): how long the session lasts without a refresh, and who refreshes it. */
export interface RefreshPlan {
  readonly intervalS: number;
  readonly weRefresh: boolean;
}

interface SessionExpires {
  readonly intervalS: number;
  readonly refresher: 'uac' | 'uas' | undefined;
}

/** Reads Session-Expires (RFC 4028 4); undefined when there is none, or no number in it. */
export function sessionExpiresOf(message: SipRequest | SipResponse): SessionExpires | undefined {
  const value = message.headers.get('Session-Expires');
  const match = value === undefined ? null : /^\s*(\d{1,9})\s*(?:;(.*))?$/.exec(value);
  if (match === null) return undefined;
  const refresher = parseParams(match[2] ?? '')?.get('refresher');
  return {
    intervalS: Number(match[1]),
    refresher: refresher === 'uac' || refresher === 'uas' ? refresher : undefined,
  };
}

/** Seconds of a Min-SE header; 0 when there is none. */
export function minIntervalOf(message: SipRequest | SipResponse): number {
  return Number(/^\s*(\d{1,9})/.exec(message.headers.get('Min-SE') ?? '')?.[1] ?? 0);
}

/** Headers of the 422 to a request whose interval is too small (RFC 4028 9); undefined when it is not. */
export function tooSmallInterval(request: SipRequest): Headers | undefined {
  const wanted = sessionExpiresOf(request);
  if (wanted === undefined || wanted.intervalS >= MIN_INTERVAL_S || !supportsTimer(request)) return undefined;
  return [['Min-SE', String(MIN_INTERVAL_S)]];
}

/** What is agreed on by answering a request with 2xx, and the headers that say so (RFC 4028 9). */
export function agreeAsServer(request: SipRequest): { readonly headers: Headers; readonly plan?: RefreshPlan } {
  const wanted = sessionExpiresOf(request);
  if (wanted === undefined) return { headers: [] };
  const intervalS = Math.max(wanted.intervalS, MIN_INTERVAL_S);
  // Who asks without knowing timers (a proxy put it there) cannot refresh.
  const refresher = supportsTimer(request) ? (wanted.refresher ?? 'uac') : 'uas';
  const expires = ['Session-Expires', `${intervalS};refresher=${refresher}`] as const;
  const headers: Headers = refresher === 'uac' ? [['Require', 'timer'], expires] : [expires];
  return { headers, plan: { intervalS, weRefresh: refresher === 'uas' } };
}

/** What the 2xx to a request of ours says; undefined: the session does not expire (RFC 4028 7.2). */
export function agreedAsClient(response: SipResponse): RefreshPlan | undefined {
  const agreed = sessionExpiresOf(response);
  if (agreed === undefined || agreed.intervalS === 0) return undefined;
  return { intervalS: agreed.intervalS, weRefresh: agreed.refresher !== 'uas' };
}

/** Headers by which a request asks for an interval (RFC 4028 7.1); `uac` says that who sends it goes on refreshing. */
export function askForInterval(intervalS: number, minIntervalS: number, refresher?: 'uac'): Headers {
  return [
    ['Session-Expires', `${intervalS}${refresher === undefined ? '' : `;refresher=${refresher}`}`],
    ['Min-SE', String(minIntervalS)],
  ];
}

function supportsTimer(request: SipRequest): boolean {
  return [...request.headers.list('Supported'), ...request.headers.list('Require')].includes('timer');
}
