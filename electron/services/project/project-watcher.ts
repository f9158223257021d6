import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CancelTimer, Clock } from '../../../shared/lib/clock.ts';
import { placeOf } from './project-file.ts';
import type { ProjectStore } from './project-store.ts';

/** Programs write in steps: looked at when nothing has moved for so long. */
export const SETTLE_MS = 200;
/** Network folders and some systems tell nothing: looked at this often all the same. */
export const POLL_MS = 2000;

/** Notices when someone else writes the project's document, and has the store look (LF5). */
export class ProjectWatcher {
  readonly #store: ProjectStore;
  readonly #clock: Clock;
  readonly #onError: (error: unknown) => void;
  #file: string | undefined;
  #watcher: FSWatcher | undefined;
  #seen = '';
  #cancelSettle: CancelTimer = () => {};
  #cancelPoll: CancelTimer = () => {};
  #unsubscribe: () => void = () => {};
  #stopped = false;

  constructor(store: ProjectStore, clock: Clock, onError: (error: unknown) => void) {
    this.#store = store;
    this.#clock = clock;
    this.#onError = onError;
  }

  /** From now on; follows to other projects. */
  start(): void {
    this.#unsubscribe = this.#store.onChanged(({ path }) => void this.#follow(path).catch(this.#onError));
    this.#poll();
  }

  stop(): void {
    this.#stopped = true;
    this.#unsubscribe();
    this.#cancelSettle();
    this.#cancelPoll();
    this.#watcher?.close();
  }

  async #follow(path: string): Promise<void> {
    const { file } = await placeOf(path);
    if (this.#stopped || file === this.#file) return;
    this.#file = file;
    this.#seen = '';
    this.#watcher?.close();
    try {
      // The folder, not the file: a rename puts another file in its place.
      this.#watcher = watch(dirname(file), () => this.#settle());
      // A folder that goes away, or no more watches to be had: polling goes on.
      this.#watcher.on('error', () => this.#watcher?.close());
    } catch {
      this.#watcher = undefined;
    }
  }

  #settle(): void {
    this.#cancelSettle();
    this.#cancelSettle = this.#clock.after(SETTLE_MS, () => void this.#look());
  }

  #poll(): void {
    this.#cancelPoll = this.#clock.after(POLL_MS, async () => {
      await this.#look();
      if (!this.#stopped) this.#poll();
    });
  }

  async #look(): Promise<void> {
    if (this.#stopped || this.#file === undefined) return;
    try {
      const found = await stat(this.#file).catch(() => undefined);
      const seen = found ? `${found.ino} ${found.size} ${found.mtimeMs} ${found.ctimeMs}` : '';
      if (seen === this.#seen) return;
      this.#seen = seen;
      await this.#store.checkDisk();
    } catch (error) {
      this.#onError(error);
    }
  }
}
