import { z } from 'zod';
import { LanguageSchema } from '../flow/speech.ts';

/** A project that was open before. */
export const RecentProjectSchema = z.strictObject({
  /** The folder that is opened. */
  path: z.string(),
  name: z.string(),
  openedAtMs: z.number(),
});
export type RecentProject = z.infer<typeof RecentProjectSchema>;

/** The file that is sent around is at most this large over the bridge, bytes. */
export const MAX_BUNDLE_BYTES = 40 * 1024 * 1024;

const Empty = z.strictObject({});
/** Which project is open now; `missing` recordings are not in the bundle. */
const Opened = z.strictObject({ path: z.string(), revision: z.number().int(), missing: z.number().int() });

/** Calls about files of projects. */
export const fileCalls = {
  /** The newest first; those that are gone are left out. The first is the one that is open. */
  'files.recent': { input: Empty, output: z.array(RecentProjectSchema) },
  /** Asks for a folder by the system's dialog; null: nothing was chosen. Fails with `files/no-dialog`. */
  'files.chooseFolder': { input: Empty, output: z.strictObject({ path: z.string().nullable() }) },
  /** Makes a project without flows beside the others and opens it. */
  'files.create': {
    input: z.strictObject({ name: z.string().trim().min(1).max(100), language: LanguageSchema }),
    output: Opened,
  },
  /** The saved project as a bundle (zip). Fails with `bundle/too-large`. */
  'files.export': {
    input: Empty,
    output: z.strictObject({ fileName: z.string(), zipBase64: z.string(), missing: z.number().int() }),
  },
  /** Checks a bundle, makes a project of it beside the others, opens it. Fails with `bundle/…`, `project/…`. */
  'files.import': { input: z.strictObject({ zipBase64: z.string() }), output: Opened },
} as const;
