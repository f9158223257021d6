import { z } from 'zod';
import type { NodeDefinition } from '../node-definition.ts';

/** What a flow tells the one that called it, in the words of whoever drew it. */
export const ResultSchema = z
  .string()
  .max(40)
  .regex(/^\S(.*\S)?$/, 'a name without spaces around it');

export const ReturnSchema = z.strictObject({
  result: ResultSchema,
});

/** Ends a sub-flow: the call goes back to the node that called it, and on by the output of the result's name. */
export const returnNode: NodeDefinition<'return', typeof ReturnSchema> = {
  type: 'return',
  schema: ReturnSchema,
  create: () => ({ result: 'done' }),
  outputs: () => [],
  references: () => [],
};
