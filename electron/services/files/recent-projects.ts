import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeDurably } from '../project/durable-file.ts';

const MAX_RECENT = 12;

const EntrySchema = z.object({ path: z.string(), openedAtMs: z.number().default(0) });
/** Before there was a list, the file had the last one only. */
const FileSchema = z.object({ path: z.string().optional(), recent: z.array(EntrySchema).catch([]).default([]) });
export type RecentEntry = z.infer<typeof EntrySchema>;

/** Which projects were open, the last one first. A file that cannot be read says that none was: projects are untouched. */
export class RecentProjects {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  async list(): Promise<readonly RecentEntry[]> {
    try {
      const { path, recent } = FileSchema.parse(JSON.parse(await readFile(this.#file, 'utf8')));
      return recent.length > 0 || path === undefined ? recent : [{ path, openedAtMs: 0 }];
    } catch {
      return [];
    }
  }

  /** Puts one first. Nothing is written when it is first already: a full disk is no reason not to open. */
  async remember(path: string, openedAtMs: number): Promise<void> {
    const known = await this.list();
    if (known[0]?.path === path) return;
    const recent = [{ path, openedAtMs }, ...known.filter((entry) => entry.path !== path)].slice(0, MAX_RECENT);
    await writeDurably(this.#file, `${JSON.stringify({ recent }, null, 1)}\n`);
  }
}
