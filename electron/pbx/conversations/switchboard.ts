import type { PersonId } from '../../../shared/flow/ids.ts';
import type { IncomingSession } from '../../sip/session/incoming.ts';
import { parseReplaces, type Replaces } from '../../sip/session/replaces.ts';
import type { Session } from '../../sip/session/session.ts';
import { REASONS } from '../party.ts';
import type { Conversation, FarPerson } from './conversation.ts';

/** What the switchboard needs of the PBX. */
export interface SwitchboardContext {
  /** Every call that may have two who talk. */
  readonly conversations: () => Iterable<Conversation>;
  readonly personOf: (user: string) => PersonId | undefined;
  /** Connects two who had not called each other. */
  readonly connect: (first: FarPerson, second: FarPerson) => void;
  /** Answers a phone that comes in place of another; its party has ended when there is no common codec. */
  readonly admit: (session: IncomingSession) => Promise<FarPerson>;
  /** The call to a phone that rings and is named; undefined when there is none. Gives who takes it; see `PersonRinger`. */
  readonly ringing: (replaces: Replaces) => ((person: FarPerson) => boolean) | undefined;
}

/** Dialogs that are over and are still known as such. */
const KEEP_ENDED = 100;

interface Seat {
  readonly conversation: Conversation;
  readonly side: 'caller' | 'far';
  readonly session: Session;
}

/** Connects people across calls: attended transfers and phones that take another's place (RFC 3891). See SPEC.md. */
export class Switchboard {
  readonly #context: SwitchboardContext;
  readonly #ended: Session[] = [];

  constructor(context: SwitchboardContext) {
    this.#context = context;
  }

  /**
   * A party asks that whom it talks with be connected with whom it talks with in another call, which `replaces` names
   * (RFC 3515, RFC 3891 4). Gives what to do once the REFER is accepted.
   */
  transfer(session: Session, replaces: Replaces): (tell: (status: number) => void) => void {
    return (tell) => {
      const here = this.#seat((candidate) => candidate === session);
      const there = this.#seat((candidate) => candidate.isDialog(replaces));
      // Someone else's call is none of this one's: it is not even told that there is one.
      if (here === undefined || there === undefined || there.session.user !== session.user) tell(481);
      else if (here.conversation === there.conversation) tell(400);
      else if (here.side === 'far' && there.side === 'far') tell(603);
      else {
        // Told first: the dialog of the REFER ends with the transfer.
        tell(200);
        this.#join(here, there);
      }
    };
  }

  /**
   * An INVITE with Replaces (RFC 3891 3): the phone takes the place of another one of the same user, or picks up a call
   * that rings at anyone's.
   */
  async replace(session: IncomingSession): Promise<void> {
    const values = session.request.headers.getAll('Replaces');
    const replaces = values.length === 1 ? parseReplaces(values[0] ?? '') : undefined;
    if (replaces === undefined) {
      session.reject(400, 'One dialog must be named');
      return;
    }
    const pickUp = this.#context.ringing(replaces);
    if (pickUp !== undefined) {
      await this.#pickUp(session, pickUp);
      return;
    }
    const seat = this.#seat((candidate) => candidate.isDialog(replaces));
    if (seat === undefined) {
      const isOver = this.#ended.some((ended) => ended.user === session.user && ended.isDialog(replaces));
      session.reject(isOver ? 603 : 481);
    } else if (seat.session.user !== session.user) session.reject(481);
    else if (replaces.earlyOnly) session.reject(486);
    else await this.#takeSeat(session, seat);
  }

  /** A dialog is over: a phone that comes for it now is declined, not told that it never was. */
  noteEnded(session: Session): void {
    this.#ended.push(session);
    if (this.#ended.length > KEEP_ENDED) this.#ended.shift();
  }

  async #takeSeat(session: IncomingSession, { conversation, side, session: replaced }: Seat): Promise<void> {
    const person = await this.#context.admit(session);
    // It may have ended, or been taken by another phone, while this one was answered.
    if (conversation.pair?.[side].session !== replaced || person.party.hasEnded) {
      person.party.hangUp(REASONS.normal);
      person.release();
    } else if (side === 'far') conversation.setFar(person, this.#context.personOf(session.user));
    else {
      const far = conversation.giveFar();
      if (far !== undefined) this.#context.connect(person, far);
    }
  }

  async #pickUp(session: IncomingSession, pickUp: (person: FarPerson) => boolean): Promise<void> {
    const person = await this.#context.admit(session);
    const personId = this.#context.personOf(session.user);
    if (!person.party.hasEnded && pickUp({ ...person, personId })) return;
    // It was answered, given up or picked up by another one, while this phone was answered.
    person.party.hangUp(REASONS.elsewhere);
    person.release();
  }

  #join(here: Seat, there: Seat): void {
    const [keeps, gives] = here.side === 'far' ? [here, there] : [there, here];
    const person = gives.conversation.giveFar();
    if (person === undefined) return;
    if (keeps.side === 'far') {
      keeps.conversation.setFar(person, this.#context.personOf(person.party.session.user));
      return;
    }
    // The operator called both of them.
    const other = keeps.conversation.giveFar();
    if (other !== undefined) this.#context.connect(person, other);
  }

  #seat(matches: (session: Session) => boolean): Seat | undefined {
    for (const conversation of this.#context.conversations()) {
      const { pair } = conversation;
      for (const side of ['caller', 'far'] as const) {
        const session = pair?.[side].session;
        if (session !== undefined && matches(session)) return { conversation, side, session };
      }
    }
    return undefined;
  }
}
