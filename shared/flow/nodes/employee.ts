import { z } from 'zod';
import { IdSchema } from '../ids.ts';
import type { NodeDefinition } from '../node-definition.ts';

export const EmployeeSchema = z.strictObject({
  /** Who is called, in order; at least one once the node is finished (S5). */
  people: z.array(IdSchema),
  /** All at once, or one after the other. */
  mode: z.enum(['all', 'in-order']).default('in-order'),
  /** How long each person's phone rings, in rings of the project's ring length (5 s). */
  rings: z.number().int().min(1).max(24).default(4),
});

/** Forwards the call to an operator or a list of operators (S5). */
export const employeeNode: NodeDefinition<'employee', typeof EmployeeSchema> = {
  type: 'employee',
  schema: EmployeeSchema,
  create: () => EmployeeSchema.parse({ people: [] }),
  outputs: () => [
    { id: 'no-answer', kind: 'outcome', need: 'optional' },
    { id: 'busy', kind: 'outcome', need: 'optional' },
    { id: 'unavailable', kind: 'outcome', need: 'optional' },
  ],
  references: (data) => data.people.map((id) => ({ to: 'person', id })),
};
