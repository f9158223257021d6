import { z } from 'zod';
import type { NodeDefinition } from '../node-definition.ts';

export const HangUpSchema = z.strictObject({
  cause: z.enum(['normal', 'busy', 'rejected']).default('normal'),
});

/** Ends the call. */
export const hangUpNode: NodeDefinition<'hang-up', typeof HangUpSchema> = {
  type: 'hang-up',
  schema: HangUpSchema,
  create: () => HangUpSchema.parse({}),
  outputs: () => [],
  references: () => [],
};
