import { z } from 'zod';
import { IdSchema } from '../ids.ts';
import type { NodeDefinition } from '../node-definition.ts';

/** Programs that flows are imported from. */
export const IMPORT_SOURCES = ['twilio-studio', 'asterisk', 'freepbx'] as const;
export type ImportSource = (typeof IMPORT_SOURCES)[number];

/** Settings of a step that an import could not translate; meaning: engine/SPEC.md, rules IM*. */
export const ImportedSchema = z.strictObject({
  source: z.enum(IMPORT_SOURCES),
  /** What it is called there, e.g. `run-function`, `AGI`. */
  kind: z.string().min(1).max(100),
  /** Its definition there, as it was written. */
  original: z.string().max(20_000),
  /** Its ways on, by their names there. The id names the output, `way:ID`. */
  ways: z
    .array(z.strictObject({ id: IdSchema.max(60), name: z.string().min(1).max(100) }))
    .max(50)
    .refine((ways) => new Set(ways.map(({ id }) => id)).size === ways.length, 'each way has an id of its own'),
  /** The way that calls take until the step is replaced; without it, the first. */
  goOn: IdSchema.optional(),
});
export type ImportedData = z.infer<typeof ImportedSchema>;

/** A step of another program that has no translation: kept whole, to be replaced by hand. */
export const importedNode: NodeDefinition<'imported', typeof ImportedSchema> = {
  type: 'imported',
  schema: ImportedSchema,
  create: () => ({ source: 'asterisk', kind: 'NoOp', original: '', ways: [{ id: '1', name: 'next' }] }),
  outputs: ({ ways }) =>
    ways.map(({ id, name }) => ({
      id: `way:${id}`,
      kind: 'outcome',
      need: 'optional',
      caption: name,
    })),
  references: () => [],
};
