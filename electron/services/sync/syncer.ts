import { mergeProjects } from '../../../shared/analyze/merge/merge-projects.ts';
import type { ProjectState } from '../../../shared/bridge/contract.ts';
import { parseProjectText } from '../../../shared/flow/migrations.ts';
import type { Project } from '../../../shared/flow/project.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import { carryOver, toSyncConflict } from './conflicts.ts';
import { FRESH_MS, type Version } from './etag.ts';
import { mediaOf } from './media-refs.ts';
import type { MediaStore, SyncedProjects } from './projects.ts';
import type { Condition, Fetched, Remote } from './remote.ts';
import { isUncertain, syncError } from './sync-errors.ts';
import { type Hashed, hashed, MAX_KNOWN, type SyncRecord, type SyncRecordStore } from './sync-record.ts';

export interface SyncerOptions {
  readonly remote: Remote;
  readonly projects: SyncedProjects;
  readonly media: MediaStore | null;
  readonly store: SyncRecordStore;
  readonly record: SyncRecord;
  readonly clock: Clock;
}

/** How a round ended: both sides equal, or a person must choose first. */
export type RoundResult = 'synced' | 'conflict';

/** More rounds in which someone else was faster are left for the next time. */
const MAX_ROUNDS = 6;
/** Only the newest documents' ancestors are asked for; of so many they stay, should an old PUT arrive late. */
const KEPT_LINEAGES = 40;

/**
 * Brings the local document and the remote one together (SPEC.md, RS1–RS9). One call at a time. Everything it must
 * know after a crash is on disk before the step that needs it.
 */
export class Syncer {
  readonly #options: SyncerOptions;
  #record: SyncRecord;
  #isMissing = false;
  #missingMedia = 0;

  constructor(options: SyncerOptions) {
    this.#options = options;
    this.#record = options.record;
  }

  get record(): SyncRecord {
    return this.#record;
  }

  /** How many recordings lie neither here nor, whole, there (RS9). */
  get missingMedia(): number {
    return this.#missingMedia;
  }

  /**
   * Pulls, merges and pushes until both sides are equal.
   * @throws DialtreeError `sync/…`; `project/…` when what lies there cannot be used. Nothing is lost by any of them.
   */
  async run(): Promise<RoundResult> {
    await this.#expectOurProject();
    await this.#finishAdopting();
    for (let round = 0; ; round++) {
      try {
        await this.#pull();
        await this.#fetchMedia((await this.#options.projects.current()).project);
        if (this.#record.conflicts.length > 0) return 'conflict';
        if (await this.#push()) return 'synced';
      } catch (error) {
        const { code } = error as { code?: unknown };
        const again =
          code === 'sync/changed' || code === 'project/stale' || (isUncertain(error) && this.#record.sent.length > 0);
        if (!again || round >= MAX_ROUNDS || (isUncertain(error) && round > 0)) throw error;
      }
      if (round >= MAX_ROUNDS) throw syncError({ code: 'sync/changed', message: 'Others write there all the time.' });
    }
  }

  /** Changes what is kept; used to settle conflicts. */
  async update(change: Partial<SyncRecord>): Promise<void> {
    this.#record = { ...this.#record, ...change };
    await this.#options.store.save(this.#record);
  }

  /** A person decided: the local document takes the place of whatever lies there that cannot be used. */
  async overwriteRemote(): Promise<void> {
    const fetched = await this.#options.remote.get();
    const local = hashed((await this.#options.projects.current()).project);
    await this.#write(local, fetched.kind === 'found' ? fetched.version : null, fetched.kind === 'missing');
  }

  /** Another project may have been put at the path that was connected: it is not sent in this one's place. */
  async #expectOurProject(): Promise<void> {
    const { project } = await this.#options.projects.current();
    if (project.id === this.#record.projectId) return;
    throw syncError({
      code: 'sync/other-project-here',
      message: `The project that is open, "${project.name}", is not the one that was connected.`,
      hint: 'Open the project that was connected, or connect this one anew.',
    });
  }

  /** RS8: a crash between two files leaves the merge either done or not begun. */
  async #finishAdopting(): Promise<void> {
    const { adopting } = this.#record;
    if (adopting === null) return;
    const local = hashed((await this.#options.projects.current()).project);
    if (local.hash !== adopting.result) return this.update({ adopting: null });
    await this.#agree(adopting.remote, null, adopting.conflicts);
  }

  async #pull(): Promise<void> {
    const { remote, projects, store } = this.#options;
    const fetched = await remote.get(this.#record.version);
    // Taken away there is not taken away here: it is written again.
    this.#isMissing = fetched.kind === 'missing';
    if (fetched.kind !== 'found') return;
    const state = await projects.current();
    const theirs = hashed(parseRemote(fetched, state.project));
    if (theirs.hash === this.#record.base) {
      await this.update({ version: fetched.version });
      return;
    }
    const lineage = this.#record.alone ? null : await remote.ancestorsOf(theirs.hash);
    const base = await this.#baseFor(theirs, lineage, state.project);
    await store.keep(theirs);
    const merged = mergeProjects(base, state.project, theirs.project);
    const result = hashed(merged.project);
    const conflicts = carryOver(
      this.#record.conflicts,
      merged.conflicts.map(toSyncConflict),
      merged.project,
      theirs.project,
    );
    await this.#putInPlace(state, result, theirs, conflicts);
    await this.#agree(theirs.hash, fetched.version, conflicts, lineage ?? []);
  }

  async #putInPlace(
    state: ProjectState,
    result: Hashed,
    theirs: Hashed,
    conflicts: SyncRecord['conflicts'],
  ): Promise<void> {
    if (result.hash === hashed(state.project).hash) return;
    await this.update({ adopting: { remote: theirs.hash, result: result.hash, conflicts } });
    await this.#options.projects.replace(result.project, 'remote', state.revision);
  }

  /** The remote version is contained in the local document from now on. */
  async #agree(
    hash: string,
    version: Version | null,
    conflicts: SyncRecord['conflicts'],
    lineage: readonly string[] = [],
  ): Promise<void> {
    const { known, sent } = this.#record;
    // What was sent without an answer may still arrive (RS5): it stays among the bases.
    const next = [...new Set([hash, ...sent, ...known, ...lineage])].slice(0, MAX_KNOWN);
    const lastSyncAtMs = this.#options.clock.wallMs();
    await this.update({ base: hash, version, known: next, sent: [], adopting: null, conflicts, lastSyncAtMs });
    await this.#options.store.prune(this.#record);
  }

  /** The newest version that both sides have seen (RS4); a document without anything when there is none. */
  async #baseFor(theirs: Hashed, lineage: readonly string[] | null, ours: Project): Promise<Project> {
    const mine = [...this.#record.sent, ...this.#record.known];
    // Where nobody wrote down what it was made from, it was made from what lay there, by hand.
    const candidates = lineage === null ? mine : mine.filter((hash) => hash === theirs.hash || lineage.includes(hash));
    for (const hash of candidates) {
      const version = hash === theirs.hash ? theirs.project : await this.#options.store.version(hash);
      if (version !== null) return version;
    }
    return withoutContents(ours);
  }

  /** Sends the local document where it differs; true when both sides are equal. */
  async #push(): Promise<boolean> {
    const local = hashed((await this.#options.projects.current()).project);
    if (local.hash === this.#record.base && !this.#isMissing) return true;
    await this.#sendMedia(local.project);
    await this.#write(local, this.#record.version, this.#isMissing);
    // What was changed meanwhile goes in the next round.
    const now = await this.#options.projects.current();
    return now.project === local.project || hashed(now.project).hash === local.hash;
  }

  async #write(local: Hashed, seen: Version | null, absent: boolean): Promise<void> {
    const { remote, store } = this.#options;
    const condition = await this.#conditionFor(seen, absent);
    await store.keep(local);
    if (!this.#record.alone) await remote.putAncestors(local.hash, [...this.#record.sent, ...this.#record.known]);
    await this.update({ sent: [...new Set([local.hash, ...this.#record.sent])] });
    const version = await remote.put(local.text, condition).catch(async (error: unknown) => {
      // Refused for certain: it was not written.
      if (!isUncertain(error)) await this.update({ sent: this.#record.sent.filter((hash) => hash !== local.hash) });
      throw error;
    });
    await this.#agree(local.hash, version, []);
    const old = this.#record.known[KEPT_LINEAGES];
    if (old !== undefined && !this.#record.alone) await remote.removeAncestors(old);
  }

  /** RS3: nothing is written over what was not read. */
  async #conditionFor(seen: Version | null, absent: boolean): Promise<Condition> {
    if (this.#record.mode === null) {
      const checks = await this.#options.remote.checksConditions();
      await this.update({ mode: checks === 'no' ? 'unguarded' : 'guarded', alone: checks === 'unknown' });
    }
    if (this.#record.mode === 'unguarded') return 'any';
    if (absent) return 'absent';
    if (seen?.strong && seen.fresh) {
      // Another change within the same second could have the same tag: read again when it no longer can.
      await new Promise<void>((resolve) => void this.#options.clock.after(FRESH_MS, resolve));
      throw syncError({
        code: 'sync/changed',
        message: 'What lies there is too new to be told from a further change.',
      });
    }
    const tag = seen === null ? null : await this.#options.remote.strongTag(seen);
    if (tag !== null) return { ifMatch: tag };
    if (this.#record.alone) {
      throw syncError({
        code: 'sync/no-guard',
        message: 'The server has no strong ETag for the document, and takes no file beside it.',
        hint: 'Changes of two people at once could be lost there: use another server, or allow a folder beside the file.',
      });
    }
    // A server without strong tags cannot guard a PUT.
    await this.update({ mode: 'unguarded' });
    return 'any';
  }

  async #fetchMedia(project: Project): Promise<void> {
    const { media, remote } = this.#options;
    let missing = 0;
    for (const hash of media === null ? [] : mediaOf(project)) {
      if (await media?.has(hash)) continue;
      const bytes = await remote.getMedia(hash);
      if (bytes === null) missing++;
      else await media?.write(bytes);
    }
    this.#missingMedia = missing;
  }

  async #sendMedia(project: Project): Promise<void> {
    const { media, remote } = this.#options;
    if (media === null) return;
    for (const hash of mediaOf(project)) {
      if (this.#record.uploaded.includes(hash) || !(await media.has(hash))) continue;
      await remote.putMedia(hash, await media.read(hash));
      await this.update({ uploaded: [...this.#record.uploaded, hash] });
    }
  }
}

/**
 * RS7: the remote document, checked; one that cannot be used changes nothing here.
 * @throws DialtreeError `project/…`, `sync/other-project`.
 */
export function parseRemote(fetched: Extract<Fetched, { kind: 'found' }>, ours?: Project): Project {
  let project: Project;
  try {
    project = parseProjectText(fetched.text);
  } catch (cause) {
    if (!(cause instanceof DialtreeError)) throw cause;
    const { code, message, params } = cause.toDetail();
    throw syncError(
      {
        code,
        message: `What lies at the address cannot be used. ${message}`,
        hint: 'The copy here is untouched. Mend the remote file, or put the copy of this computer there.',
        ...(params === undefined ? {} : { params }),
      },
      cause,
    );
  }
  if (ours !== undefined && project.id !== ours.id) {
    throw syncError({
      code: 'sync/other-project',
      message: `Another project lies at the address: "${project.name}".`,
      hint: 'Choose another address, or open the project that lies there.',
      params: { name: project.name },
    });
  }
  return project;
}

/**
 * What two documents without a common past are merged from (RS4): everything that only one has is kept, and whatever
 * both have in different ways is a conflict. Only a merge can use it: it is not a valid project.
 */
function withoutContents(project: Project): Project {
  const empty = {
    numbers: {},
    people: {},
    queues: {},
    prompts: {},
    schedules: {},
    variables: {},
    flows: {},
    tests: {},
  };
  return { ...project, ...empty, name: '', settings: {} as Project['settings'] };
}
