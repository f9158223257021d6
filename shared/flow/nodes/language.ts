import { z } from 'zod';
import type { NodeDefinition } from '../node-definition.ts';
import { LanguageSchema } from '../speech.ts';

/** Settings of a choice of language; meaning: engine/SPEC.md, rules LA*. */
export const LanguageNodeSchema = z.strictObject({
  language: LanguageSchema,
});

/** From here on the call is in this language: prompts of the library play in it. */
export const languageNode: NodeDefinition<'language', typeof LanguageNodeSchema> = {
  type: 'language',
  schema: LanguageNodeSchema,
  create: () => ({ language: 'en' }),
  outputs: () => [{ id: 'next', kind: 'next', need: 'required' }],
  references: () => [],
};
