import { z } from 'zod';
import { IdSchema } from '../ids.ts';
import type { NodeDefinition } from '../node-definition.ts';

/** Settings of a jump; meaning: engine/SPEC.md, rules GO*. */
export const GoToSchema = z.strictObject({
  target: z.discriminatedUnion('kind', [
    /** A node of this flow. */
    z.strictObject({ kind: z.literal('node'), nodeId: IdSchema.optional() }),
    /** The menu before the one that the caller was in last (S12). */
    z.strictObject({ kind: z.literal('back') }),
    /** The menu that the caller was in last (S10). */
    z.strictObject({ kind: z.literal('repeat') }),
  ]),
});
export type GoToTarget = z.infer<typeof GoToSchema>['target'];

/** Goes on elsewhere in the flow without a wire: at a chosen node, or at a menu that the caller has been in. */
export const goToNode: NodeDefinition<'go-to', typeof GoToSchema> = {
  type: 'go-to',
  schema: GoToSchema,
  create: () => ({ target: { kind: 'node' } }),
  outputs: () => [],
  references: () => [],
  jumps: {
    of: ({ target }) => (target.kind === 'node' && target.nodeId !== undefined ? [target.nodeId] : []),
    mapped: (data, to) => {
      if (data.target.kind !== 'node' || data.target.nodeId === undefined) return data;
      const nodeId = to(data.target.nodeId);
      return { target: { kind: 'node', ...(nodeId === undefined ? {} : { nodeId }) } };
    },
  },
};
