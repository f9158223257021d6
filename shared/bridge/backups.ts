import { z } from 'zod';
import { ProjectSchema } from '../flow/project.ts';

/**
 * Why a copy of the document was made: `saved` goes round; `outside` is what someone else wrote and was not taken,
 * `old-file` the single file that a folder took the place of.
 */
export const BackupKindSchema = z.enum(['saved', 'outside', 'old-file']);
export type BackupKind = z.infer<typeof BackupKindSchema>;

export const BackupSchema = z.strictObject({
  name: z.string(),
  kind: BackupKindSchema,
  /** Time of day, ms since 1970. */
  madeAtMs: z.number(),
});
export type Backup = z.infer<typeof BackupSchema>;

/** Calls about copies of the open project's document. */
export const backupCalls = {
  /** The newest first. */
  'backups.list': { input: z.strictObject({}), output: z.array(BackupSchema) },
  /** Fails with `backup/unknown`, and as `project.open` does where the copy is no project. */
  'backups.get': {
    input: z.strictObject({ name: z.string().max(100) }),
    output: z.strictObject({ project: ProjectSchema }),
  },
} as const;
