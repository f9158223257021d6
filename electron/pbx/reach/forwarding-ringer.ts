import type { Reach } from '../../../shared/bridge/reach.ts';
import type { PersonId } from '../../../shared/flow/ids.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import type { RingEvents, Ringer, RingFailure, Ringing, RingOffer } from '../../../shared/queue/ringer.ts';
import type { AnsweredPerson } from '../person-ringer.ts';

export interface ForwardingContext {
  readonly clock: Clock;
  /** Rings a person's own phones. */
  readonly ringer: Ringer<AnsweredPerson>;
  readonly reachOf: (personId: PersonId) => Reach;
  readonly personOf: (extension: string) => PersonId | undefined;
  /** The address of a person, for Diversion; undefined where they have none. */
  readonly addressOf: (personId: PersonId) => string | undefined;
  /** Rings a number outside. */
  readonly ringOutside: (number: string, offer: RingOffer, events: RingEvents<AnsweredPerson>) => Ringing;
}

/** RX5 */
const MOST_STEPS = 5;

type Why = 'unconditional' | 'do-not-disturb' | 'user-busy' | 'no-answer';

/** One who is looked for. */
interface Search {
  offer: RingOffer;
  readonly events: RingEvents<AnsweredPerson>;
  /** Who has been tried. */
  readonly tried: Set<string>;
  ringing: Ringing | undefined;
  isOver: boolean;
}

/** Rings people where they want to be reached; rules RX* in SPEC.md. */
export class ForwardingRinger implements Ringer<AnsweredPerson> {
  readonly #context: ForwardingContext;

  constructor(context: ForwardingContext) {
    this.#context = context;
  }

  ring(personId: PersonId, offer: RingOffer, events: RingEvents<AnsweredPerson>): Ringing {
    const search: Search = { offer, events, tried: new Set(), ringing: undefined, isOver: false };
    this.#try(search, personId, false);
    return {
      cancel: (why) => {
        search.isOver = true;
        search.ringing?.cancel(why);
      },
    };
  }

  /** @param isForwarded They are rung in place of somebody else. */
  #try(search: Search, personId: PersonId, isForwarded: boolean): void {
    if (search.tried.has(personId) || search.tried.size >= MOST_STEPS) {
      this.#fail(search, 'busy');
      return;
    }
    search.tried.add(personId);
    const reach = this.#context.reachOf(personId);
    if (reach.always !== '') this.#forward(search, personId, reach.always, 'unconditional');
    else if (!reach.doNotDisturb) this.#ring(search, personId, reach, isForwarded);
    else if (reach.busy !== '') this.#forward(search, personId, reach.busy, 'do-not-disturb');
    else this.#fail(search, 'busy');
  }

  #ring(search: Search, personId: PersonId, reach: Reach, isForwarded: boolean): void {
    let isDone = false;
    let cancelTimer = (): void => {};
    const done = (): boolean => {
      const isFirst = !isDone && !search.isOver;
      isDone = true;
      cancelTimer();
      return isFirst;
    };
    const ringing = this.#context.ringer.ring(personId, search.offer, {
      onRinging: () => isDone || search.events.onRinging?.(),
      onAnswered: (person) => {
        if (!done()) return;
        this.#answer(search, isForwarded && person.personId === undefined ? { ...person, personId } : person);
      },
      onFailed: (why) => {
        if (!done()) return;
        const target = why === 'busy' || why === 'declined' ? reach.busy : reach.noAnswer;
        if (target === '') this.#fail(search, why);
        else this.#forward(search, personId, target, why === 'busy' || why === 'declined' ? 'user-busy' : 'no-answer');
      },
    });
    // Someone without a phone has failed before `ring` returned, and was gone on from.
    if (isDone) return;
    search.ringing = {
      cancel: (why) => {
        if (isDone) return;
        isDone = true;
        cancelTimer();
        ringing.cancel(why);
      },
    };
    if (reach.noAnswer === '') return;
    cancelTimer = this.#context.clock.after(reach.noAnswerMs, () => {
      if (!done()) return;
      ringing.cancel('answered-elsewhere');
      this.#forward(search, personId, reach.noAnswer, 'no-answer');
    });
  }

  #forward(search: Search, from: PersonId, target: string, why: Why): void {
    const { addressOf, personOf, ringOutside } = this.#context;
    const address = addressOf(from);
    const diversion = address === undefined ? [] : ([['Diversion', `<${address}>;reason=${why}`]] as const);
    search.offer = { ...search.offer, headers: [...search.offer.headers, ...diversion] };
    const colleague = personOf(target);
    if (colleague !== undefined) {
      this.#try(search, colleague, true);
      return;
    }
    if (search.tried.has(target)) {
      this.#fail(search, 'busy');
      return;
    }
    search.tried.add(target);
    let isDone = false;
    const ringing = ringOutside(target, search.offer, {
      onRinging: () => search.isOver || search.events.onRinging?.(),
      onAnswered: (person) => {
        isDone = true;
        if (!search.isOver) this.#answer(search, { ...person, personId: target });
      },
      onFailed: (failure) => {
        isDone = true;
        // RX7
        if (!search.isOver) this.#fail(search, failure === 'busy' ? 'busy' : 'no-answer');
      },
    });
    if (!isDone) search.ringing = ringing;
  }

  #answer(search: Search, person: AnsweredPerson): void {
    search.isOver = true;
    search.events.onAnswered(person);
  }

  #fail(search: Search, why: RingFailure): void {
    search.isOver = true;
    search.events.onFailed(why);
  }
}
