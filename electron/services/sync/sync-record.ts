import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { SyncConflictSchema, SyncSettingsSchema } from '../../../shared/bridge/sync.ts';
import { printProject } from '../../../shared/flow/canonical.ts';
import { parseProjectText } from '../../../shared/flow/migrations.ts';
import type { Project } from '../../../shared/flow/project.ts';

/** So many versions are kept as bases of merges; of more only the hashes. */
const MAX_TEXTS = 30;
export const MAX_KNOWN = 100;

/** Enough of a SHA-256 to know a version by. */
const HASH_LENGTH = 32;
const HashSchema = z.string().regex(/^[0-9a-f]{32}$/);
const MediaHashSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** What this installation knows about a project's endpoint. Nothing in it is secret. */
export const SyncRecordSchema = z.strictObject({
  format: z.literal(1),
  settings: SyncSettingsSchema,
  /** Identity of the project that was connected: another one at the same path is not sent there. */
  projectId: z.string(),
  /** `guarded`: the server checks If-Match. `unguarded`: it does not, or has no strong tags. null: not known yet. */
  mode: z.enum(['guarded', 'unguarded']).nullable().default(null),
  /** The server takes no file beside the document, so that ancestors cannot be written down (RS4). */
  alone: z.boolean().default(false),
  /** The last version that was the same here and there (RS1). */
  base: HashSchema.nullable().default(null),
  /** The server's tag for it; null when it must be read anew. */
  version: z.strictObject({ etag: z.string(), strong: z.boolean(), fresh: z.boolean() }).nullable().default(null),
  /** All versions that are contained in the local document, the newest first (RS4). */
  known: z.array(HashSchema).default([]),
  /** Versions whose PUT was begun and whose answer did not come, the newest first (RS5). */
  sent: z.array(HashSchema).default([]),
  /** A merge that is being put in place: remote version, what it makes of the local document (RS8). */
  adopting: z
    .strictObject({ remote: HashSchema, result: HashSchema, conflicts: z.array(SyncConflictSchema) })
    .nullable()
    .default(null),
  conflicts: z.array(SyncConflictSchema).default([]),
  /** Recordings that lie on the server. */
  uploaded: z.array(MediaHashSchema).default([]),
  lastSyncAtMs: z.number().nullable().default(null),
});
export type SyncRecord = z.infer<typeof SyncRecordSchema>;

/** A document and what it is known by: the beginning of the SHA-256 of its canonical text. */
export interface Hashed {
  readonly hash: string;
  readonly text: string;
  readonly project: Project;
}

/** Documents are never changed in place: each is printed once, however often it is asked about. */
const printed = new WeakMap<Project, Hashed>();

export function hashed(project: Project): Hashed {
  const known = printed.get(project);
  if (known !== undefined) return known;
  const text = printProject(project);
  const made = { project, text, hash: hashOf(text) };
  printed.set(project, made);
  return made;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH);
}

/** Record and versions of one project in a folder of their own; every file written atomically. */
export class SyncRecordStore {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** The record; null when there is none. One that cannot be read counts as none: then nothing is known of a base. */
  async load(): Promise<SyncRecord | null> {
    try {
      return SyncRecordSchema.parse(JSON.parse(await readFile(join(this.#dir, 'record.json'), 'utf8')));
    } catch {
      return null;
    }
  }

  async save(record: SyncRecord): Promise<void> {
    await write(join(this.#dir, 'record.json'), `${JSON.stringify(record)}\n`);
  }

  /** Keeps a version as a base for merges to come. */
  async keep({ hash, text }: Hashed): Promise<void> {
    await write(this.#versionPath(hash), text);
  }

  /** A version that was kept; null when it is gone or damaged. */
  async version(hash: string): Promise<Project | null> {
    try {
      const text = await readFile(this.#versionPath(hash), 'utf8');
      return hashOf(text) === hash ? parseProjectText(text) : null;
    } catch {
      return null;
    }
  }

  /** Drops the versions that no merge will ask for. */
  async prune({ known, base, sent }: SyncRecord): Promise<void> {
    const wanted = new Set([...known.slice(0, MAX_TEXTS), base, ...sent].map((hash) => `${hash}.json`));
    for (const name of await readdir(join(this.#dir, 'versions')).catch(() => [])) {
      if (!wanted.has(name)) await rm(join(this.#dir, 'versions', name), { force: true });
    }
  }

  /** Takes over everything that was known of a project that now lies elsewhere. */
  async moveFrom(other: SyncRecordStore): Promise<void> {
    await rm(this.#dir, { recursive: true, force: true });
    await rename(other.#dir, this.#dir);
  }

  /** Forgets everything. */
  async remove(): Promise<void> {
    await rm(this.#dir, { recursive: true, force: true });
  }

  #versionPath(hash: string): string {
    return join(this.#dir, 'versions', `${hash}.json`);
  }
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFileAtomic(path, text, { mode: 0o600 });
}
