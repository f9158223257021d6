import { z } from 'zod';
import type { NodeDefinition } from '../node-definition.ts';

export const ExitSchema = z.strictObject({});

/** Leaves the IVR: the call goes on by the default handling of the number that was called (S11). */
export const exitNode: NodeDefinition<'exit', typeof ExitSchema> = {
  type: 'exit',
  schema: ExitSchema,
  create: () => ({}),
  outputs: () => [],
  references: () => [],
};
