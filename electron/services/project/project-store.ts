import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Merged, mergeProjects } from '../../../shared/analyze/merge/merge-projects.ts';
import type { ProjectState } from '../../../shared/bridge/contract.ts';
import { printProject } from '../../../shared/flow/canonical.ts';
import type { Project } from '../../../shared/flow/project.ts';
import { sampleProject } from '../../../shared/flow/samples/index.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import { type RecentEntry, RecentProjects } from '../files/recent-projects.ts';
import { systemClock } from '../system-clock.ts';
import { BackupRing } from './backups.ts';
import { removeLeftOvers, writeDurably } from './durable-file.ts';
import { NoticeBoard } from './notices.ts';
import { folderBeside, notSaved, type Place, parseFile, placeOf, readText, unusedFolder } from './project-file.ts';
import { type RescueEntry, RescueJournal } from './rescue-journal.ts';

/** Who changed the project. */
export type ChangeOrigin = 'window' | 'disk' | 'remote' | 'restore';
export type ChangeListener = (state: ProjectState, origin: ChangeOrigin) => void;

const RECENT_FILE = 'recent.json';

/** What is open, beside what windows are told. */
interface Opened {
  readonly place: Place;
  /** What lies on the disk, as far as we know: anything else there was written by someone else. */
  readonly text: string;
  readonly backups: BackupRing;
}

/**
 * The project that is open: read, checked, written atomically, so that a crash leaves either the old or the new
 * document, never half of one. What cannot be read is never taken, what others wrote never written over unseen.
 */
export class ProjectStore {
  /** What a person should know of what happened to the files. */
  readonly notices = new NoticeBoard();
  readonly #dataDir: string;
  readonly #clock: Clock;
  readonly #rescue: RescueJournal;
  readonly #recent: RecentProjects;
  #state: ProjectState | undefined;
  #opened: Opened | undefined;
  #loading: Promise<ProjectState> | undefined;
  #turns: Promise<unknown> = Promise.resolve();
  /** What someone else wrote and cannot be taken: told once. */
  #refused: string | undefined;
  readonly #listeners = new Set<ChangeListener>();

  /** @param dataDir Folder of this installation: holds `projects/` and which project was open last. */
  constructor(dataDir: string, clock: Clock = systemClock) {
    this.#dataDir = dataDir;
    this.#clock = clock;
    this.#rescue = new RescueJournal(dataDir);
    this.#recent = new RecentProjects(join(dataDir, RECENT_FILE));
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
    const [last] = await this.#recent.list();
    return last === undefined ? this.createSample(language) : this.open(last.path);
  }

  /**
   * Opens a project (its folder, the document in it, or a single file) and remembers it.
   * @throws DialtreeError `project/not-found`, `project/unreadable`, `project/not-json`, `project/invalid`, …
   */
  open(path: string): Promise<ProjectState> {
    return this.#inTurn(() => this.#openNow(path));
  }

  async #openNow(path: string): Promise<ProjectState> {
    const place = await placeOf(path);
    const text = await readText(place.file);
    const project = parseFile(place.file, text);
    if (place.isFolder) await removeLeftOvers(place.path, this.#clock.wallMs());
    this.#opened = { place, text, backups: new BackupRing(place.path) };
    this.#refused = undefined;
    await this.#recent.remember(place.path, this.#clock.wallMs());
    const state = this.#become(place.path, project, 'disk');
    return (await this.#recover(project)) ?? state;
  }

  /** LF8: what could not be saved before a crash is merged with what lies there now. */
  async #recover(theirs: Project): Promise<ProjectState | undefined> {
    const { place, text, backups } = this.#inOpen();
    const entry = await this.#rescue.find(place.path);
    if (entry === null) return undefined;
    const merged = rescued(entry, theirs);
    if (merged === null) {
      // Another project lies there now: what was rescued is not of it, but is not thrown away.
      await backups.keep(entry.text, 'outside', this.#clock.wallMs());
      await this.#rescue.drop(place.path);
      return undefined;
    }
    if (merged.conflicts.length > 0) await backups.keep(text, 'outside', this.#clock.wallMs());
    this.notices.post({ code: 'project/recovered', params: { conflicts: merged.conflicts.length } });
    try {
      await this.#write(merged.project);
    } catch {
      // Still full or read-only: the entry stays, and the next save of a window tries again.
      await this.#rescue.keep({ path: place.path, base: text, text: printProject(merged.project) }).catch(() => {});
    }
    return this.#become(this.#inOpen().place.path, merged.project, 'restore');
  }

  /** Writes the sample project under a new name and opens it. */
  createSample(language: 'en' | 'pl'): Promise<ProjectState> {
    return this.create(sampleProject(language), 'sample');
  }

  /** Writes a project to a new folder beside the others and opens it. `name` is that of the folder. */
  async create(project: Project, name: string): Promise<ProjectState> {
    const place = await unusedFolder(join(this.#dataDir, 'projects'), name);
    try {
      await writeDurably(place.file, printProject(project));
    } catch (cause) {
      throw notSaved(place.path, cause);
    }
    return this.open(place.path);
  }

  /**
   * Saves the whole document over the file.
   * @throws DialtreeError `project/stale` when it was saved by another window, or outside, after `baseRevision`;
   * `project/disk-full`, `project/read-only`, `project/not-saved` when the disk refuses: the file then still holds
   * the last good save, and what was to be saved is in the rescue journal.
   */
  async save(project: Project, baseRevision: number): Promise<ProjectState> {
    await this.current();
    return this.#inTurn(() => this.#saveNow(project, baseRevision, 'window'));
  }

  /**
   * Puts what comes from elsewhere in place of the document, and saves it.
   * @throws DialtreeError as `save`, when it was changed after `baseRevision`.
   */
  async replace(project: Project, origin: ChangeOrigin, baseRevision?: number): Promise<ProjectState> {
    await this.current();
    return this.#inTurn(() => this.#saveNow(project, baseRevision, origin));
  }

  /** The project's folder of recordings. A single file has none: it becomes a folder now. */
  async mediaDir(): Promise<string> {
    const { project } = await this.current();
    if (!this.#inOpen().place.isFolder) await this.replace(project, 'disk');
    return join(this.#inOpen().place.path, 'media');
  }

  /** Looks whether someone else wrote the file, and takes it. */
  async checkDisk(): Promise<void> {
    if (this.#opened !== undefined) await this.#inTurn(() => this.#takeFromDisk());
  }

  /** Tells of every change and of every opening (as `disk`). Returns the way to unsubscribe. */
  onChanged(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Opening, saving and looking at the disk follow one another. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#turns.then(work);
    this.#turns = turn.catch(() => undefined);
    return turn;
  }

  #inOpen(): Opened {
    if (this.#opened === undefined) throw new DialtreeError({ code: 'project/none', message: 'No project is open.' });
    return this.#opened;
  }

  #become(path: string, project: Project, origin: ChangeOrigin): ProjectState {
    const state = { path, revision: (this.#state?.revision ?? 0) + 1, project };
    this.#state = state;
    for (const listener of this.#listeners) listener(state, origin);
    return state;
  }

  async #saveNow(project: Project, baseRevision: number | undefined, origin: ChangeOrigin): Promise<ProjectState> {
    await this.#takeFromDisk();
    const revision = this.#state?.revision ?? 0;
    if (baseRevision !== undefined && baseRevision !== revision) {
      throw new DialtreeError({
        code: 'project/stale',
        message: 'The project was changed in another window since it was loaded here.',
        hint: 'Load the newer version; your changes stay in this window until you do.',
        params: { revision },
      });
    }
    const { place, text } = this.#inOpen();
    try {
      await this.#write(project);
    } catch (cause) {
      await this.#rescue.keep({ path: place.path, base: text, text: printProject(project) }).catch(() => {});
      throw notSaved(place.path, cause);
    }
    return this.#become(this.#inOpen().place.path, project, origin);
  }

  /** LF5: what others wrote is never written over unseen. */
  async #takeFromDisk(): Promise<void> {
    const { place, text, backups } = this.#inOpen();
    // A file that is gone or cannot be read has nothing to take; saving writes it again, or says why not.
    const found = await readFile(place.file, 'utf8').catch(() => text);
    if (found === text || found === this.#refused) return;
    let project: Project;
    try {
      project = parseFile(place.file, found);
    } catch (error) {
      this.#refused = found;
      const { code, message, hint } = (error as DialtreeError).toDetail();
      this.notices.post({ code: 'project/outside-refused', params: { code, message, hint: hint ?? '' } });
      return;
    }
    if (place.isFolder) await backups.keep(text, 'saved', this.#clock.wallMs()).catch(() => {});
    this.#opened = { place, text: found, backups };
    this.#refused = undefined;
    // Only laid out in another way: nothing for windows.
    if (this.#state && printProject(project) === printProject(this.#state.project)) return;
    this.notices.post({ code: 'project/changed-outside', params: { path: place.file } });
    this.#become(place.path, project, 'disk');
  }

  /** Writes and keeps copies; a single file becomes a folder. Throws what the disk says. */
  async #write(project: Project): Promise<void> {
    const before = this.#inOpen();
    const text = printProject(project);
    const nowMs = this.#clock.wallMs();
    if (!before.place.isFolder) {
      await this.#moveToFolder(before, text);
    } else {
      // What could not be taken is kept beside before it is written over: without that copy nothing is written.
      if (this.#refused !== undefined) await before.backups.keep(this.#refused, 'outside', nowMs);
      // The ring is of use only as long as there is room.
      else await before.backups.keep(before.text, 'saved', nowMs).catch(() => {});
      await writeDurably(before.place.file, text);
      this.#opened = { ...before, text };
    }
    this.#refused = undefined;
    await this.#rescue.drop(before.place.path).catch(() => {});
  }

  /** LF3: the folder is complete, with a copy of the file, before the file goes. */
  async #moveToFolder({ place: old, text: oldText }: Opened, text: string): Promise<void> {
    const place = await folderBeside(old.file);
    const backups = new BackupRing(place.path);
    try {
      await backups.keep(oldText, 'old-file', this.#clock.wallMs());
      if (this.#refused !== undefined) await backups.keep(this.#refused, 'outside', this.#clock.wallMs() + 1);
      await writeDurably(place.file, text);
      await this.#recent.remember(place.path, this.#clock.wallMs());
    } catch (error) {
      // It was not there before: half of one would only be in the way.
      await rm(place.path, { recursive: true, force: true }).catch(() => {});
      throw error;
    }
    await rm(old.file, { force: true }).catch(() => {});
    this.#opened = { place, text, backups };
    this.notices.post({ code: 'project/moved', params: { from: old.file, to: place.path } });
  }

  /** Copies of the open project's document. @throws as `current`. */
  async backups(language: 'en' | 'pl'): Promise<BackupRing> {
    await this.current(language);
    return this.#inOpen().backups;
  }

  /** Projects that were open, the last one first. */
  recent(): Promise<readonly RecentEntry[]> {
    return this.#recent.list();
  }
}

/** Ours stays where both changed the same. Null when it is not the same project, or of another version of this program. */
function rescued(entry: RescueEntry, theirs: Project): Merged | null {
  try {
    const ours = parseFile(entry.path, entry.text);
    return ours.id === theirs.id ? mergeProjects(parseFile(entry.path, entry.base), ours, theirs) : null;
  } catch {
    return null;
  }
}
