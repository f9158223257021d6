import type { PersonId } from '../../../shared/flow/ids.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import type { Logger } from '../../../shared/lib/logger.ts';
import type { Ringer, RingOffer } from '../../../shared/queue/ringer.ts';
import type { EncodedAudio } from '../../media/encoded-audio.ts';
import { preferredCodec } from '../../media/negotiate.ts';
import type { IncomingSession } from '../../sip/session/incoming.ts';
import { isBrowser } from '../../sip/transport.ts';
import type { CallerIdentity } from '../caller-identity.ts';
import { Dial, type DialFailure } from '../dial.ts';
import { answerCaller, type Party, REASONS } from '../party.ts';
import type { AnsweredPerson } from '../person-ringer.ts';
import { Talk, type TalkContext } from '../talk.ts';
import type { Conversation, FarPerson } from './conversation.ts';

export interface DirectCallContext {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly ringer: Ringer<AnsweredPerson>;
  readonly music: EncodedAudio;
  readonly ringback: EncodedAudio;
  readonly personOf: TalkContext['personOf'];
}

/** How long a colleague's phone rings, ms. */
const RING_MS = 60_000;
const REFUSALS: Readonly<Record<DialFailure, number>> = { busy: 486, 'no-answer': 480, unavailable: 480 };

/** A person calls a colleague's extension: rings, connects, and ends with either of them. */
export class DirectCall implements Conversation {
  readonly #context: DirectCallContext;
  readonly #caller: Party<IncomingSession>;
  readonly #onEnded: () => void;
  readonly #dial: Dial<AnsweredPerson>;
  readonly #offer: RingOffer;
  #talk: Talk | undefined;
  #over = false;

  constructor(
    context: DirectCallContext,
    caller: Party<IncomingSession>,
    identity: CallerIdentity,
    personId: PersonId,
    onEnded: () => void,
  ) {
    this.#context = context;
    this.#caller = caller;
    this.#onEnded = onEnded;
    const { request: invite, signallingFlow } = caller.session;
    const codec = preferredCodec(invite.body, isBrowser(signallingFlow) ? 'secured' : 'plain');
    this.#offer = { caller: identity, headers: [], codec };
    const request = { people: [personId], mode: 'in-order', ringMs: RING_MS, offer: this.#offer } as const;
    this.#dial = new Dial(context.ringer, context.clock, request, {
      onRinging: () => caller.session.ring(),
      onAnswered: (_personId, person) => this.#connect(person),
      onFailed: (outcome) => {
        caller.session.reject(REFUSALS[outcome]);
        this.#finish();
      },
    });
    caller.setEvents({
      onDigit: () => {},
      onHold: () => this.#talk?.update(),
      onEnded: () => this.#finish(),
    });
  }

  start(): void {
    this.#dial.start();
  }

  get pair(): Conversation['pair'] {
    return this.#talk?.pair;
  }

  giveFar(): FarPerson | undefined {
    const far = this.#talk?.takeFar();
    if (far !== undefined) this.#finish();
    return far;
  }

  setFar(person: FarPerson, personId: PersonId | undefined): void {
    this.#talk?.replaceFar(person, personId);
  }

  hangUp(): void {
    this.#finish();
  }

  #connect(person: AnsweredPerson): void {
    void answerCaller(this.#caller, this.#context.logger, person.party.leg.format?.codec);
    const context = { ...this.#context, offer: () => this.#offer };
    this.#talk = new Talk(context, this.#caller, person, () => person.release(), {
      onTransferred: () => {},
      onEnded: () => this.#finish(),
    });
  }

  #finish(): void {
    if (this.#over) return;
    this.#over = true;
    this.#dial.cancel();
    const talk = this.#talk;
    this.#talk = undefined;
    talk?.end();
    this.#caller.hangUp(REASONS.normal);
    this.#onEnded();
  }
}
