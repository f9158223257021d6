import type { PersonId } from '../flow/ids.ts';

/** Whether a person can be rung: `unavailable` has no phone registered. */
export type Availability = 'free' | 'busy' | 'wrap-up' | 'unavailable';

/** Ends one engagement. `unanswered`: it never became a conversation. `wrapUpMs`: time for notes before the next. */
export type Release = (options?: { unanswered?: boolean; wrapUpMs?: number }) => void;

/** What a queue asks about its members. */
export interface People {
  availability(personId: PersonId): Availability;
  isRegistered(personId: PersonId): boolean;
}
