import { z } from 'zod';
import type { NodeDefinition } from '../node-definition.ts';

export const StartSchema = z.strictObject({});

/** Where a call enters the flow; exactly one per flow. The call is answered here. */
export const startNode: NodeDefinition<'start', typeof StartSchema> = {
  type: 'start',
  schema: StartSchema,
  create: () => ({}),
  outputs: () => [{ id: 'next', kind: 'next', need: 'required' }],
  references: () => [],
};
