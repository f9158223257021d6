import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeDurably } from './durable-file.ts';

const EntrySchema = z.strictObject({
  /** Of the project. */
  path: z.string(),
  /** What lay in the project's folder, as far as the window knew. */
  base: z.string(),
  /** What the window wanted to save. */
  text: z.string(),
});
export type RescueEntry = z.infer<typeof EntrySchema>;

/**
 * What could not be saved to a project's folder (full, read-only), kept in the installation's own folder, so that a
 * crash meanwhile loses nothing (LF8). One entry for each project: the last.
 */
export class RescueJournal {
  readonly #dir: string;

  /** @param dataDir This installation's folder. */
  constructor(dataDir: string) {
    this.#dir = join(dataDir, 'rescue');
  }

  async keep(entry: RescueEntry): Promise<void> {
    await writeDurably(this.#fileOf(entry.path), JSON.stringify(entry));
  }

  /** Null when there is none. */
  async find(path: string): Promise<RescueEntry | null> {
    try {
      const entry = EntrySchema.parse(JSON.parse(await readFile(this.#fileOf(path), 'utf8')));
      return entry.path === path ? entry : null;
    } catch {
      return null; // written atomically: what cannot be read is not ours
    }
  }

  async drop(path: string): Promise<void> {
    await rm(this.#fileOf(path), { force: true });
  }

  #fileOf(path: string): string {
    return join(this.#dir, `${createHash('sha256').update(path).digest('hex').slice(0, 16)}.json`);
  }
}
