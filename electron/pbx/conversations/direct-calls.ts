import type { PersonId } from '../../../shared/flow/ids.ts';
import type { Release } from '../../../shared/queue/people.ts';
import type { IncomingSession } from '../../sip/session/incoming.ts';
import type { CallerIdentity } from '../caller-identity.ts';
import type { Party } from '../party.ts';
import type { Conversation, FarPerson } from './conversation.ts';
import { DirectCall, type DirectCallContext } from './direct-call.ts';
import { JoinedCall } from './joined-call.ts';

/** The calls that no flow handles: from person to person, and those that a transfer made. */
export class DirectCalls {
  readonly #calls = new Set<Conversation & { hangUp(): void }>();

  get size(): number {
    return this.#calls.size;
  }

  [Symbol.iterator](): Iterator<Conversation> {
    return this.#calls[Symbol.iterator]();
  }

  /** A person calls a colleague. `release` frees the caller when it is over. */
  start(
    context: DirectCallContext,
    caller: Party<IncomingSession>,
    identity: CallerIdentity,
    personId: PersonId,
    release: Release,
  ): void {
    const call = new DirectCall(context, caller, identity, personId, () => {
      this.#calls.delete(call);
      release();
    });
    this.#calls.add(call);
    call.start();
  }

  /** Two who had not called each other talk from now on. */
  connect(context: DirectCallContext, first: FarPerson, second: FarPerson): void {
    const call = new JoinedCall(context, first, second, () => this.#calls.delete(call));
    this.#calls.add(call);
  }

  hangUp(): void {
    for (const call of [...this.#calls]) call.hangUp();
  }
}
