import { z } from 'zod';

/** A colleague's extension, or a number outside; empty: nobody. */
const TargetSchema = z.string().regex(/^(?:\+?[0-9*#]{2,20})?$/, 'an extension or a number, or nothing');

/** How a person is reached: see `electron/pbx/reach/SPEC.md`. */
export const ReachSchema = z.strictObject({
  doNotDisturb: z.boolean(),
  always: TargetSchema,
  busy: TargetSchema,
  noAnswer: TargetSchema,
  /** How long their phones ring before `noAnswer`. */
  noAnswerMs: z.number().int().min(5000).max(60_000),
});
export type Reach = z.infer<typeof ReachSchema>;

/** As everyone is at the beginning. */
export const DEFAULT_REACH: Reach = { doNotDisturb: false, always: '', busy: '', noAnswer: '', noAnswerMs: 20_000 };
