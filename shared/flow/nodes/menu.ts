import { z } from 'zod';
import { IdSchema, KEYS, KeySchema } from '../ids.ts';
import type { NodeDefinition } from '../node-definition.ts';
import { promptReferences, SpeechUseSchema } from '../speech.ts';

/** Extensions that a caller may dial in a menu: a set of people's extensions, or every one. */
export const DirectDialSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('off') }),
  z.strictObject({ kind: z.literal('everyone') }),
  z.strictObject({ kind: z.literal('people'), people: z.array(IdSchema).min(1) }),
]);

/** Menu settings; meaning and defaults: engine/SPEC.md, rules MN*. Times in milliseconds. */
export const MenuSchema = z.strictObject({
  prompt: SpeechUseSchema,
  noInputPrompt: SpeechUseSchema.optional(),
  invalidPrompt: SpeechUseSchema.optional(),
  lastChancePrompt: SpeechUseSchema.optional(),
  /** The keys that have an action, each at most once (S16); an output `key:K` for each. */
  keys: z.array(KeySchema).refine((keys) => new Set(keys).size === keys.length, 'each key has at most one action'),
  /** Keys that repeat this menu (S10), not counted as errors; none of `keys`. */
  repeatKeys: z.array(KeySchema).default([]),
  firstDigitTimeoutMs: z.number().int().min(500).max(60_000).default(5000),
  interDigitTimeoutMs: z.number().int().min(500).max(60_000).default(3000),
  /** How often the menu is offered before the output is taken; ATTEMPTS, not retries. */
  noInputAttempts: z.number().int().min(1).max(10).default(3),
  invalidAttempts: z.number().int().min(1).max(10).default(3),
  /** Optional limit on the sum of both. */
  totalAttempts: z.number().int().min(1).max(20).optional(),
  matchMode: z.enum(['instant', 'first-match', 'wait-full']).default('instant'),
  bargeIn: z.enum(['any', 'valid-only', 'none']).default('any'),
  hash: z.enum(['key', 'terminator', 'ignored']).default('key'),
  directDial: DirectDialSchema.default({ kind: 'off' }),
  /** After an error prompt the menu prompt is played again. */
  replayAfterError: z.boolean().default(true),
});
export type MenuData = z.infer<typeof MenuSchema>;

/** Offers choices by key; the heart of a phone menu. */
export const menuNode: NodeDefinition<'menu', typeof MenuSchema> = {
  type: 'menu',
  schema: MenuSchema,
  create: () => MenuSchema.parse({ prompt: { kind: 'text', text: '' }, keys: ['1', '2'] }),
  outputs: (data) => [
    ...KEYS.filter((key) => data.keys.includes(key)).map(
      (key) => ({ id: `key:${key}`, kind: 'key', need: 'required' }) as const,
    ),
    { id: 'no-input', kind: 'outcome', need: 'optional' },
    { id: 'invalid', kind: 'outcome', need: 'optional' },
  ],
  references: (data) => [
    ...promptReferences(data.prompt, data.noInputPrompt, data.invalidPrompt, data.lastChancePrompt),
    ...(data.directDial.kind === 'people' ? data.directDial.people.map((id) => ({ to: 'person' as const, id })) : []),
  ],
};
