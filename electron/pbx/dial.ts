import type { DialOutcome } from '../../shared/engine/events.ts';
import type { PersonId } from '../../shared/flow/ids.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { TimerSet } from '../../shared/lib/timer-set.ts';
import type { Ringer, RingFailure, Ringing, RingOffer } from '../../shared/queue/ringer.ts';

export type DialFailure = Exclude<DialOutcome, 'answered'>;

export interface DialRequest {
  readonly people: readonly PersonId[];
  /** `all` at once for `ringMs`, or one after the other for `ringMs` each. */
  readonly mode: 'all' | 'in-order';
  readonly ringMs: number;
  readonly offer: RingOffer;
}

export interface DialEvents<Answered> {
  /** A phone rings now. */
  onRinging(personId: PersonId): void;
  onAnswered(personId: PersonId, answered: Answered): void;
  onFailed(outcome: DialFailure): void;
}

/** To whom the whole attempt failed most hopefully: a phone that rang says more than one that was off. */
const BY_HOPE: readonly DialFailure[] = ['no-answer', 'busy', 'unavailable'];

/** How each way to fail counts as an outcome of the flow. */
const OUTCOMES: Readonly<Record<RingFailure, DialFailure>> = {
  'no-answer': 'no-answer',
  busy: 'busy',
  declined: 'busy',
  unavailable: 'unavailable',
};

/** One attempt to reach people: ends once, by an answer, a failure or `cancel`. */
export class Dial<Answered> {
  readonly #ringer: Ringer<Answered>;
  readonly #timers: TimerSet;
  readonly #request: DialRequest;
  readonly #events: DialEvents<Answered>;
  readonly #waiting: PersonId[];
  readonly #ringing = new Map<PersonId, Ringing>();
  readonly #failures = new Set<DialFailure>();
  #over = false;

  constructor(ringer: Ringer<Answered>, clock: Clock, request: DialRequest, events: DialEvents<Answered>) {
    this.#ringer = ringer;
    this.#timers = new TimerSet(clock);
    this.#request = request;
    this.#events = events;
    this.#waiting = [...new Set(request.people)];
  }

  start(): void {
    if (this.#request.mode === 'in-order') {
      this.#next();
      return;
    }
    this.#timers.set('ring', this.#request.ringMs, () => this.#giveUp());
    const everyone = this.#waiting.splice(0);
    // All are begun before one of them can end the attempt by failing at once.
    for (const personId of everyone) this.#ring(personId);
    this.#settle();
  }

  /** The caller is gone, or the call is over. */
  cancel(): void {
    this.#finish('caller-gone');
  }

  #next(): void {
    const personId = this.#waiting.shift();
    if (personId === undefined) {
      this.#settle();
      return;
    }
    this.#timers.set('ring', this.#request.ringMs, () => this.#giveUp());
    this.#ring(personId);
    this.#settle();
  }

  #ring(personId: PersonId): void {
    let failed = false;
    const ringing = this.#ringer.ring(personId, this.#request.offer, {
      onRinging: () => this.#over || this.#events.onRinging(personId),
      onAnswered: (answered) => {
        if (this.#over) return;
        this.#ringing.delete(personId);
        this.#finish('answered-elsewhere');
        this.#events.onAnswered(personId, answered);
      },
      onFailed: (why) => {
        failed = true;
        this.#failures.add(OUTCOMES[why]);
        if (this.#ringing.delete(personId)) this.#settle();
      },
    });
    // A person without a phone fails before `ring` has returned.
    if (!failed) this.#ringing.set(personId, ringing);
  }

  #giveUp(): void {
    for (const ringing of this.#ringing.values()) ringing.cancel('no-answer');
    this.#ringing.clear();
    this.#failures.add('no-answer');
    this.#settle();
  }

  /** Goes on when nothing rings any more. */
  #settle(): void {
    if (this.#over || this.#ringing.size > 0) return;
    if (this.#waiting.length > 0) {
      this.#next();
      return;
    }
    this.#finish('no-answer');
    this.#events.onFailed(BY_HOPE.find((outcome) => this.#failures.has(outcome)) ?? 'unavailable');
  }

  #finish(why: Parameters<Ringing['cancel']>[0]): void {
    if (this.#over) return;
    this.#over = true;
    this.#timers.clear();
    for (const ringing of this.#ringing.values()) ringing.cancel(why);
    this.#ringing.clear();
  }
}
