import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Backup, BackupKind } from '../../../shared/bridge/backups.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import { writeDurably } from './durable-file.ts';
import { LOCAL, makeLocalFolder } from './project-file.ts';

/** So many of the newest are kept, … */
export const NEWEST = 10;
/** … and the last of each of so many days. */
export const DAYS = 14;
/** Autosave writes every second: copies this close together would tell nothing. */
export const APART_MS = 5 * 60_000;

const NAME = /^(\d{4}-\d\d-\d\dT)(\d\d)-(\d\d)-(\d\d\.\d{3}Z)\.(saved|outside|old-file)\.json$/;

/** Copies of a project's document in its folder, pruned (BK*). */
export class BackupRing {
  readonly #folder: string;
  #lastMs = Number.NEGATIVE_INFINITY;

  /** @param folder The project's. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  get #dir(): string {
    return join(this.#folder, LOCAL, 'backups');
  }

  /** Keeps `text` unless it is a `saved` one soon after another. `nowMs` is the time of day. */
  async keep(text: string, kind: BackupKind, nowMs: number): Promise<void> {
    // A clock that was put back is no reason to wait.
    const sinceMs = nowMs - this.#lastMs;
    if (kind === 'saved' && sinceMs >= 0 && sinceMs < APART_MS) return;
    await makeLocalFolder(this.#folder);
    await writeDurably(join(this.#dir, nameOf(nowMs, kind)), text);
    if (kind === 'saved') this.#lastMs = nowMs;
    await this.#prune(nowMs);
  }

  /** The newest first. */
  async list(): Promise<readonly Backup[]> {
    const names = await readdir(this.#dir).catch(() => []);
    return names.flatMap((name) => backupOf(name) ?? []).sort((a, b) => b.madeAtMs - a.madeAtMs);
  }

  /** @throws DialtreeError `backup/unknown` where there is none of that name, or none any more. */
  async read(name: string): Promise<string> {
    // Names come from windows, too: nothing else may be read by them.
    const text = backupOf(name) && (await readFile(join(this.#dir, name), 'utf8').catch(() => undefined));
    if (text !== undefined) return text;
    throw new DialtreeError({
      code: 'backup/unknown',
      message: `There is no backup “${name}”.`,
      hint: 'It may have had its time. The list shows those that are left.',
      params: { name },
    });
  }

  async #prune(nowMs: number): Promise<void> {
    for (const { name } of outdated(await this.list(), nowMs)) await rm(join(this.#dir, name), { force: true });
  }
}

/** Which of the copies (newest first) have had their time. Days are those of UTC. */
export function outdated(backups: readonly Backup[], nowMs: number): readonly Backup[] {
  const today = dayOf(nowMs);
  const seen = new Set<number>();
  return backups.filter(({ madeAtMs }, index) => {
    const day = dayOf(madeAtMs);
    const lastOfDay = !seen.has(day);
    seen.add(day);
    return index >= NEWEST && !(lastOfDay && today - day < DAYS);
  });
}

const dayOf = (ms: number) => Math.floor(ms / 86_400_000);

function nameOf(nowMs: number, kind: BackupKind): string {
  // Colons are not for file names under Windows.
  return `${new Date(nowMs).toISOString().replaceAll(':', '-')}.${kind}.json`;
}

function backupOf(name: string): Backup | undefined {
  const [, day, hour, minute, second, kind] = NAME.exec(name) ?? [];
  if (kind === undefined) return undefined;
  const madeAtMs = Date.parse(`${day}${hour}:${minute}:${second}`);
  return Number.isNaN(madeAtMs) ? undefined : { name, kind: kind as BackupKind, madeAtMs };
}
