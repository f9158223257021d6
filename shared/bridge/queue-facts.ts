import { z } from 'zod';
import { IdSchema } from '../flow/ids.ts';

/** What a queue has learnt and goes by (`shared/queue/queue-facts.ts`): it outlives the PBX process and the app. */
export const QueueFactsSchema = z.strictObject({
  lastRung: IdSchema.nullable(),
  members: z.record(
    IdSchema,
    z.strictObject({ calls: z.number().int().nonnegative(), lastCallMs: z.number().nullable() }),
  ),
  waits: z.array(z.strictObject({ waitedMs: z.number().nonnegative(), answeredAtMs: z.number() })).max(1000),
});
export type KeptQueueFacts = z.infer<typeof QueueFactsSchema>;

/** By queue. */
export const QueueFactsRecordsSchema = z.record(IdSchema, QueueFactsSchema);
export type QueueFactsRecords = z.infer<typeof QueueFactsRecordsSchema>;
