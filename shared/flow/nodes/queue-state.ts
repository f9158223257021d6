import { z } from 'zod';
import { IdSchema } from '../ids.ts';
import type { NodeDefinition } from '../node-definition.ts';

/** Settings of looking at a queue; meaning: engine/SPEC.md, rules QS*. */
export const QueueStateSchema = z.strictObject({
  queueId: IdSchema.optional(),
  /** With this many callers waiting or more the call goes on by `crowded`. */
  crowdedAt: z.number().int().min(1).max(10_000).optional(),
});

/** Leads the call by how a queue stands, before it is put there. */
export const queueStateNode: NodeDefinition<'queue-state', typeof QueueStateSchema> = {
  type: 'queue-state',
  schema: QueueStateSchema,
  create: () => ({}),
  outputs: (data) => [
    { id: 'free', kind: 'outcome', need: 'required' },
    { id: 'busy', kind: 'outcome', need: 'required' },
    ...(data.crowdedAt === undefined ? [] : [{ id: 'crowded', kind: 'outcome', need: 'required' } as const]),
    { id: 'nobody', kind: 'outcome', need: 'required' },
  ],
  references: (data) => (data.queueId === undefined ? [] : [{ to: 'queue', id: data.queueId }]),
};
