import { createStore, type StoreApi } from 'zustand/vanilla';

/** A call of a colleague, as the server tells it (RFC 4235). */
export interface ColleagueCall {
  readonly id: string;
  readonly state: 'trying' | 'proceeding' | 'early' | 'confirmed' | 'terminated';
  /** Whether the colleague's phone was called. */
  readonly isIncoming: boolean;
  /** Who calls, where that is told. */
  readonly caller: { readonly number: string; readonly name: string } | null;
  /** Value of a Replaces header that picks the call up (RFC 3891); null when it cannot be named. */
  readonly replaces: string | null;
}

/** What the server tells this phone of messages and of colleagues. */
export interface LightsState {
  /** Messages in the own mailbox; null while nothing is known. */
  readonly messages: { readonly fresh: number; readonly heard: number } | null;
  /** Extension → calls that go on; who is not here is not known. */
  readonly colleagues: Readonly<Record<string, readonly ColleagueCall[]>>;
  /** Extensions that have a phone signed in; null while nothing is known. */
  readonly present: readonly string[] | null;
}

export type LightsStore = StoreApi<LightsState>;

/** What a colleague's light shows. */
export type Light = 'free' | 'ringing' | 'talking' | 'away' | 'unknown';

export function createLightsStore(): LightsStore {
  return createStore<LightsState>(() => ({ messages: null, colleagues: {}, present: null }));
}

/** The light of an extension, and the call that rings there. */
export function lightOf(
  { colleagues, present }: LightsState,
  extension: string,
): { readonly light: Light; readonly ringing: ColleagueCall | null } {
  const calls = Object.hasOwn(colleagues, extension) ? (colleagues[extension] ?? []) : null;
  const ringing = calls?.find(({ isIncoming, state }) => isIncoming && state === 'early') ?? null;
  if (ringing !== null) return { light: 'ringing', ringing };
  if (calls !== null && calls.length > 0) return { light: 'talking', ringing };
  if (present !== null && !present.includes(extension)) return { light: 'away', ringing };
  return { light: calls === null ? 'unknown' : 'free', ringing };
}
