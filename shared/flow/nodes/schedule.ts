import { z } from 'zod';
import { IdSchema } from '../ids.ts';
import type { NodeDefinition } from '../node-definition.ts';

export const ScheduleNodeSchema = z.strictObject({
  scheduleId: IdSchema.optional(),
});

/** Leads the call by the opening hours of a schedule of the project. */
export const scheduleNode: NodeDefinition<'schedule', typeof ScheduleNodeSchema> = {
  type: 'schedule',
  schema: ScheduleNodeSchema,
  create: () => ({}),
  outputs: () => [
    { id: 'open', kind: 'outcome', need: 'required' },
    { id: 'closed', kind: 'outcome', need: 'required' },
  ],
  references: (data) => (data.scheduleId === undefined ? [] : [{ to: 'schedule', id: data.scheduleId }]),
};
