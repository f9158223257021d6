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
