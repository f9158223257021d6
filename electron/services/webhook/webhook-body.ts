import { z } from 'zod';
import type { VoicemailMessage } from '../../../shared/bridge/voicemail.ts';
import { IdSchema } from '../../../shared/flow/ids.ts';
import type { Mailbox } from '../../../shared/flow/mailbox.ts';
import type { Project } from '../../../shared/flow/project.ts';
import { lookup } from '../../../shared/lib/record.ts';

const Named = { id: z.string(), name: z.string() };

/** What is told of a message (WH1). */
export const WebhookBodySchema = z.strictObject({
  event: z.literal('voicemail.new'),
  id: z.string(),
  project: z.strictObject({ ...Named, id: IdSchema }),
  mailbox: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('person'), ...Named, extension: z.string() }),
    z.strictObject({ kind: z.literal('queue'), ...Named }),
    z.strictObject({ kind: z.literal('general') }),
  ]),
  caller: z.strictObject({ number: z.string(), name: z.string() }),
  dialled: z.string(),
  receivedAt: z.string(),
  durationMs: z.number(),
});
export type WebhookBody = z.infer<typeof WebhookBodySchema>;

/** WH1: names are those of now. */
export function webhookBody(message: VoicemailMessage, project: Project): WebhookBody {
  const { id, mailbox, caller, dialled, startedAtMs, durationMs } = message;
  return {
    event: 'voicemail.new',
    id,
    project: { id: project.id, name: project.name },
    mailbox: named(mailbox, project),
    caller,
    dialled,
    receivedAt: new Date(startedAtMs).toISOString(),
    durationMs: Math.round(durationMs),
  };
}

function named(mailbox: Mailbox, { people, queues }: Project): WebhookBody['mailbox'] {
  switch (mailbox.kind) {
    case 'person': {
      const { name = '', extension = '' } = lookup(people, mailbox.personId) ?? {};
      return { kind: 'person', id: mailbox.personId, name, extension };
    }
    case 'queue':
      return { kind: 'queue', id: mailbox.queueId, name: lookup(queues, mailbox.queueId)?.name ?? '' };
    case 'general':
      return { kind: 'general' };
  }
}
