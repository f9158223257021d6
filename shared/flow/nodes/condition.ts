import { z } from 'zod';
import { ExpressionSchema } from '../expression.ts';
import { IdSchema } from '../ids.ts';
import type { NodeDefinition } from '../node-definition.ts';
import { VariableNameSchema } from '../variables.ts';

/** A number, or its beginning; empty while it is not typed yet. */
export const CallerValueSchema = z
  .string()
  .regex(/^\+?[0-9*#]{0,20}$/, 'digits, "*" or "#", with an optional leading +');

/** How a variable is compared. Text is equal or begins with something; numbers are also more or less. */
export const COMPARISONS = ['equals', 'differs', 'begins-with', 'at-least', 'at-most'] as const;

const numbered = { id: IdSchema };

/** What is asked: about the caller's number, a variable, or any expression. The id names the output, `case:ID`, whatever the order. */
export const ConditionCaseSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...numbered, kind: z.literal('equals'), value: CallerValueSchema }),
  z.strictObject({ ...numbered, kind: z.literal('begins-with'), value: CallerValueSchema }),
  z.strictObject({ ...numbered, kind: z.literal('withheld') }),
  z.strictObject({
    ...numbered,
    kind: z.literal('variable'),
    variable: VariableNameSchema.optional(),
    comparison: z.enum(COMPARISONS),
    value: z.string().max(200),
  }),
  z.strictObject({ ...numbered, kind: z.literal('expression'), expression: ExpressionSchema }),
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

/** Leads the call by who calls, and by what it remembers. */
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
  references: (data) =>
    data.cases.flatMap((one) =>
      one.kind === 'variable' && one.variable !== undefined ? [{ to: 'variable' as const, id: one.variable }] : [],
    ),
};

/** What the canvas shows of a case; nothing while it is not finished. */
function captionOf(one: ConditionCase): { caption?: string } {
  const caption = captionText(one);
  return caption === '' ? {} : { caption };
}

const SIGNS: Readonly<Record<(typeof COMPARISONS)[number], string>> = {
  equals: '=',
  differs: '≠',
  'begins-with': '=',
  'at-least': '≥',
  'at-most': '≤',
};

function captionText(one: ConditionCase): string {
  switch (one.kind) {
    case 'withheld':
      return '';
    case 'equals':
      return one.value;
    case 'begins-with':
      return one.value && `${one.value}…`;
    case 'expression':
      return one.expression.slice(0, 40);
    case 'variable': {
      const end = one.comparison === 'begins-with' ? '…' : '';
      return one.variable === undefined
        ? ''
        : `${one.variable} ${SIGNS[one.comparison]} ${one.value}${end}`.slice(0, 40);
    }
  }
}
