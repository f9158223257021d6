import { randomUUID } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { type Callback, CallbackSchema, type CallbackTries, type CallbackWish } from '../../shared/bridge/callbacks.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { DialtreeError } from '../../shared/lib/errors.ts';

/** More than any team can call back: something is wrong then, and callers must not believe otherwise. */
const MAX_CALLBACKS = 1000;

const FileSchema = z.array(CallbackSchema);

/**
 * Callers who wait to be called back, in the order in which they asked. On disk before anyone is told that it is kept;
 * a file that cannot be read is never written over.
 */
export class CallbackList {
  readonly #path: string;
  readonly #clock: Clock;
  #kept: Callback[] | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(path: string, clock: Clock) {
    this.#path = path;
    this.#clock = clock;
  }

  /** @throws DialtreeError `callbacks/unreadable` */
  list(): Promise<readonly Callback[]> {
    return this.#inTurn(() => this.#read());
  }

  /**
   * Keeps a wish. Who waits for the same queue already keeps their first place; when they could not be reached, it is
   * tried anew.
   * @throws DialtreeError `callbacks/unreadable` or `callbacks/full`, and what the disk says.
   */
  add(wish: CallbackWish): Promise<{ readonly callbacks: readonly Callback[]; readonly callback: Callback }> {
    return this.#inTurn(async () => {
      const kept = await this.#read();
      const before = kept.find(({ number, queueId }) => number === wish.number && queueId === wish.queueId);
      if (before !== undefined) {
        if (before.tries?.failed !== true) return { callbacks: kept, callback: before };
        const { tries: _, ...callback } = before;
        return { callbacks: await this.#write(kept.map((one) => (one === before ? callback : one))), callback };
      }
      if (kept.length >= MAX_CALLBACKS) {
        throw new DialtreeError({ code: 'callbacks/full', message: 'Too many callers wait to be called back.' });
      }
      const callback = { id: randomUUID(), ...wish, requestedAtMs: this.#clock.wallMs() };
      return { callbacks: await this.#write([...kept, callback]), callback };
    });
  }

  /** Notes what was tried. One that is not there, or has been tried more often, changes nothing. */
  noteTries(id: string, tries: CallbackTries): Promise<readonly Callback[]> {
    return this.#inTurn(async () => {
      const kept = await this.#read();
      const isNews = kept.some((one) => one.id === id && (one.tries?.attempts ?? 0) < tries.attempts);
      return isNews ? this.#write(kept.map((one) => (one.id === id ? { ...one, tries } : one))) : kept;
    });
  }

  /** Takes one out, when it is done. One that is not there changes nothing. */
  remove(id: string): Promise<readonly Callback[]> {
    return this.#inTurn(async () => {
      const kept = await this.#read();
      const rest = kept.filter((one) => one.id !== id);
      return rest.length === kept.length ? kept : this.#write(rest);
    });
  }

  /** Changes follow one another, so that none is lost. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #read(): Promise<Callback[]> {
    this.#kept ??= parse(await readText(this.#path), this.#path);
    return this.#kept;
  }

  async #write(callbacks: Callback[]): Promise<Callback[]> {
    await mkdir(dirname(this.#path), { recursive: true });
    // Numbers of callers: for this user only.
    await writeFileAtomic(this.#path, `${JSON.stringify(callbacks, null, 2)}\n`, { mode: 0o600 });
    this.#kept = callbacks;
    return callbacks;
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '[]';
    throw error;
  }
}

function parse(text: string, path: string): Callback[] {
  try {
    return FileSchema.parse(JSON.parse(text));
  } catch (cause) {
    const message = `The list of call backs cannot be read: ${path}`;
    const hint = 'Move the file away to begin a new list.';
    throw new DialtreeError({ code: 'callbacks/unreadable', message, hint, params: { path } }, { cause });
  }
}
