import type { PersonId } from '../../../shared/flow/ids.ts';
import { REASONS } from '../party.ts';
import { Talk, type TalkContext } from '../talk.ts';
import type { Conversation, FarPerson } from './conversation.ts';

/** Two people whom an operator connected with each other, and who had not called each other. */
export class JoinedCall implements Conversation {
  readonly #first: FarPerson;
  readonly #onEnded: () => void;
  readonly #talk: Talk;
  #over = false;

  constructor(context: Omit<TalkContext, 'offer'>, first: FarPerson, second: FarPerson, onEnded: () => void) {
    this.#first = first;
    this.#onEnded = onEnded;
    const offer = () => ({ caller: { number: first.party.session.user, name: '' }, headers: [] });
    this.#talk = new Talk({ ...context, offer }, first.party, second, () => second.release(), {
      onTransferred: () => {},
      onEnded: () => this.#finish(),
    });
    first.party.setEvents({
      onDigit: () => {},
      onHold: () => this.#talk.update(),
      onEnded: () => this.#finish(),
    });
  }

  get pair(): Conversation['pair'] {
    return this.#talk.pair;
  }

  giveFar(): FarPerson | undefined {
    const far = this.#talk.takeFar();
    if (far !== undefined) this.#finish();
    return far;
  }

  setFar(person: FarPerson, personId: PersonId | undefined): void {
    this.#talk.replaceFar(person, personId);
  }

  hangUp(): void {
    this.#finish();
  }

  #finish(): void {
    if (this.#over) return;
    this.#over = true;
    this.#talk.end();
    this.#first.party.hangUp(REASONS.normal);
    this.#first.release();
    this.#onEnded();
  }
}
