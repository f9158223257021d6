import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { type OperatorRecords, OperatorRecordsSchema } from '../../../shared/bridge/desk.ts';
import { toErrorDetail } from '../../../shared/lib/errors.ts';
import type { Logger } from '../../../shared/lib/logger.ts';

/** What people chose, on disk. States matter less than calls: a failure is logged, and work goes on. */
export class OperatorFile {
  readonly #path: string;
  readonly #logger: Logger;
  #next: OperatorRecords | undefined;
  #writing: Promise<void> | undefined;

  constructor(path: string, logger: Logger) {
    this.#path = path;
    this.#logger = logger;
  }

  /** Nothing where there is no file; one that cannot be read is set aside, for someone to look at. */
  read(nowMs: number): OperatorRecords {
    if (!existsSync(this.#path)) return {};
    try {
      return OperatorRecordsSchema.parse(JSON.parse(readFileSync(this.#path, 'utf8')));
    } catch (error) {
      this.#logFailure('desk.not-read', error);
      try {
        renameSync(this.#path, `${this.#path}.damaged-${nowMs}`);
      } catch (renaming) {
        this.#logFailure('desk.not-set-aside', renaming);
      }
      return {};
    }
  }

  /** Writes; of what comes while the disk is busy only the last is written. */
  write(records: OperatorRecords): void {
    this.#next = records;
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
  }

  /** Resolves when everything is on disk. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#next !== undefined) {
      const records = this.#next;
      this.#next = undefined;
      try {
        mkdirSync(dirname(this.#path), { recursive: true });
        await writeFileAtomic(this.#path, `${JSON.stringify(records)}\n`, { mode: 0o600 });
      } catch (error) {
        this.#logFailure('desk.not-written', error);
      }
    }
  }

  #logFailure(event: string, error: unknown): void {
    const { code, message } = toErrorDetail(error);
    this.#logger.log('error', event, { code, message });
  }
}
