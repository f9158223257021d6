import { z } from 'zod';
import { KeySchema } from '../ids.ts';
import type { NodeDefinition } from '../node-definition.ts';
import { promptReferences, SpeechUseSchema } from '../speech.ts';

/** Settings of asking for consent to be recorded; meaning: engine/SPEC.md, rules CO*. */
export const ConsentSchema = z
  .strictObject({
    prompt: SpeechUseSchema,
    noInputPrompt: SpeechUseSchema.optional(),
    invalidPrompt: SpeechUseSchema.optional(),
    agreeKey: KeySchema.default('1'),
    refuseKey: KeySchema.default('2'),
    firstDigitTimeoutMs: z.number().int().min(500).max(60_000).default(5000),
    /** How often it is asked, without a key or with wrong ones; ATTEMPTS, not retries. */
    attempts: z.number().int().min(1).max(10).default(3),
  })
  .refine(({ agreeKey, refuseKey }) => agreeKey !== refuseKey, 'to agree and to refuse are different keys');

/** Asks whether the call may be recorded. */
export const consentNode: NodeDefinition<'consent', typeof ConsentSchema> = {
  type: 'consent',
  schema: ConsentSchema,
  create: () => ConsentSchema.parse({ prompt: { kind: 'text', text: '' } }),
  outputs: () => [
    { id: 'agreed', kind: 'outcome', need: 'required' },
    { id: 'refused', kind: 'outcome', need: 'required' },
    { id: 'no-input', kind: 'outcome', need: 'required' },
  ],
  references: ({ prompt, noInputPrompt, invalidPrompt }) => promptReferences(prompt, noInputPrompt, invalidPrompt),
};
