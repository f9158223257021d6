import { z } from 'zod';
import { ProjectSchema } from '../flow/project.ts';

/** Why a version was kept: by a person, by itself, before a merge, before another version was restored. */
export const VersionKindSchema = z.enum(['named', 'automatic', 'before-merge', 'before-restore']);
export type VersionKind = z.infer<typeof VersionKindSchema>;

/** A version of the project, without its content. */
export const VersionSchema = z.strictObject({
  id: z.string(),
  savedAtMs: z.number(),
  author: z.string(),
  message: z.string(),
  kind: VersionKindSchema,
  published: z.boolean(),
});
export type Version = z.infer<typeof VersionSchema>;

/** Files in the folder of versions that are none, or damaged. */
export const VersionListSchema = z.strictObject({ versions: z.array(VersionSchema), damaged: z.array(z.string()) });
export type VersionList = z.infer<typeof VersionListSchema>;

const Message = z.string().trim().max(500);
const Id = z.strictObject({ id: z.string().max(100) });
const Empty = z.strictObject({});

/** Calls about versions. */
export const versionCalls = {
  /** The newest first. */
  'versions.list': { input: Empty, output: VersionListSchema },
  /** Fails with `version/unknown`, `version/damaged`, `project/newer-version`, … */
  'versions.get': { input: Id, output: z.strictObject({ version: VersionSchema, project: ProjectSchema }) },
  /** Keeps the saved project. Fails with `version/not-saved`. */
  'versions.create': {
    input: z.strictObject({ message: Message, kind: z.enum(['named', 'before-restore']) }),
    output: VersionSchema,
  },
  'versions.rename': { input: z.strictObject({ id: z.string().max(100), message: Message }), output: VersionSchema },
  /** Says which version is the published one; null: none is. */
  'versions.markPublished': { input: z.strictObject({ id: z.string().max(100).nullable() }), output: Empty },
  /** Fails with `version/published`. */
  'versions.remove': { input: Id, output: Empty },
} as const;
