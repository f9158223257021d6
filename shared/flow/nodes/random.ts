import { z } from 'zod';
import { IdSchema } from '../ids.ts';
import type { NodeDefinition } from '../node-definition.ts';

/** One way that calls may take. The id names the output, `branch:ID`, whatever the order. */
export const RandomBranchSchema = z.strictObject({
  id: IdSchema,
  name: z.string().max(40).default(''),
  /** Its part of the calls, compared with those of the others; 0 is never taken. */
  weight: z.number().int().min(0).max(1000),
});
export type RandomBranch = z.infer<typeof RandomBranchSchema>;

/** Settings of a split by chance; meaning: engine/SPEC.md, rules RN*. */
export const RandomSchema = z.strictObject({
  branches: z
    .array(RandomBranchSchema)
    .min(1)
    .max(20)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'each branch has an id of its own'),
});

/** Splits the calls by chance, in given shares. */
export const randomNode: NodeDefinition<'random', typeof RandomSchema> = {
  type: 'random',
  schema: RandomSchema,
  create: () => ({
    branches: [
      { id: '1', name: 'A', weight: 50 },
      { id: '2', name: 'B', weight: 50 },
    ],
  }),
  outputs: ({ branches }) =>
    branches.map((branch) => ({
      id: `branch:${branch.id}`,
      kind: 'outcome',
      need: branch.weight > 0 ? 'required' : 'optional',
      caption: [branch.name, shareOf(branch, branches)].filter((part) => part !== '').join(' · '),
    })),
  references: () => [],
};

/** A branch's part of the calls in per cent, with one decimal where it needs one, e.g. `33.3%`. */
export function shareOf(branch: RandomBranch, branches: readonly RandomBranch[]): string {
  const total = branches.reduce((sum, { weight }) => sum + weight, 0);
  return total === 0 ? '0%' : `${Number(((branch.weight / total) * 100).toFixed(1))}%`;
}
