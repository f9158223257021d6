import { z } from 'zod';
import { IdSchema } from '../ids.ts';
import type { NodeDefinition } from '../node-definition.ts';

/** A number, or its beginning; empty while it is not typed yet. */
export const CallerValueSchema = z
  .string()
  .regex(/^\+?[0-9*#]{0,20}$/, 'digits, "*" or "#", with an optional leading +');

const numbered = { id: IdSchema };

/** What is asked about the caller's number. The id names the output, `case:ID`, whatever the order. */
export const ConditionCaseSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...numbered, kind: z.literal('equals'), value: CallerValueSchema }),
  z.strictObject({ ...numbered, kind: z.literal('begins-with'), value: CallerValueSchema }),
  z.strictObject({ ...numbered, kind: z.literal('withheld') }),
]);
export type ConditionCase = z.infer<typeof ConditionCaseSchema>;

/** Settings of a condition; meaning: engine/SPEC.md, rules CN*. */
export const ConditionSchema = z.strictObject({
  /** The first that holds decides. */
  cases: z
    .array(ConditionCaseSchema)
    .max(50)
    .refine((cases) => new Set(cases.map(({ id }) => id)).size === cases.length, 'each case has an id of its own'),
});

/** Leads the call by the caller's number. */
export const conditionNode: NodeDefinition<'condition', typeof ConditionSchema> = {
  type: 'condition',
  schema: ConditionSchema,
  create: () => ({ cases: [{ id: '1', kind: 'begins-with', value: '' }] }),
  outputs: (data) => [
    ...data.cases.map((one) => ({
      id: `case:${one.id}`,
      kind: 'outcome' as const,
      need: 'required' as const,
      ...captionOf(one),
    })),
    { id: 'otherwise', kind: 'outcome', need: 'required' },
  ],
  references: () => [],
};

function captionOf(one: ConditionCase): { caption?: string } {
  if (one.kind === 'withheld' || one.value === '') return {};
  return { caption: one.kind === 'equals' ? one.value : `${one.value}…` };
}
