import { createHash } from 'node:crypto';
import { z } from 'zod';
import { VersionKindSchema } from '../../../shared/bridge/versions.ts';
import { parseProjectText } from '../../../shared/flow/migrations.ts';
import type { Project } from '../../../shared/flow/project.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';

/** The first line of a version's file (VE1). */
export const VersionFactsSchema = z.object({
  format: z.literal('dialtree-version'),
  savedAtMs: z.number().int().nonnegative(),
  author: z.string().max(200),
  message: z.string().max(500),
  kind: VersionKindSchema,
  published: z.boolean(),
  /** SHA-256 of the project's text, lower-case hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type VersionFacts = z.infer<typeof VersionFactsSchema>;

export function hashOfText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The name of a version's file, without its ending: UTC time to the second, and the beginning of its hash. */
export function versionId({ savedAtMs, sha256 }: VersionFacts): string {
  const time = new Date(savedAtMs).toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return `${time}-${String(savedAtMs % 1000).padStart(3, '0')}-${sha256.slice(0, 12)}`;
}

export const VERSION_ID = /^\d{8}-\d{6}-\d{3}-[0-9a-f]{12}$/;

export function printVersion(facts: VersionFacts, text: string): string {
  return `${JSON.stringify(facts)}\n${text}`;
}

/** The facts on a file's first line; undefined when it is no version's. */
export function parseFacts(head: string): VersionFacts | undefined {
  try {
    return VersionFactsSchema.safeParse(JSON.parse(head.split('\n', 1)[0] ?? '')).data;
  } catch {
    return undefined;
  }
}

/**
 * A version's facts and project.
 * @throws DialtreeError `version/damaged`, or as `parseProjectText` (a version of a newer program).
 */
export function parseVersion(path: string, content: string): { facts: VersionFacts; text: string; project: Project } {
  const facts = parseFacts(content);
  const text = content.slice(content.indexOf('\n') + 1);
  if (!facts || hashOfText(text) !== facts.sha256) {
    throw new DialtreeError({
      code: 'version/damaged',
      message: `The version ${path} is damaged: its content is not what was saved.`,
      hint: 'Restore the file from a backup or from version control; other versions are not affected.',
      params: { path },
    });
  }
  return { facts, text, project: parseProjectText(text) };
}
