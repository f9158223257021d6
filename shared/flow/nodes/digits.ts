import { z } from 'zod';
import { ExpressionSchema } from '../expression.ts';
import { KeySchema } from '../ids.ts';
import type { NodeDefinition } from '../node-definition.ts';
import { promptReferences, SpeechUseSchema } from '../speech.ts';
import { VariableNameSchema } from '../variables.ts';

/** Settings of collecting digits; meaning: engine/SPEC.md, rules DG*. Times in milliseconds. */
export const DigitsSchema = z
  .strictObject({
    prompt: SpeechUseSchema,
    noInputPrompt: SpeechUseSchema.optional(),
    invalidPrompt: SpeechUseSchema.optional(),
    /** Where the digits are kept. A secret variable hides them everywhere. */
    variable: VariableNameSchema.optional(),
    minDigits: z.number().int().min(1).max(32).default(1),
    maxDigits: z.number().int().min(1).max(32).default(8),
    hash: z.enum(['terminator', 'ignored']).default('terminator'),
    firstDigitTimeoutMs: z.number().int().min(500).max(60_000).default(5000),
    interDigitTimeoutMs: z.number().int().min(500).max(60_000).default(3000),
    /** ATTEMPTS, not retries. */
    noInputAttempts: z.number().int().min(1).max(10).default(3),
    invalidAttempts: z.number().int().min(1).max(10).default(3),
    /** What must hold of the digits, with the variable set to them. */
    valid: ExpressionSchema.optional(),
    /** Reads the digits back (`{variable:digits}` in the text) and asks for a key that confirms them. */
    confirm: z
      .strictObject({
        prompt: SpeechUseSchema,
        yesKey: KeySchema.default('1'),
        noKey: KeySchema.default('2'),
      })
      .refine(({ yesKey, noKey }) => yesKey !== noKey, { path: ['noKey'], error: 'must be another key than yes' })
      .optional(),
  })
  .refine(({ minDigits, maxDigits }) => minDigits <= maxDigits, {
    path: ['maxDigits'],
    error: 'must not be less than the fewest digits',
  });
export type DigitsData = z.infer<typeof DigitsSchema>;

/** The caller types digits, which the call remembers: a customer number, a PIN. */
export const digitsNode: NodeDefinition<'digits', typeof DigitsSchema> = {
  type: 'digits',
  schema: DigitsSchema,
  create: () => DigitsSchema.parse({ prompt: { kind: 'text', text: '' } }),
  outputs: () => [
    { id: 'next', kind: 'next', need: 'required' },
    { id: 'no-input', kind: 'outcome', need: 'optional' },
    { id: 'invalid', kind: 'outcome', need: 'optional' },
  ],
  references: (data) => [
    ...promptReferences(data.prompt, data.noInputPrompt, data.invalidPrompt, data.confirm?.prompt),
    ...(data.variable === undefined ? [] : [{ to: 'variable' as const, id: data.variable }]),
  ],
};
