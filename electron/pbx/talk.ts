import type { PersonId } from '../../shared/flow/ids.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Ringer, RingOffer } from '../../shared/queue/ringer.ts';
import { type EncodedAudio, LoopSource } from '../media/encoded-audio.ts';
import { Bridge, type Link } from './bridge.ts';
import type { FarPerson } from './conversations/conversation.ts';
import { Dial, type DialFailure } from './dial.ts';
import { type Party, REASONS } from './party.ts';
import type { AnsweredPerson } from './person-ringer.ts';

export interface TalkContext {
  readonly clock: Clock;
  readonly ringer: Ringer<AnsweredPerson>;
  readonly ringback: EncodedAudio;
  /** What who is put on hold hears. */
  readonly music: EncodedAudio;
  /** Who has that extension; undefined when nobody has. */
  readonly personOf: (extension: string) => PersonId | undefined;
  /** What the phone shows that a call is transferred to. */
  readonly offer: () => RingOffer;
}

export interface TalkEvents {
  /** Who talks with one another has changed, or it is told again. Not told at the beginning and the end. */
  onLink?(link: Link | undefined): void;
  /** Someone else talks with the caller now. */
  onTransferred(personId: PersonId | undefined): void;
  /** The person, or who came after them, is gone. Nothing comes after it. */
  onEnded(cause: string): void;
}

/** How long the phone rings that a call is transferred to, ms. */
const TRANSFER_RING_MS = 30_000;
const STATUSES: Readonly<Record<DialFailure, number>> = { busy: 486, 'no-answer': 480, unavailable: 480 };

interface Far {
  readonly person: AnsweredPerson;
  /** Frees them when their part is over. */
  readonly finish: () => void;
}

/**
 * A caller and a person in conversation, and the person's transfers to colleagues (RFC 3515, blind).
 *
 * - TX1 While the colleague's phone rings the caller hears ringback; who transferred may hang up meanwhile.
 * - TX2 When the colleague answers, they talk with the caller, and who transferred is let go.
 * - TX3 When nobody answers within 30 s, is busy or away, the conversation goes on as it was; if who transferred is gone,
 *   it ends.
 */
export class Talk {
  readonly #context: TalkContext;
  readonly #caller: Party;
  readonly #events: TalkEvents;
  #far: Far | undefined;
  #bridge: Bridge;
  #dial: Dial<AnsweredPerson> | undefined;
  #over = false;

  constructor(context: TalkContext, caller: Party, person: AnsweredPerson, finish: () => void, events: TalkEvents) {
    this.#context = context;
    this.#caller = caller;
    this.#events = events;
    this.#far = { person, finish };
    this.#bridge = new Bridge(caller, person.party, context.music);
    this.#watch(person);
  }

  /** Who talks; undefined while a transfer rings, and after the end. */
  get pair(): { readonly caller: Party; readonly far: Party } | undefined {
    if (this.#over || this.#dial !== undefined || this.#far === undefined) return undefined;
    return { caller: this.#caller, far: this.#far.person.party };
  }

  /** The same with what connects them; undefined also while either holds. */
  get link(): Link | undefined {
    const { pair } = this;
    if (pair === undefined || pair.caller.isHeld || pair.far.isHeld) return undefined;
    return { ...pair, bridge: this.#bridge };
  }

  /** Gives the person away; nothing is told of this conversation any more. Undefined when nobody talks. */
  takeFar(): FarPerson | undefined {
    const far = this.#far;
    if (this.pair === undefined || far === undefined) return undefined;
    this.#over = true;
    this.#far = undefined;
    // From here on the other conversation says who hears whom.
    this.#bridge.part();
    far.person.party.setEvents(undefined);
    return { party: far.person.party, release: far.finish };
  }

  /** Lets the person go; another one talks with the caller. */
  replaceFar(person: FarPerson, personId: PersonId | undefined): void {
    this.#connect(personId, person);
  }

  /** To be called when the caller's hold changes. */
  update(): void {
    if (this.#dial === undefined) this.#bridge.update();
    this.#tellLink();
  }

  /** Ends the person's part; the caller's is the owner's. */
  end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#dial?.cancel();
    this.#letGo();
  }

  #watch(person: AnsweredPerson): void {
    person.party.setEvents({
      onDigit: () => {},
      onHold: () => this.update(),
      onEnded: (cause) => this.#handleGone(cause),
      onTransfer: (extension) => this.#transfer(extension),
    });
  }

  /** Gives what to do once the request is accepted; undefined when it is declined. */
  #transfer(extension: string): ((tell: (status: number) => void) => void) | undefined {
    const personId = this.#context.personOf(extension);
    if (this.#over || this.#dial !== undefined || personId === undefined) return undefined;
    return (tell) => {
      const { clock, ringer, ringback, offer } = this.#context;
      this.#bridge.part();
      this.#caller.channel.play(new LoopSource(ringback));
      const request = { people: [personId], mode: 'in-order', ringMs: TRANSFER_RING_MS, offer: offer() } as const;
      const dial = new Dial(ringer, clock, request, {
        onRinging: () => {},
        onAnswered: (_personId, person) => {
          tell(200);
          this.#connect(person.personId ?? personId, person);
        },
        onFailed: (outcome) => {
          this.#dial = undefined;
          tell(STATUSES[outcome]);
          if (this.#far === undefined) this.#finish('far-end-hung-up');
          else {
            this.#bridge.update();
            this.#tellLink();
          }
        },
      });
      this.#dial = dial;
      this.#tellLink();
      dial.start();
    };
  }

  #connect(personId: PersonId | undefined, person: AnsweredPerson): void {
    this.#dial = undefined;
    this.#letGo();
    this.#far = { person, finish: () => person.release() };
    this.#bridge = new Bridge(this.#caller, person.party, this.#context.music);
    this.#watch(person);
    this.#events.onTransferred(personId);
    this.#tellLink();
  }

  #tellLink(): void {
    if (!this.#over) this.#events.onLink?.(this.link);
  }

  #handleGone(cause: string): void {
    if (this.#over) return;
    this.#letGo();
    if (this.#dial === undefined) this.#finish(cause);
  }

  #letGo(): void {
    const far = this.#far;
    this.#far = undefined;
    far?.person.party.hangUp(REASONS.normal);
    far?.finish();
  }

  #finish(cause: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#events.onEnded(cause);
  }
}
