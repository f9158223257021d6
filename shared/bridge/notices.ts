import { z } from 'zod';

/** What happened to the files of a project that a person should know. */
export const ProjectNoticeSchema = z.discriminatedUnion('code', [
  /** What could not be saved before a crash is there again; `conflicts` counts where others had changed the same. */
  z.strictObject({
    code: z.literal('project/recovered'),
    params: z.strictObject({ conflicts: z.number().int().nonnegative() }),
  }),
  /** Someone else wrote the file, and it was taken. */
  z.strictObject({ code: z.literal('project/changed-outside'), params: z.strictObject({ path: z.string() }) }),
  /** Someone else wrote the file, but it cannot be read; the good document stays. `code` and texts say why. */
  z.strictObject({
    code: z.literal('project/outside-refused'),
    params: z.strictObject({ code: z.string(), message: z.string(), hint: z.string() }),
  }),
  /** A single file became a folder. */
  z.strictObject({ code: z.literal('project/moved'), params: z.strictObject({ from: z.string(), to: z.string() }) }),
]);
export type ProjectNotice = z.infer<typeof ProjectNoticeSchema>;
