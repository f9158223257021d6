import { z } from 'zod';
import { IdSchema } from '../ids.ts';
import type { NodeDefinition } from '../node-definition.ts';
import { promptReferences, SpeechUseSchema } from '../speech.ts';

/** Whose extensions may be entered. */
export const ExtensionChoiceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('everyone') }),
  z.strictObject({ kind: z.literal('people'), people: z.array(IdSchema).min(1) }),
]);
export type ExtensionChoice = z.infer<typeof ExtensionChoiceSchema>;

/** Settings of entering an extension; meaning: engine/SPEC.md, rules XT*. Times in milliseconds. */
export const ExtensionSchema = z.strictObject({
  prompt: SpeechUseSchema,
  noInputPrompt: SpeechUseSchema.optional(),
  invalidPrompt: SpeechUseSchema.optional(),
  who: ExtensionChoiceSchema.default({ kind: 'everyone' }),
  firstDigitTimeoutMs: z.number().int().min(500).max(60_000).default(5000),
  interDigitTimeoutMs: z.number().int().min(500).max(60_000).default(3000),
  /** ATTEMPTS, not retries. */
  noInputAttempts: z.number().int().min(1).max(10).default(3),
  invalidAttempts: z.number().int().min(1).max(10).default(3),
  hash: z.enum(['key', 'terminator', 'ignored']).default('terminator'),
  /** How long the person's phone rings, in rings of the project's ring length (5 s). */
  rings: z.number().int().min(1).max(24).default(4),
});

/** The caller types an employee's extension and is connected (S8). */
export const extensionNode: NodeDefinition<'extension', typeof ExtensionSchema> = {
  type: 'extension',
  schema: ExtensionSchema,
  create: () => ExtensionSchema.parse({ prompt: { kind: 'text', text: '' } }),
  outputs: () => [
    { id: 'no-input', kind: 'outcome', need: 'optional' },
    { id: 'invalid', kind: 'outcome', need: 'optional' },
    { id: 'no-answer', kind: 'outcome', need: 'optional' },
    { id: 'busy', kind: 'outcome', need: 'optional' },
    { id: 'unavailable', kind: 'outcome', need: 'optional' },
  ],
  references: (data) => [
    ...promptReferences(data.prompt, data.noInputPrompt, data.invalidPrompt),
    ...(data.who.kind === 'people' ? data.who.people.map((id) => ({ to: 'person' as const, id })) : []),
  ],
};
