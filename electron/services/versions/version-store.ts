import { open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Version, VersionKind, VersionList } from '../../../shared/bridge/versions.ts';
import { printProject } from '../../../shared/flow/canonical.ts';
import type { Project } from '../../../shared/flow/project.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import { writeDurably } from '../project/durable-file.ts';
import { outdated } from './keeping.ts';
import {
  hashOfText,
  parseFacts,
  parseVersion,
  printVersion,
  VERSION_ID,
  type VersionFacts,
  versionId,
} from './version-file.ts';

/** The first line of a version fits in this many bytes. */
const HEAD_BYTES = 8192;

export interface VersionStoreOptions {
  /** The folder `versions` of the project; asked each time, because another project may be opened. */
  readonly dir: () => Promise<string>;
  /** Who works here. */
  readonly author: string;
  /** Time of day, ms since 1970. */
  readonly nowMs: () => number;
}

/** The versions of a project (SPEC.md, VE*). Work is done in turn: what is kept twice at once is two versions. */
export class VersionStore {
  readonly #options: VersionStoreOptions;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: VersionStoreOptions) {
    this.#options = options;
  }

  /** The newest first. */
  list(): Promise<VersionList> {
    return this.#inTurn(() => this.#list());
  }

  /** @throws DialtreeError `version/unknown`, `version/damaged`, or as the project's parser. */
  get(id: string): Promise<{ version: Version; project: Project }> {
    return this.#inTurn(async () => {
      const { facts, project } = await this.#read(id);
      return { version: versionOf(facts), project };
    });
  }

  /** Keeps a project. @throws DialtreeError `version/not-saved` (VE8). */
  keep(project: Project, kind: VersionKind, message: string): Promise<Version> {
    return this.#inTurn(() => this.#keep(printProject(project), kind, message));
  }

  /** Keeps what the project was before a change, where it is worth it (VE3, VE4); null where it is not. */
  keepBefore(project: Project, kind: 'automatic' | 'before-merge', quietMs: number): Promise<Version | null> {
    return this.#inTurn(async () => {
      const text = printProject(project);
      const facts = await this.#facts();
      const [newest] = facts;
      if (newest?.sha256 === hashOfText(text)) return null;
      if (kind === 'automatic' && newest && this.#options.nowMs() - newest.savedAtMs < quietMs) return null;
      return this.#keep(text, kind, '');
    });
  }

  /** Gives a version another message; one that was kept by itself is a named one then. */
  rename(id: string, message: string): Promise<Version> {
    return this.#inTurn(async () => {
      const { facts, text } = await this.#read(id);
      const renamed = { ...facts, message, kind: 'named' as const };
      await this.#write(id, renamed, text);
      return versionOf(renamed);
    });
  }

  /** Says which version is the published one (VE6). */
  markPublished(id: string | null): Promise<void> {
    return this.#inTurn(async () => {
      const chosen = id === null ? null : await this.#read(id);
      for (const facts of await this.#facts()) {
        const other = versionId(facts);
        if (!facts.published || other === id) continue;
        const { text } = await this.#read(other);
        await this.#write(other, { ...facts, published: false }, text);
      }
      if (chosen && id !== null) await this.#write(id, { ...chosen.facts, published: true }, chosen.text);
    });
  }

  /** @throws DialtreeError `version/published`, `version/unknown` */
  remove(id: string): Promise<void> {
    return this.#inTurn(async () => {
      const { facts } = await this.#read(id);
      if (facts.published) {
        throw new DialtreeError({
          code: 'version/published',
          message: 'This version is the published one: it stays.',
          hint: 'Mark another version as published first.',
          params: { id },
        });
      }
      await rm(await this.#path(id), { force: true });
    });
  }

  async #keep(text: string, kind: VersionKind, message: string): Promise<Version> {
    const { author, nowMs } = this.#options;
    const facts: VersionFacts = {
      format: 'dialtree-version',
      savedAtMs: Math.round(nowMs()),
      author,
      message,
      kind,
      published: false,
      sha256: hashOfText(text),
    };
    await this.#write(versionId(facts), facts, text);
    for (const old of outdated(await this.#facts())) await rm(await this.#path(versionId(old)), { force: true });
    return versionOf(facts);
  }

  async #write(id: string, facts: VersionFacts, text: string): Promise<void> {
    const path = await this.#path(id);
    try {
      await writeDurably(path, printVersion(facts, text));
    } catch (cause) {
      throw new DialtreeError(
        {
          code: 'version/not-saved',
          message: `The version could not be saved to ${path}: ${(cause as Error).message}`,
          hint: 'Free some space or make the folder writable, and try again.',
          params: { path },
        },
        { cause },
      );
    }
  }

  async #read(id: string): Promise<ReturnType<typeof parseVersion>> {
    const path = await this.#path(id);
    let content: string;
    try {
      content = await readFile(path, 'utf8');
    } catch (cause) {
      throw new DialtreeError(
        {
          code: 'version/unknown',
          message: `There is no version ${id} any more.`,
          hint: 'Look at the list again.',
          params: { id },
        },
        { cause },
      );
    }
    return parseVersion(path, content);
  }

  /** A name from a window never leads out of the folder. */
  async #path(id: string): Promise<string> {
    if (!VERSION_ID.test(id)) {
      throw new DialtreeError({ code: 'version/unknown', message: `"${id}" is no version.`, params: { id } });
    }
    return join(await this.#options.dir(), `${id}.json`);
  }

  async #list(): Promise<VersionList> {
    const { facts, damaged } = await this.#heads();
    return { versions: facts.map(versionOf), damaged: [...damaged] };
  }

  async #facts(): Promise<readonly VersionFacts[]> {
    return (await this.#heads()).facts;
  }

  async #heads(): Promise<{ facts: readonly VersionFacts[]; damaged: readonly string[] }> {
    const dir = await this.#options.dir();
    const names = (await readdir(dir).catch(() => [])).filter(
      (name) => name.endsWith('.json') && !name.startsWith('.'),
    );
    const facts: VersionFacts[] = [];
    const damaged: string[] = [];
    for (const name of names.sort().reverse()) {
      const head = parseFacts(await readHead(join(dir, name)).catch(() => ''));
      if (head && `${versionId(head)}.json` === name) facts.push(head);
      else damaged.push(name);
    }
    return { facts, damaged };
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

async function readHead(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead).toString('utf8');
  } finally {
    await file.close();
  }
}

function versionOf(facts: VersionFacts): Version {
  const { savedAtMs, author, message, kind, published } = facts;
  return { id: versionId(facts), savedAtMs, author, message, kind, published };
}
