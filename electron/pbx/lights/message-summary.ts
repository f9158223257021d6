import type { MailboxCounts } from '../../../shared/bridge/voicemail.ts';
import type { PersonId } from '../../../shared/flow/ids.ts';
import { lookup } from '../../../shared/lib/record.ts';
import type { EventPackage } from '../../sip/subscriptions/event-package.ts';
import { formatSipUri } from '../../sip/uri.ts';

/** Name of the event (RFC 3842). */
export const MESSAGES_EVENT = 'message-summary';

const NONE: MailboxCounts = { fresh: 0, heard: 0 };

export interface MessagesContext {
  readonly personOf: (user: string) => PersonId | undefined;
  readonly userOf: (personId: PersonId) => string | undefined;
  /** The messages of that user have changed. */
  readonly onChange: (user: string) => void;
}

/** How many messages wait for each person, and the event package that tells their phones. */
export class MessagesWaiting {
  readonly #context: MessagesContext;
  #counts: Readonly<Record<PersonId, MailboxCounts>> = {};

  constructor(context: MessagesContext) {
    this.#context = context;
  }

  /** Takes the counts of everyone; who is not among them has none. */
  set(counts: Readonly<Record<PersonId, MailboxCounts>>): void {
    const before = this.#counts;
    this.#counts = counts;
    for (const personId of new Set([...Object.keys(before), ...Object.keys(counts)])) {
      const [was, is] = [lookup(before, personId) ?? NONE, lookup(counts, personId) ?? NONE];
      const user = this.#context.userOf(personId);
      if (user !== undefined && (was.fresh !== is.fresh || was.heard !== is.heard)) this.#context.onChange(user);
    }
  }

  /** The event package `message-summary` (RFC 3842): a person's own mailbox, told to nobody else. */
  eventPackage(realm: string): EventPackage {
    const { personOf } = this.#context;
    return {
      name: MESSAGES_EVENT,
      contentType: 'application/simple-message-summary',
      find: (watcher, target) => (target === watcher ? { resource: watcher } : { status: 403 }),
      writer: (user) => () => {
        const personId = personOf(user);
        const counts = personId === undefined ? NONE : (lookup(this.#counts, personId) ?? NONE);
        return messageSummary(formatSipUri({ user, host: realm }), counts);
      },
    };
  }
}

/** The body (RFC 3842 5.2). */
export function messageSummary(account: string, { fresh, heard }: MailboxCounts): string {
  const lines = [
    `Messages-Waiting: ${fresh > 0 ? 'yes' : 'no'}`,
    `Message-Account: ${account}`,
    `Voice-Message: ${fresh}/${heard}`,
  ];
  return `${lines.join('\r\n')}\r\n`;
}
