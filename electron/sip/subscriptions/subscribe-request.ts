import { isToken, parseParams } from '../grammar.ts';
import type { SipRequest } from '../message.ts';
import { parseNameAddr } from '../name-addr.ts';
import type { EventPackage } from './event-package.ts';

/** The shortest subscription that is taken, the longest, and the one of who asks for no time, seconds. */
export const MIN_EXPIRES_S = 60;
const MAX_EXPIRES_S = 3600;

/** What a SUBSCRIBE asks for. */
export interface Wish {
  readonly eventPackage: EventPackage;
  /** Of the Event header; tells several subscriptions of a phone apart. */
  readonly id: string | undefined;
  /** 0 ends it. */
  readonly expiresS: number;
}

/** A final answer that refuses. */
export interface Refusal {
  readonly status: number;
  readonly headers?: readonly (readonly [string, string])[];
  readonly reason?: string;
}

/** Reads a SUBSCRIBE (RFC 6665 3.1, 4.2.1). Never throws, whatever it says. */
export function readSubscribe(request: SipRequest, packages: readonly EventPackage[]): Wish | Refusal {
  const allowEvents = ['Allow-Events', packages.map(({ name }) => name).join(', ')] as const;
  const values = request.headers.getAll('Event');
  if (values.length > 1) return { status: 400, reason: 'Repeated Event' };
  const [value] = values;
  if (value === undefined) return { status: 489, headers: [allowEvents] };
  const event = parseEvent(value);
  if (event === undefined) return { status: 400, reason: 'Bad Event' };
  const eventPackage = packages.find(({ name }) => name === event.name);
  if (eventPackage === undefined) return { status: 489, headers: [allowEvents] };
  if (!accepts(request, eventPackage.contentType)) {
    return { status: 406, headers: [['Accept', eventPackage.contentType]] };
  }
  const [contact, ...others] = request.headers.list('Contact');
  if (others.length > 0 || parseNameAddr(contact ?? '') === undefined) return { status: 400, reason: 'Bad Contact' };
  const asked = request.headers.get('Expires') ?? String(MAX_EXPIRES_S);
  if (!/^\d{1,10}$/.test(asked)) return { status: 400, reason: 'Bad Expires' };
  const expiresS = Math.min(Number(asked), MAX_EXPIRES_S);
  if (expiresS > 0 && expiresS < MIN_EXPIRES_S) {
    return { status: 423, headers: [['Min-Expires', String(MIN_EXPIRES_S)]] };
  }
  return { eventPackage, id: event.id, expiresS };
}

/** `name;id=x` of an Event header (RFC 6665 8.2.1). */
function parseEvent(value: string): { readonly name: string; readonly id: string | undefined } | undefined {
  const semicolon = value.indexOf(';');
  const name = (semicolon === -1 ? value : value.slice(0, semicolon)).trim();
  const params = parseParams(semicolon === -1 ? '' : value.slice(semicolon + 1));
  if (!isToken(name) || params === undefined) return undefined;
  const id = params.get('id');
  return id !== undefined && !isToken(id) ? undefined : { name, id };
}

/** Without Accept, and with an empty one, the package's own form is meant (RFC 6665 3.1.3). */
function accepts(request: SipRequest, contentType: string): boolean {
  const ranges = request.headers.list('Accept').map((range) => (range.split(';')[0] ?? '').trim().toLowerCase());
  const any = `${contentType.split('/')[0]}/*`;
  return ranges.every((range) => range === '') || ranges.some((range) => ['*/*', any, contentType].includes(range));
}
