import { constants } from 'node:fs';
import { access, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { ProjectState } from '../../../shared/bridge/contract.ts';
import { printProject } from '../../../shared/flow/canonical.ts';
import { parseProjectText } from '../../../shared/flow/migrations.ts';
import type { Project } from '../../../shared/flow/project.ts';
import { sampleProject } from '../../../shared/flow/samples/index.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';

/** Who changed the project. */
export type ChangeOrigin = 'window' | 'disk' | 'remote' | 'restore';
export type ChangeListener = (state: ProjectState, origin: ChangeOrigin) => void;

const RECENT_FILE = 'recent.json';

/**
 * The project file that is open: read, checked, written atomically (write, fsync, rename), so that a crash leaves
 * either the old or the new document, never half of one. A file that cannot be read is never written over.
 */
export class ProjectStore {
  readonly #dataDir: string;
  #state: ProjectState | undefined;
  #loading: Promise<ProjectState> | undefined;
  #writing: Promise<unknown> = Promise.resolve();
  readonly #listeners = new Set<ChangeListener>();

  /** @param dataDir Folder of this installation: holds `projects/` and which project was open last. */
  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  /**
   * The open project; at first call the one that was open last, or a new sample when there is none.
   * @throws DialtreeError as `open`; the file stays as it is.
   */
  current(language: 'en' | 'pl' = 'en'): Promise<ProjectState> {
    if (this.#state) return Promise.resolve(this.#state);
    // Several ask at the start: they must not each make a sample.
    this.#loading ??= this.#load(language).finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #load(language: 'en' | 'pl'): Promise<ProjectState> {
    const recent = await this.#recentPath();
    return recent === undefined ? this.createSample(language) : this.open(recent);
  }

  /**
   * Opens a project file and remembers it.
   * @throws DialtreeError `project/not-found`, `project/unreadable`, `project/not-json`, `project/invalid`, …
   */
  async open(path: string): Promise<ProjectState> {
    const project = parseFile(path, await readText(path));
    const state = { path, revision: (this.#state?.revision ?? 0) + 1, project };
    this.#state = state;
    await this.#remember(path);
    this.#tell(state, 'disk');
    return state;
  }

  /** Writes the sample project under a new name and opens it. */
  createSample(language: 'en' | 'pl'): Promise<ProjectState> {
    return this.create(sampleProject(language), 'sample');
  }

  /** Writes a project to a new file beside the others and opens it. `name` is that of the file, without its ending. */
  async create(project: Project, name: string): Promise<ProjectState> {
    const dir = join(this.#dataDir, 'projects');
    await mkdir(dir, { recursive: true });
    const path = await unusedPath(dir, name);
    await writeProject(path, project);
    return this.open(path);
  }

  /**
   * Saves the whole document over the file.
   * @throws DialtreeError `project/stale` when it was saved by another window after `baseRevision`,
   * `project/not-saved` when the disk refuses; the file then still holds the last good save.
   */
  save(project: Project, baseRevision: number): Promise<ProjectState> {
    const work = this.#writing.then(() => this.#saveNow(project, baseRevision));
    this.#writing = work.catch(() => undefined);
    return work;
  }

  /**
   * Puts what comes from elsewhere in place of the document, and saves it.
   * @throws DialtreeError as `save`, when it was changed after `baseRevision`.
   */
  replace(project: Project, origin: ChangeOrigin, baseRevision?: number): Promise<ProjectState> {
    const work = this.#writing.then(async () =>
      this.#saveNow(project, baseRevision ?? (await this.current()).revision, origin),
    );
    this.#writing = work.catch(() => undefined);
    return work;
  }

  /** Tells of every change and of every opening (as `disk`). Returns the way to unsubscribe. */
  onChanged(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(state: ProjectState, origin: ChangeOrigin): void {
    for (const listener of this.#listeners) listener(state, origin);
  }

  async #saveNow(project: Project, baseRevision: number, origin: ChangeOrigin = 'window'): Promise<ProjectState> {
    const state = await this.current();
    if (baseRevision !== state.revision) {
      throw new DialtreeError({
        code: 'project/stale',
        message: 'The project was changed in another window since it was loaded here.',
        hint: 'Load the newer version; your changes stay in this window until you do.',
        params: { revision: state.revision },
      });
    }
    await writeProject(state.path, project);
    this.#state = { path: state.path, revision: state.revision + 1, project };
    this.#tell(this.#state, origin);
    return this.#state;
  }

  async #recentPath(): Promise<string | undefined> {
    let text: string;
    try {
      text = await readFile(join(this.#dataDir, RECENT_FILE), 'utf8');
    } catch {
      return undefined; // first start
    }
    try {
      const { path } = JSON.parse(text) as { path?: unknown };
      return typeof path === 'string' ? path : undefined;
    } catch {
      return undefined; // only remembers what was open: the projects themselves are untouched
    }
  }

  async #remember(path: string): Promise<void> {
    await mkdir(this.#dataDir, { recursive: true });
    await writeFileAtomic(join(this.#dataDir, RECENT_FILE), `${JSON.stringify({ path })}\n`);
  }
}

/** What is wrong in a file comes with where the file is. */
function parseFile(path: string, text: string): Project {
  try {
    return parseProjectText(text);
  } catch (cause) {
    if (!(cause instanceof DialtreeError)) throw cause;
    const { code, message, hint, params } = cause.toDetail();
    throw new DialtreeError(
      {
        code,
        message: `${message} The file is ${path}; it was left as it is.`,
        params: { ...params, path },
        ...(hint ? { hint } : {}),
      },
      { cause },
    );
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new DialtreeError(
      {
        code: missing ? 'project/not-found' : 'project/unreadable',
        message: missing ? `There is no project file ${path}.` : `The project file ${path} cannot be read.`,
        hint: missing ? 'Open another file, or start from the sample.' : 'Check its permissions, or open another file.',
        params: { path },
      },
      { cause },
    );
  }
}

async function writeProject(path: string, project: Project): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFileAtomic(path, printProject(project));
  } catch (cause) {
    throw new DialtreeError(
      {
        code: 'project/not-saved',
        message: `The project could not be saved to ${path}: ${(cause as Error).message}`,
        hint: 'Free some space or make the folder writable; your changes stay in the window and are tried again.',
        params: { path },
      },
      { cause },
    );
  }
}

async function unusedPath(dir: string, name: string): Promise<string> {
  for (let n = 1; ; n++) {
    const path = join(dir, n === 1 ? `${name}.dialtree.json` : `${name}-${n}.dialtree.json`);
    try {
      await access(path, constants.F_OK);
    } catch {
      return path;
    }
  }
}
