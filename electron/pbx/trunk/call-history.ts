import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Logger } from '../../../shared/lib/logger.ts';

const DAY_MS = 86_400_000;
/** More lines than that are not read: nobody's limits are that high. */
const MAX_LINES = 200_000;

/**
 * When calls went outside, over the last day, in a file of a time (wall-clock ms) per line. A call is on disk before it
 * is sent, so that neither a crash nor a restart forgets it (TF5). Without the file calls are counted in memory.
 */
export class CallHistory {
  readonly #path: string;
  readonly #logger: Logger;
  #times: number[];

  /** `nowMs`: wall clock. */
  constructor(path: string, logger: Logger, nowMs: number) {
    this.#path = path;
    this.#logger = logger;
    this.#times = this.#read().filter((atMs) => atMs > nowMs - DAY_MS);
    // A clock that was set back must not count calls of the future for ever.
    this.#times = this.#times.map((atMs) => Math.min(atMs, nowMs));
    this.#rewrite();
  }

  /** Calls after that time. */
  countSince(sinceMs: number): number {
    return this.#times.filter((atMs) => atMs > sinceMs).length;
  }

  add(atMs: number): void {
    this.#times = [...this.#times.filter((one) => one > atMs - DAY_MS), atMs];
    this.#attempt(() => appendFileSync(this.#path, `${Math.round(atMs)}\n`, { mode: 0o600 }));
  }

  #read(): number[] {
    try {
      const lines = readFileSync(this.#path, 'utf8').split('\n').slice(-MAX_LINES);
      return lines.filter((line) => /^\d{1,16}$/.test(line)).map(Number);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.#log(error);
      return [];
    }
  }

  /** The file holds one day again. */
  #rewrite(): void {
    this.#attempt(() => {
      mkdirSync(dirname(this.#path), { recursive: true });
      const next = `${this.#path}.next`;
      writeFileSync(next, this.#times.map((atMs) => `${Math.round(atMs)}\n`).join(''), { mode: 0o600 });
      renameSync(next, this.#path);
    });
  }

  #attempt(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.#log(error);
    }
  }

  #log(error: unknown): void {
    this.#logger.log('error', 'trunk.history-failed', {
      error: error instanceof Error ? error.message : String(error),
    });
  }
}
