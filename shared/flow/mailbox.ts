import { z } from 'zod';
import { IdSchema } from './ids.ts';
import type { Reference } from './node-definition.ts';

/** Whose voicemail a message goes to: a person's, a queue's, or everyone's. */
export const MailboxSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), personId: IdSchema }),
  z.strictObject({ kind: z.literal('queue'), queueId: IdSchema }),
  z.strictObject({ kind: z.literal('general') }),
]);
export type Mailbox = z.infer<typeof MailboxSchema>;

export function mailboxReferences(mailbox: Mailbox): readonly Reference[] {
  if (mailbox.kind === 'person') return [{ to: 'person', id: mailbox.personId }];
  return mailbox.kind === 'queue' ? [{ to: 'queue', id: mailbox.queueId }] : [];
}
