import { z } from 'zod';
import type { NodeDefinition } from '../node-definition.ts';
import { SpeechUseSchema } from '../speech.ts';

export const SaySchema = z.strictObject({
  prompt: SpeechUseSchema,
  /** A key stops the message (and is forgotten). */
  skippable: z.boolean().default(false),
});

/** Plays a message that answers the caller, then goes on (S13). */
export const sayNode: NodeDefinition<'say', typeof SaySchema> = {
  type: 'say',
  schema: SaySchema,
  create: () => SaySchema.parse({ prompt: { kind: 'text', text: '' } }),
  outputs: () => [{ id: 'next', kind: 'next', need: 'required' }],
  references: (data) => (data.prompt.kind === 'prompt' ? [{ to: 'prompt', id: data.prompt.promptId }] : []),
};
