import { z } from 'zod';
import { IdSchema, KeySchema } from '../ids.ts';
import type { NodeDefinition } from '../node-definition.ts';

export const QueueNodeSchema = z.strictObject({
  queueId: IdSchema.optional(),
  /** Leaves the queue after this long; without it the queue's own limit holds. */
  maxWaitMs: z.number().int().min(1000).max(7_200_000).optional(),
  /** A key that leaves the queue by the output `key-pressed`. */
  breakOutKey: KeySchema.optional(),
});

/** Puts the call into a queue of operators (S6). */
export const queueNode: NodeDefinition<'queue', typeof QueueNodeSchema> = {
  type: 'queue',
  schema: QueueNodeSchema,
  create: () => ({}),
  outputs: (data) => [
    { id: 'timeout', kind: 'outcome', need: 'optional' },
    { id: 'full', kind: 'outcome', need: 'optional' },
    { id: 'join-empty', kind: 'outcome', need: 'optional' },
    { id: 'leave-empty', kind: 'outcome', need: 'optional' },
    ...(data.breakOutKey === undefined ? [] : [{ id: 'key-pressed', kind: 'outcome', need: 'required' } as const]),
  ],
  references: (data) => (data.queueId === undefined ? [] : [{ to: 'queue', id: data.queueId }]),
};
