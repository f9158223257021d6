import { z } from 'zod';
import { AssignmentSchema } from '../expression.ts';
import { IdSchema } from '../ids.ts';
import type { NodeDefinition } from '../node-definition.ts';
import { ResultSchema } from './return.ts';

/** Settings of a sub-flow; meaning: engine/SPEC.md, rules SF*. */
export const SubFlowSchema = z.strictObject({
  flowId: IdSchema.optional(),
  /** Variables that are set before the flow is entered, in this order: what it is told. */
  parameters: z.array(AssignmentSchema).max(20).default([]),
  /** The results that lead on by outputs of their own, `result:NAME`; what the called flow returns, as last seen. */
  results: z
    .array(ResultSchema)
    .max(20)
    .refine((results) => new Set(results).size === results.length, 'each result is there once')
    .default([]),
});

/** Calls another flow of the project, and goes on by what it returns. */
export const subFlowNode: NodeDefinition<'sub-flow', typeof SubFlowSchema> = {
  type: 'sub-flow',
  schema: SubFlowSchema,
  create: () => ({ parameters: [], results: [] }),
  outputs: ({ parameters, results }) => [
    ...results.map((result) => ({
      id: `result:${result}`,
      kind: 'outcome' as const,
      need: 'required' as const,
      caption: result,
    })),
    { id: 'otherwise', kind: 'outcome', need: results.length === 0 ? 'required' : 'optional' },
    ...(parameters.length === 0 ? [] : [{ id: 'error', kind: 'outcome', need: 'optional' } as const]),
  ],
  references: ({ flowId, parameters }) => [
    ...(flowId === undefined ? [] : [{ to: 'flow' as const, id: flowId }]),
    ...parameters.map(({ variable }) => ({ to: 'variable' as const, id: variable })),
  ],
};
