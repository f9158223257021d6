import { z } from 'zod';
import { ExternalNumberSchema } from '../external-number.ts';
import type { NodeDefinition } from '../node-definition.ts';

/** Whose number the far end sees: the caller's, or the one that the caller dialled. */
export const CALLER_IDS = ['number', 'caller'] as const;

/** Settings of forwarding outside; meaning: engine/SPEC.md, rules DL5 and DL6. */
export const ExternalSchema = z.strictObject({
  number: ExternalNumberSchema,
  /** How long it rings, in rings of the project's ring length (5 s); outside it takes a while until it does. */
  rings: z.number().int().min(1).max(24).default(6),
  callerId: z.enum(CALLER_IDS).default('number'),
});

/** Forwards the call to a number outside the phone system (S7). */
export const externalNode: NodeDefinition<'external', typeof ExternalSchema> = {
  type: 'external',
  schema: ExternalSchema,
  create: () => ExternalSchema.parse({ number: '' }),
  outputs: () => [
    { id: 'no-answer', kind: 'outcome', need: 'optional' },
    { id: 'busy', kind: 'outcome', need: 'optional' },
    { id: 'unavailable', kind: 'outcome', need: 'optional' },
  ],
  references: () => [],
};
