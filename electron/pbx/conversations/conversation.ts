import type { PersonId } from '../../../shared/flow/ids.ts';
import type { Release } from '../../../shared/queue/people.ts';
import type { Party } from '../party.ts';

/** Someone at the far end of a call, and what to call when their part is over. */
export interface FarPerson {
  readonly party: Party;
  readonly release: Release;
  /** Who it is, when it is not who was rung: a colleague picked the call up. */
  readonly personId?: PersonId | undefined;
}

/** A call in which two talk, and whose far end can be given to another call or taken from one. */
export interface Conversation {
  /** Who talks; undefined before there is an answer, during a blind transfer, and after the end. */
  readonly pair: { readonly caller: Party; readonly far: Party } | undefined;
  /** Gives the far end away and ends the caller's part. Undefined when nobody talks. */
  giveFar(): FarPerson | undefined;
  /** Lets the far end go; that person talks with the caller from now on. */
  setFar(person: FarPerson, personId: PersonId | undefined): void;
}
