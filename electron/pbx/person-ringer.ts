import type { PbxAccount } from '../../shared/bridge/pbx.ts';
import type { PersonId } from '../../shared/flow/ids.ts';
import type { RingEvents, Ringer, RingFailure, Ringing, RingOffer } from '../../shared/queue/ringer.ts';
import { formatNameAddr } from '../sip/name-addr.ts';
import type { Binding } from '../sip/registrar.ts';
import type { OutgoingSession } from '../sip/session/outgoing.ts';
import { formatSipUri } from '../sip/uri.ts';
import type { UserAgent } from '../sip/user-agent.ts';
import type { FarPerson } from './conversations/conversation.ts';
import { type MediaContext, Party, REASONS } from './party.ts';
import type { Engagement, People } from './people.ts';

/** Someone who answered. */
export type AnsweredPerson = FarPerson;

export interface PersonRingerContext extends MediaContext {
  readonly people: People;
  readonly userAgent: UserAgent;
  readonly realm: string;
}

const CANCEL_REASONS = {
  'answered-elsewhere': REASONS.elsewhere,
  'no-answer': REASONS.noAnswer,
  'caller-gone': REASONS.normal,
} as const;

/** Rings people on every phone they have registered. */
export class PersonRinger implements Ringer<AnsweredPerson> {
  readonly #context: PersonRingerContext;
  readonly #forks = new Set<Fork>();

  constructor(context: PersonRingerContext) {
    this.#context = context;
  }

  /** A colleague takes a call that rings; false: it rings no more. Every phone of who was rung stops. */
  pickUp(session: OutgoingSession, person: FarPerson): boolean {
    for (const fork of this.#forks) if (fork.rings(session)) return fork.pickUp(person);
    return false;
  }

  ring(personId: PersonId, offer: RingOffer, events: RingEvents<AnsweredPerson>): Ringing {
    return this.#ringAccount(this.#context.people.accountOf(personId), offer, events);
  }

  /** Rings an account by its user, also one that is no person's. */
  ringUser(user: string, offer: RingOffer, events: RingEvents<AnsweredPerson>): Ringing {
    return this.#ringAccount(this.#context.people.account(user), offer, events);
  }

  #ringAccount(account: PbxAccount | undefined, offer: RingOffer, events: RingEvents<AnsweredPerson>): Ringing {
    const { people, userAgent } = this.#context;
    const bindings = account === undefined ? [] : userAgent.registrar.bindingsOf(account.user);
    if (account === undefined || bindings.length === 0) events.onFailed('unavailable');
    else if (people.isEngaged(account.user)) events.onFailed('busy');
    else {
      const over = () => void this.#forks.delete(fork);
      const fork = new Fork(this.#context, account.user, account.displayName, bindings, offer, events, over);
      this.#forks.add(fork);
      fork.start();
      return fork;
    }
    return { cancel: () => {} };
  }
}

/** One person's phones, ringing together. */
class Fork implements Ringing {
  readonly #context: PersonRingerContext;
  readonly #offer: RingOffer;
  readonly #events: RingEvents<AnsweredPerson>;
  readonly #engagement: Engagement;
  readonly #to: string;
  readonly #branches = new Set<Branch>();
  readonly #failures = new Set<RingFailure>();
  readonly #onOver: () => void;
  #over = false;

  constructor(
    context: PersonRingerContext,
    user: string,
    displayName: string,
    bindings: readonly Binding[],
    offer: RingOffer,
    events: RingEvents<AnsweredPerson>,
    onOver: () => void,
  ) {
    this.#context = context;
    this.#offer = offer;
    this.#events = events;
    this.#onOver = onOver;
    this.#engagement = context.people.ring(user);
    this.#to = formatNameAddr({ displayName, uri: formatSipUri({ user, host: context.realm }) });
    for (const binding of bindings) {
      const branch = new Branch(context, binding, this.#invite(binding), {
        onRinging: () => this.#over || events.onRinging?.(),
        onAnswered: (party) => this.#handleAnswer(branch, party),
        onFailed: (why) => this.#handleFailure(branch, why),
      });
      this.#branches.add(branch);
    }
  }

  start(): void {
    for (const branch of [...this.#branches]) void branch.start();
  }

  /** Whether that is one of the phones that ring. */
  rings(session: OutgoingSession): boolean {
    return !this.#over && [...this.#branches].some((branch) => branch.session === session);
  }

  /** Somebody else answers in place of who is rung. */
  pickUp(person: FarPerson): boolean {
    if (this.#over) return false;
    this.#end();
    for (const branch of this.#branches) branch.cancel(REASONS.elsewhere);
    this.#engagement.release({ unanswered: true });
    this.#events.onAnswered(person);
    return true;
  }

  cancel(why: Parameters<Ringing['cancel']>[0]): void {
    if (this.#over) return;
    this.#end();
    for (const branch of this.#branches) branch.cancel(CANCEL_REASONS[why]);
    this.#engagement.release({ unanswered: true });
  }

  #invite(binding: Binding): Invitation {
    const { number, name } = this.#offer.caller;
    // RFC 3261 8.1.1.3: a caller who withholds their number is Anonymous at a host that cannot exist.
    const from =
      number === ''
        ? formatNameAddr({ displayName: 'Anonymous', uri: 'sip:anonymous@anonymous.invalid' })
        : formatNameAddr({ displayName: name, uri: formatSipUri({ user: number, host: this.#context.realm }) });
    const { headers, codec } = this.#offer;
    return { target: binding.contact, from, to: this.#to, headers, codec };
  }

  #end(): void {
    this.#over = true;
    this.#onOver();
  }

  #handleAnswer(branch: Branch, party: Party<OutgoingSession>): void {
    this.#branches.delete(branch);
    if (this.#over) {
      party.hangUp(REASONS.elsewhere);
      return;
    }
    this.#end();
    for (const other of this.#branches) other.cancel(REASONS.elsewhere);
    this.#engagement.answered();
    this.#events.onAnswered({ party, release: this.#engagement.release });
  }

  #handleFailure(branch: Branch, why: RingFailure): void {
    this.#branches.delete(branch);
    this.#failures.add(why);
    if (this.#over) return;
    // RFC 3261 21.6.4: a decline (603) speaks for the person, not just for that phone.
    if (why === 'declined') for (const other of this.#branches) other.cancel(REASONS.elsewhere);
    else if (this.#branches.size > 0) return;
    this.#end();
    this.#engagement.release({ unanswered: true });
    const order = ['declined', 'busy', 'no-answer', 'unavailable'] as const;
    this.#events.onFailed(order.find((failure) => this.#failures.has(failure)) ?? 'unavailable');
  }
}

interface Invitation extends Pick<RingOffer, 'headers' | 'codec'> {
  readonly target: string;
  readonly from: string;
  readonly to: string;
}

interface BranchEvents {
  onRinging(): void;
  onAnswered(party: Party<OutgoingSession>): void;
  onFailed(why: RingFailure): void;
}

/** One phone that rings. */
class Branch {
  readonly #context: PersonRingerContext;
  readonly #binding: Binding;
  readonly #invite: Invitation;
  readonly #events: BranchEvents;
  #session: OutgoingSession | undefined;
  #closeLeg = (): void => {};
  #rang = false;
  #cancelled = false;

  constructor(context: PersonRingerContext, binding: Binding, invite: Invitation, events: BranchEvents) {
    this.#context = context;
    this.#binding = binding;
    this.#invite = invite;
    this.#events = events;
  }

  /** The call to this phone; undefined before it is made. */
  get session(): OutgoingSession | undefined {
    return this.#session;
  }

  async start(): Promise<void> {
    const leg = this.#context.createLeg(this.#binding.flow, this.#invite.codec);
    this.#closeLeg = () => void leg.close();
    let sdp: string;
    try {
      sdp = await leg.offer();
    } catch (error) {
      this.#context.logger.log('error', 'pbx.media-offer-failed', { error: String(error) });
      this.#fail('unavailable');
      return;
    }
    if (this.#cancelled) {
      this.#closeLeg();
      return;
    }
    const session = this.#context.userAgent.invite(
      this.#binding,
      { ...this.#invite, sdp },
      {
        onRinging: () => {
          this.#rang = true;
          this.#events.onRinging();
        },
        onAnswered: (answer) => {
          const party = new Party(this.#context, session, leg);
          leg.acceptAnswer(answer).then(
            () => {
              if (party.hasEnded) this.#events.onFailed('unavailable');
              else this.#events.onAnswered(party);
            },
            (error: unknown) => {
              this.#context.logger.log('warn', 'pbx.answer-unusable', { error: String(error) });
              party.hangUp(REASONS.noMedia);
              this.#events.onFailed('unavailable');
            },
          );
        },
        onRejected: (status) => this.#fail(failureOf(status, this.#rang)),
      },
    );
    this.#session = session;
    session.start();
  }

  cancel(reason: string): void {
    this.#cancelled = true;
    this.#session?.cancel(reason);
    this.#closeLeg();
  }

  #fail(why: RingFailure): void {
    this.#closeLeg();
    this.#events.onFailed(why);
  }
}

/** What a final error of a phone means (RFC 3261 21). A 480 after ringing is somebody's "no": JsSIP's default. */
export function failureOf(status: number, rang: boolean): RingFailure {
  if (status === 603 || (status === 480 && rang)) return 'declined';
  if (status === 486 || status === 600) return 'busy';
  if (status === 408 && rang) return 'no-answer';
  return 'unavailable';
}
