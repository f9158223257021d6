import type { OperatorState } from '../../shared/bridge/desk.ts';
import type { PbxAccount } from '../../shared/bridge/pbx.ts';
import type { PersonId, QueueId } from '../../shared/flow/ids.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Availability, People as QueuePeople, Release, WrapUpOf } from '../../shared/queue/people.ts';
import { Operators } from './operators/operators.ts';

export interface PeopleEvents {
  /**
   * Someone can be rung again. `fresh` is false when they were only rung and did not answer: then they are free for
   * others, but there is no reason to ring them again for the same caller.
   */
  onFree(personId: PersonId, fresh: boolean): void;
  /** Someone registered their first phone or lost their last one, or queues may not ring them any more. */
  onHere(personId: PersonId): void;
  /** What someone does, or what they chose, is another thing now. */
  onOperator?(state: OperatorState): void;
  /** A user, a person or not, is in no call any more. */
  onIdle?(user: string): void;
}

/** One who is rung. */
export interface Engagement {
  /** It became a conversation. */
  readonly answered: () => void;
  readonly release: Release;
}

/** Accounts, who of them has a phone registered, and who is engaged in a call. */
export class People {
  /** What people chose, and their wrap-ups. */
  readonly operators: Operators;
  readonly #events: PeopleEvents;
  readonly #byUser = new Map<string, PbxAccount>();
  readonly #byPerson = new Map<PersonId, PbxAccount>();
  readonly #registered = new Set<string>();
  /** User → how many calls they are in, ringing included. */
  readonly #engaged = new Map<string, number>();
  /** User → how many of those are conversations. */
  readonly #talking = new Map<string, number>();

  constructor(clock: Clock, events: PeopleEvents) {
    this.#events = events;
    this.operators = new Operators(clock, {
      onChanged: (state) => events.onOperator?.(state),
      onReconsider: (personId) => {
        if (this.availability(personId) === 'free') events.onFree(personId, true);
        else events.onHere(personId);
      },
    });
  }

  /** Replaces the accounts; returns the users who are gone or have another password: their phones must leave. */
  setAccounts(accounts: readonly PbxAccount[]): string[] {
    const before = [...this.#byUser.values()];
    this.#byUser.clear();
    this.#byPerson.clear();
    for (const account of accounts) {
      this.#byUser.set(account.user, account);
      if (account.personId !== undefined) this.#byPerson.set(account.personId, account);
    }
    return before
      .filter((old) => this.#byUser.get(old.user)?.credentials.sha256Ha1 !== old.credentials.sha256Ha1)
      .map((old) => old.user);
  }

  account(user: string): PbxAccount | undefined {
    return this.#byUser.get(user);
  }

  accountOf(personId: PersonId): PbxAccount | undefined {
    return this.#byPerson.get(personId);
  }

  /** For one queue, or, without it, for any that they are logged in to. */
  availability(personId: PersonId, queueId?: QueueId): Availability {
    const user = this.#byPerson.get(personId)?.user;
    if (user === undefined || !this.#registered.has(user)) return 'unavailable';
    if (this.#engaged.has(user)) return 'busy';
    return this.operators.hindrance(personId, queueId) ?? 'free';
  }

  /** What one queue sees of its members. */
  forQueue(queueId: QueueId): QueuePeople {
    return {
      availability: (personId) => this.availability(personId, queueId),
      isHere: (personId) =>
        this.availability(personId, queueId) !== 'unavailable' && this.operators.isLoggedIn(personId, queueId),
    };
  }

  /** The number of phones of a user changed. */
  setPhones(user: string, count: number): void {
    const was = this.#registered.has(user);
    if (count > 0) this.#registered.add(user);
    else this.#registered.delete(user);
    const personId = this.#byUser.get(user)?.personId;
    if (personId === undefined || was === count > 0) return;
    this.operators.setPhone(personId, count > 0);
    this.#events.onHere(personId);
    if (this.availability(personId) === 'free') this.#events.onFree(personId, true);
  }

  /** Whether a user is in a call, or is rung. */
  isEngaged(user: string): boolean {
    return this.#engaged.has(user);
  }

  /** A user is in a call. They are busy until the returned function is called. */
  engage(user: string): Release {
    return this.#begin(user, true).release;
  }

  /** A user is rung. They are busy until they are released. */
  ring(user: string): Engagement {
    return this.#begin(user, false);
  }

  #begin(user: string, talks: boolean): Engagement {
    count(this.#engaged, user, 1);
    if (talks) count(this.#talking, user, 1);
    let isAnswered = talks;
    let isReleased = false;
    this.#noteActivity(user);
    return {
      answered: () => {
        if (isAnswered || isReleased) return;
        isAnswered = true;
        count(this.#talking, user, 1);
        this.#noteActivity(user);
      },
      release: ({ unanswered = false, wrapUp } = {}) => {
        if (isReleased) return;
        isReleased = true;
        const left = count(this.#engaged, user, -1);
        if (isAnswered) count(this.#talking, user, -1);
        this.#noteActivity(user, wrapUp);
        this.#tellIfFree(user, !unanswered);
        if (left === 0) this.#events.onIdle?.(user);
      },
    };
  }

  close(): void {
    this.operators.close();
  }

  #noteActivity(user: string, wrapUp?: WrapUpOf): void {
    const personId = this.#byUser.get(user)?.personId;
    if (personId === undefined) return;
    const activity = this.#talking.has(user) ? 'on-call' : this.#engaged.has(user) ? 'ringing' : 'idle';
    this.operators.setActivity(personId, activity, wrapUp);
  }

  #tellIfFree(user: string, fresh: boolean): void {
    const personId = this.#byUser.get(user)?.personId;
    if (personId !== undefined && this.availability(personId) === 'free') this.#events.onFree(personId, fresh);
  }
}

/** Counts up or down; who is at none is not in the map. */
function count(counts: Map<string, number>, user: string, by: 1 | -1): number {
  const now = Math.max(0, (counts.get(user) ?? 0) + by);
  if (now === 0) counts.delete(user);
  else counts.set(user, now);
  return now;
}
