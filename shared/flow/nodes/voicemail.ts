import { z } from 'zod';
import { MailboxSchema, mailboxReferences } from '../mailbox.ts';
import type { NodeDefinition } from '../node-definition.ts';
import { promptReferences, SpeechUseSchema } from '../speech.ts';

/** Settings of leaving a message; meaning: engine/SPEC.md, rules VM*. Times in milliseconds. */
export const VoicemailSchema = z.strictObject({
  mailbox: MailboxSchema.default({ kind: 'general' }),
  /** Said before the tone; without one there is only the tone. */
  greeting: SpeechUseSchema.optional(),
  maxMs: z.number().int().min(5000).max(600_000).default(120_000),
  /** This much silence ends the message. */
  silenceMs: z.number().int().min(1000).max(30_000).default(5000),
  /** Anything shorter is no message. */
  minMs: z.number().int().min(0).max(10_000).default(1000),
});
export type VoicemailData = z.infer<typeof VoicemailSchema>;

/** The caller leaves a message (S9). */
export const voicemailNode: NodeDefinition<'voicemail', typeof VoicemailSchema> = {
  type: 'voicemail',
  schema: VoicemailSchema,
  create: () => VoicemailSchema.parse({}),
  outputs: () => [
    { id: 'done', kind: 'outcome', need: 'optional' },
    { id: 'too-short', kind: 'outcome', need: 'optional' },
    { id: 'failed', kind: 'outcome', need: 'optional' },
  ],
  references: (data) => [...promptReferences(data.greeting), ...mailboxReferences(data.mailbox)],
};
