import { z } from 'zod';
import { MailboxSchema } from '../flow/mailbox.ts';

/** A message that a caller left, as its file beside the sound says. Times are wall-clock ms. */
export const VoicemailMessageSchema = z.strictObject({
  id: z.string().regex(/^[0-9a-f-]{36}$/),
  mailbox: MailboxSchema,
  caller: z.strictObject({ number: z.string(), name: z.string() }),
  /** What was dialled. */
  dialled: z.string(),
  callId: z.string(),
  startedAtMs: z.number(),
  durationMs: z.number().nonnegative(),
  heard: z.boolean(),
});
export type VoicemailMessage = z.infer<typeof VoicemailMessageSchema>;

/** How many messages are in a person's own mailbox, not heard yet and heard. */
export const MailboxCountsSchema = z.strictObject({
  fresh: z.number().int().nonnegative(),
  heard: z.number().int().nonnegative(),
});
export type MailboxCounts = z.infer<typeof MailboxCountsSchema>;

/** The messages of each person who has any, counted: lights of phones show them. */
export function countMessages(messages: readonly VoicemailMessage[]): Record<string, MailboxCounts> {
  const counts: Record<string, MailboxCounts> = {};
  for (const { mailbox, heard } of messages) {
    if (mailbox.kind !== 'person') continue;
    const { personId } = mailbox;
    const sofar = Object.hasOwn(counts, personId) ? counts[personId] : undefined;
    const { fresh, heard: old } = sofar ?? { fresh: 0, heard: 0 };
    counts[personId] = heard ? { fresh, heard: old + 1 } : { fresh: fresh + 1, heard: old };
  }
  return counts;
}
