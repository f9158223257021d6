import type { PersonId } from '../flow/ids.ts';
import type { Wait } from './recent-waits.ts';

/** What a queue knows of a member. */
export interface MemberFacts {
  /** Calls of this queue that they took. */
  readonly calls: number;
  /** When they last took or ended one, wall-clock ms; null: never. */
  readonly lastCallMs: number | null;
}

/** What a queue has learnt and goes by; it outlives the process when someone keeps it (QD11). Plain JSON. */
export interface QueueFacts {
  /** Who was rung last. */
  readonly lastRung: PersonId | null;
  readonly members: Readonly<Record<PersonId, MemberFacts>>;
  /** The latest waits that ended with an answer, the last one at the end. */
  readonly waits: readonly Wait[];
}
