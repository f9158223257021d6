import type { PersonId } from '../flow/ids.ts';

/** Why ringing a person brought nobody. `declined` is a deliberate no. */
export type RingFailure = 'busy' | 'declined' | 'no-answer' | 'unavailable';

/** What the phone that rings shows of the call. */
export interface RingOffer {
  readonly caller: { readonly number: string; readonly name: string };
  /** Further headers of the INVITE (caller context). */
  readonly headers: readonly (readonly [string, string])[];
  /** What the caller's sound is sent in, where that is known: whoever answers should have the same. */
  readonly codec?: 'PCMU' | 'PCMA' | 'G722' | 'OPUS' | undefined;
}

/** Exactly one of `onAnswered` and `onFailed` comes, once; none after `cancel`. */
export interface RingEvents<Answered> {
  onRinging?(): void;
  onAnswered(answered: Answered): void;
  onFailed(why: RingFailure): void;
}

export interface Ringing {
  /** Stops ringing. `answered-elsewhere` is not shown as a missed call. */
  cancel(why: 'answered-elsewhere' | 'no-answer' | 'caller-gone'): void;
}

/**
 * Rings a person's phones until one answers or all have failed; it does not limit the time. `Answered` is whatever
 * the owner connects the caller to.
 */
export interface Ringer<Answered> {
  ring(personId: PersonId, offer: RingOffer, events: RingEvents<Answered>): Ringing;
}
