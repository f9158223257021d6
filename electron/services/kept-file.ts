import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { z } from 'zod';
import { toErrorDetail } from '../../shared/lib/errors.ts';
import type { Logger } from '../../shared/lib/logger.ts';

export interface KeptFileOptions<Content> {
  readonly path: string;
  readonly schema: z.ZodType<Content>;
  /** What is there before the first write. */
  readonly empty: Content;
  /** Begins the names of lines in the log: `desk` → `desk.not-read`. */
  readonly area: string;
  readonly logger: Logger;
}

/** One JSON file of something that matters less than calls: a failure is logged, and work goes on. */
export class KeptFile<Content> {
  readonly #options: KeptFileOptions<Content>;
  #next: { readonly content: Content } | undefined;
  #writing: Promise<void> | undefined;

  constructor(options: KeptFileOptions<Content>) {
    this.#options = options;
  }

  /** Empty where there is no file; one that cannot be read is set aside, for someone to look at. */
  read(nowMs: number): Content {
    const { path, schema, empty } = this.#options;
    if (!existsSync(path)) return empty;
    try {
      return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch (error) {
      this.#logFailure('not-read', error);
      try {
        renameSync(path, `${path}.damaged-${nowMs}`);
      } catch (renaming) {
        this.#logFailure('not-set-aside', renaming);
      }
      return empty;
    }
  }

  /** Writes; of what comes while the disk is busy only the last is written. */
  write(content: Content): void {
    this.#next = { content };
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
  }

  /** Resolves when everything is on disk. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    const { path } = this.#options;
    while (this.#next !== undefined) {
      const { content } = this.#next;
      this.#next = undefined;
      try {
        mkdirSync(dirname(path), { recursive: true });
        await writeFileAtomic(path, `${JSON.stringify(content)}\n`, { mode: 0o600 });
      } catch (error) {
        this.#logFailure('not-written', error);
      }
    }
  }

  #logFailure(what: string, error: unknown): void {
    const { area, logger } = this.#options;
    const { code, message } = toErrorDetail(error);
    logger.log('error', `${area}.${what}`, { code, message });
  }
}
