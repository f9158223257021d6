import { newCallId, newTag } from '../../sip/ids.ts';
import { type NameAddr, parseNameAddr } from '../../sip/name-addr.ts';
import { OutgoingSession } from '../../sip/session/outgoing.ts';
import { hasTags, type Replaces } from '../../sip/session/replaces.ts';
import type { Session, SessionPhase } from '../../sip/session/session.ts';

/** A call of a user, as colleagues may know of it. */
export interface BoardCall {
  readonly id: string;
  /** `recipient`: their phone was rung. */
  readonly direction: 'initiator' | 'recipient';
  readonly phase: SessionPhase;
  /** Who calls, while the phone is rung. Whom somebody talks with is not told. */
  readonly caller: NameAddr | undefined;
  /** The name under which the call may be picked up. */
  readonly alias: Pick<Replaces, 'callId' | 'toTag' | 'fromTag'>;
}

interface Entry {
  readonly session: Session;
  readonly id: string;
  readonly alias: BoardCall['alias'];
}

/** Every call that a user's phones are in, for colleagues' lights. */
export class CallBoard {
  readonly #onChange: (user: string) => void;
  /** By session, in the order they began. */
  readonly #entries = new Map<Session, Entry>();
  #nextId = 1;

  /** `onChange` is told each change of a user's calls. */
  constructor(onChange: (user: string) => void) {
    this.#onChange = onChange;
  }

  /** To be told of each session whose `phase` changes. */
  note(session: Session): void {
    if (session.phase === 'terminated') {
      if (!this.#entries.delete(session)) return;
    } else if (!this.#entries.has(session)) {
      // Who knows the true ids of a dialog could speak in it; colleagues get ids that are good for a pick-up only.
      const alias = { callId: newCallId(), toTag: newTag(), fromTag: newTag() };
      this.#entries.set(session, { session, id: `c${this.#nextId++}`, alias });
    }
    this.#onChange(session.user);
  }

  /** The call to a phone that rings, by the name that colleagues were told or by its early dialog (RFC 3891 3). */
  ringing(named: Replaces): OutgoingSession | undefined {
    for (const { session, alias } of this.#entries.values()) {
      if (!(session instanceof OutgoingSession) || session.state !== 'starting') continue;
      const isAlias = named.callId === alias.callId && hasTags(named, alias.toTag, alias.fromTag);
      if (isAlias || session.isEarlyDialog(named)) return session;
    }
    return undefined;
  }

  callsOf(user: string): readonly BoardCall[] {
    return [...this.#entries.values()]
      .filter(({ session }) => session.user === user)
      .map(({ session, id, alias }) => {
        const isRung = session instanceof OutgoingSession;
        const caller = isRung && session.state === 'starting' ? parseNameAddr(session.from) : undefined;
        return { id, direction: isRung ? 'recipient' : 'initiator', phase: session.phase, caller, alias };
      });
  }
}
