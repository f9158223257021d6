import type { RingEvents, Ringer, RingFailure, Ringing, RingOffer } from '../../shared/queue/ringer.ts';

interface Ring {
  readonly personId: string;
  readonly offer: RingOffer;
  readonly events: RingEvents<string>;
  cancelledFor: string | undefined;
  over: boolean;
}

/**
 * Phones that do what a test says. Whom `engage` is given, they are busy while they ring, as real ones are.
 * Who answers is "connected" by their name.
 */
export class FakeRinger implements Ringer<string> {
  readonly rings: Ring[] = [];
  /** People whose phone fails at once. */
  readonly failing = new Map<string, RingFailure>();
  readonly #engage: (personId: string) => (unanswered: boolean) => void;
  readonly #releases = new Map<Ring, (unanswered: boolean) => void>();

  constructor(engage: (personId: string) => (unanswered: boolean) => void = () => () => {}) {
    this.#engage = engage;
  }

  /** Who rings now, in the order they began. */
  get ringing(): string[] {
    return this.rings.filter((ring) => !ring.over).map((ring) => ring.personId);
  }

  ring(personId: string, offer: RingOffer, events: RingEvents<string>): Ringing {
    const failure = this.failing.get(personId);
    if (failure !== undefined) {
      events.onFailed(failure);
      return { cancel: () => {} };
    }
    const ring: Ring = { personId, offer, events, cancelledFor: undefined, over: false };
    this.rings.push(ring);
    this.#releases.set(ring, this.#engage(personId));
    return {
      cancel: (why) => {
        if (ring.over) return;
        ring.over = true;
        ring.cancelledFor = why;
        this.#releases.get(ring)?.(true);
      },
    };
  }

  answer(personId: string): void {
    const ring = this.#current(personId);
    ring.over = true;
    ring.events.onAnswered(personId);
  }

  fail(personId: string, why: RingFailure): void {
    const ring = this.#current(personId);
    ring.over = true;
    this.#releases.get(ring)?.(true);
    ring.events.onFailed(why);
  }

  #current(personId: string): Ring {
    const ring = this.rings.findLast((candidate) => candidate.personId === personId && !candidate.over);
    if (ring === undefined) throw new Error(`${personId} does not ring`);
    return ring;
  }
}

export const OFFER: RingOffer = { caller: { number: '+48123456789', name: 'Caller' }, headers: [] };
