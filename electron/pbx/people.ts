import type { PbxAccount } from '../../shared/bridge/pbx.ts';
import type { PersonId } from '../../shared/flow/ids.ts';
import type { CancelTimer, Clock } from '../../shared/lib/clock.ts';
import type { Availability, Release } from '../../shared/queue/people.ts';

export interface PeopleEvents {
  /**
   * Someone can be rung again. `fresh` is false when they were only rung and did not answer: then they are free for
   * others, but there is no reason to ring them again for the same caller.
   */
  onFree(personId: PersonId, fresh: boolean): void;
  /** Someone registered their first phone or lost their last one. */
  onRegistered(personId: PersonId, isRegistered: boolean): void;
  /** A user, a person or not, is in no call any more. */
  onIdle?(user: string): void;
}

/** Accounts, who of them has a phone registered, and who is engaged in a call. */
export class People {
  readonly #clock: Clock;
  readonly #events: PeopleEvents;
  readonly #byUser = new Map<string, PbxAccount>();
  readonly #byPerson = new Map<PersonId, PbxAccount>();
  readonly #registered = new Set<string>();
  /** User → how many calls they are in, ringing included. */
  readonly #engaged = new Map<string, number>();
  readonly #wrapUps = new Map<string, CancelTimer>();

  constructor(clock: Clock, events: PeopleEvents) {
    this.#clock = clock;
    this.#events = events;
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

  availability(personId: PersonId): Availability {
    const user = this.#byPerson.get(personId)?.user;
    if (user === undefined || !this.#registered.has(user)) return 'unavailable';
    if (this.#engaged.has(user)) return 'busy';
    return this.#wrapUps.has(user) ? 'wrap-up' : 'free';
  }

  isRegistered(personId: PersonId): boolean {
    return this.availability(personId) !== 'unavailable';
  }

  /** The number of phones of a user changed. */
  setPhones(user: string, count: number): void {
    const was = this.#registered.has(user);
    if (count > 0) this.#registered.add(user);
    else this.#registered.delete(user);
    const personId = this.#byUser.get(user)?.personId;
    if (personId === undefined || was === count > 0) return;
    this.#events.onRegistered(personId, count > 0);
    if (this.availability(personId) === 'free') this.#events.onFree(personId, true);
  }

  /** Whether a user is in a call, or is rung. */
  isEngaged(user: string): boolean {
    return this.#engaged.has(user);
  }

  /** A user is rung, or makes a call. They are busy until the returned function is called. */
  engage(user: string): Release {
    this.#engaged.set(user, (this.#engaged.get(user) ?? 0) + 1);
    let released = false;
    return ({ unanswered = false, wrapUpMs = 0 } = {}) => {
      if (released) return;
      released = true;
      const left = (this.#engaged.get(user) ?? 1) - 1;
      if (left > 0) this.#engaged.set(user, left);
      else this.#engaged.delete(user);
      if (wrapUpMs > 0) this.#wrapUp(user, wrapUpMs);
      this.#tellIfFree(user, !unanswered);
      if (left <= 0) this.#events.onIdle?.(user);
    };
  }

  close(): void {
    for (const cancel of this.#wrapUps.values()) cancel();
    this.#wrapUps.clear();
  }

  #wrapUp(user: string, delayMs: number): void {
    this.#wrapUps.get(user)?.();
    const cancel = this.#clock.after(delayMs, () => {
      this.#wrapUps.delete(user);
      this.#tellIfFree(user, true);
    });
    this.#wrapUps.set(user, cancel);
  }

  #tellIfFree(user: string, fresh: boolean): void {
    const personId = this.#byUser.get(user)?.personId;
    if (personId !== undefined && this.availability(personId) === 'free') this.#events.onFree(personId, fresh);
  }
}
