import { z } from 'zod';
import { AssignmentSchema } from '../expression.ts';
import type { NodeDefinition } from '../node-definition.ts';

/** Settings of setting variables; meaning: engine/SPEC.md, rules VA*. */
export const SetVariableSchema = z.strictObject({
  /** In this order; a later one sees what an earlier one set. */
  assignments: z.array(AssignmentSchema).max(20),
});

/** Works something out and remembers it. */
export const setVariableNode: NodeDefinition<'set-variable', typeof SetVariableSchema> = {
  type: 'set-variable',
  schema: SetVariableSchema,
  create: () => ({ assignments: [] }),
  outputs: () => [
    { id: 'next', kind: 'next', need: 'required' },
    { id: 'error', kind: 'outcome', need: 'optional' },
  ],
  references: (data) => data.assignments.map(({ variable }) => ({ to: 'variable', id: variable })),
};
