import type { PersonId, QueueId } from '../flow/ids.ts';

/** Whether a queue may ring a person: `unavailable` has no phone registered, `logged-out` also of that queue alone. */
export type Availability = 'free' | 'busy' | 'wrap-up' | 'paused' | 'logged-out' | 'unavailable';

/** The conversation that is over, and the time for notes before the next. */
export interface WrapUpOf {
  readonly ms: number;
  readonly queueId: QueueId;
  readonly callId: string;
}

/** Ends one engagement. `unanswered`: it never became a conversation. */
export type Release = (options?: { unanswered?: boolean; wrapUp?: WrapUpOf }) => void;

/** What a queue asks about its members. */
export interface People {
  availability(personId: PersonId): Availability;
  /** Whether they are there for this queue: with a phone and logged in, though perhaps paused or in a call. */
  isHere(personId: PersonId): boolean;
}
