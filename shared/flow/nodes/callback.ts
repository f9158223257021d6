import { z } from 'zod';
import { IdSchema } from '../ids.ts';
import type { NodeDefinition } from '../node-definition.ts';

/** Settings of asking for a call back; meaning: engine/SPEC.md, rules CB*. */
export const CallbackSchema = z.strictObject({
  /** Whose operators call back. */
  queueId: IdSchema.optional(),
});

/** The caller is to be called back by an operator of a queue, and need not wait. */
export const callbackNode: NodeDefinition<'callback', typeof CallbackSchema> = {
  type: 'callback',
  schema: CallbackSchema,
  create: () => ({}),
  outputs: () => [
    { id: 'requested', kind: 'outcome', need: 'required' },
    { id: 'not-possible', kind: 'outcome', need: 'required' },
  ],
  references: (data) => (data.queueId === undefined ? [] : [{ to: 'queue', id: data.queueId }]),
};
