import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectState } from '../../../shared/bridge/contract.ts';
import type {
  RemoteState,
  RemoteStatus,
  SyncCredentials,
  SyncSettings,
  SyncTest,
} from '../../../shared/bridge/sync.ts';
import type { Project } from '../../../shared/flow/project.ts';
import type { CancelTimer, Clock } from '../../../shared/lib/clock.ts';
import { toErrorDetail } from '../../../shared/lib/errors.ts';
import type { Logger } from '../../../shared/lib/logger.ts';
import { BackOff } from './back-off.ts';
import { refreshed, withChoice } from './conflicts.ts';
import { clientFor, type HttpClient } from './http-client.ts';
import type { MediaStore, SyncedProjects } from './projects.ts';
import { Remote } from './remote.ts';
import type { SecretStore } from './secret-store.ts';
import { statusOf, syncError } from './sync-errors.ts';
import { type SyncRecord, SyncRecordSchema, SyncRecordStore } from './sync-record.ts';
import { parseRemote, Syncer } from './syncer.ts';

export interface SyncServiceOptions {
  readonly projects: SyncedProjects;
  /** Opens a project that came from an endpoint in a new file. */
  readonly createProject: (project: Project) => Promise<ProjectState>;
  readonly media: MediaStore | null;
  readonly secrets: SecretStore;
  /** Folder for what is known of endpoints. */
  readonly dir: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onState: (state: RemoteState) => void;
  readonly backOff?: BackOff;
  /** From a change to its sending, ms: several saves go as one. */
  readonly sendDelayMs?: number;
  /** How long nothing may move on the wire, ms. */
  readonly idleTimeoutMs?: number;
}

/** The endpoint of the project that is open: one at a time, by path. */
interface Link {
  readonly path: string;
  readonly store: SyncRecordStore;
  readonly client: HttpClient;
  readonly syncer: Syncer;
}

const SEND_DELAY_MS = 500;
type Shown = Pick<RemoteState, 'status' | 'error'>;

/** Keeps the open project in step with its endpoint: when, how it stands, and what a person decides (SPEC.md, RS*). */
export class SyncService {
  readonly #options: SyncServiceOptions;
  readonly #backOff: BackOff;
  readonly #unsubscribe: () => void;
  #link: Link | null = null;
  /** The project that was looked at last, connected or not. */
  #path: string | null = null;
  #shown: Shown & { readonly sinceMs: number } = { status: 'off', error: null, sinceMs: 0 };
  #hasCredentials = false;
  #busy = false;
  #nextTryAtMs: number | null = null;
  #cancelTimer: CancelTimer = () => {};
  #queue: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(options: SyncServiceOptions) {
    this.#options = options;
    this.#backOff = options.backOff ?? new BackOff();
    this.#unsubscribe = options.projects.onChanged((state, origin) => this.#handleChange(state, origin));
  }

  /** Takes up the endpoint of the project that is open, if it has one. */
  start(): Promise<void> {
    return this.#inTurn(async () => this.#takeUp(await this.#options.projects.current()));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    this.#cancelTimer();
    this.#link?.client.close();
    await this.#queue;
  }

  state(): RemoteState {
    const record = this.#link?.syncer.record;
    return {
      ...this.#shown,
      busy: this.#busy,
      settings: record?.settings ?? null,
      hasCredentials: this.#hasCredentials,
      lastSyncAtMs: record?.lastSyncAtMs ?? null,
      nextTryAtMs: this.#nextTryAtMs,
      conflicts: record?.conflicts ?? [],
    };
  }

  /**
   * Tries an endpoint without changing anything there.
   * @throws DialtreeError that says what is wrong with it.
   */
  async test(settings: SyncSettings, given?: SyncCredentials): Promise<SyncTest> {
    const client = this.#clientFor(settings, given ?? (await this.#secretsOf(settings)));
    try {
      const remote = new Remote(client, settings, this.#options.clock);
      const { project } = await this.#options.projects.current();
      const fetched = await remote.get();
      if (settings.kind === 'webdav' && !(await remote.speaksWebdav())) {
        const hint = 'Choose plain HTTP, or check the address.';
        throw syncError({ code: 'sync/not-webdav', message: 'The server does not speak WebDAV there.', hint });
      }
      if (fetched.kind !== 'found') return { found: 'nothing', name: null };
      const theirs = parseRemote(fetched);
      return { found: theirs.id === project.id ? 'same-project' : 'other-project', name: theirs.name };
    } finally {
      client.close();
    }
  }

  /**
   * Connects the open project with an endpoint. With `takeRemote` a project of another identity that lies there is
   * opened in a file of its own and connected instead; the one that was open stays as it is.
   */
  connect(settings: SyncSettings, given: SyncCredentials | undefined, takeRemote: boolean): Promise<RemoteState> {
    return this.#inTurn(async () => {
      const credentials = given ?? (await this.#secretsOf(settings));
      const client = this.#clientFor(settings, credentials);
      try {
        if (takeRemote) {
          const fetched = await new Remote(client, settings, this.#options.clock).get();
          const { project } = await this.#options.projects.current();
          if (fetched.kind === 'found') {
            const theirs = parseRemote(fetched);
            if (theirs.id !== project.id) await this.#options.createProject(theirs);
          }
        }
      } finally {
        client.close();
      }
      const { path, project } = await this.#options.projects.current();
      const store = this.#storeOf(path);
      const before = await store.load();
      const record =
        before?.settings.url === settings.url && before.projectId === project.id
          ? { ...before, settings, mode: null }
          : SyncRecordSchema.parse({ format: 1, settings, projectId: project.id });
      await this.#options.secrets.set(settings.url, credentials);
      await store.save(record);
      await this.#takeUp(await this.#options.projects.current());
      await this.#round();
      return this.state();
    });
  }

  /** Forgets the endpoint, its secrets and what was known of it. Nothing is removed there. */
  disconnect(): Promise<RemoteState> {
    return this.#inTurn(async () => {
      const link = this.#link;
      if (link !== null) {
        await this.#options.secrets.remove(link.syncer.record.settings.url);
        await link.store.remove();
      }
      this.#drop();
      this.#show('off');
      return this.state();
    });
  }

  /** A round now, whatever the back-off says. */
  syncNow(): Promise<RemoteState> {
    return this.#inTurn(async () => {
      await this.#round();
      return this.state();
    });
  }

  /**
   * A person's choice in a conflict (RS10); the last one lets the document go out. A choice between values that have
   * changed meanwhile is none: the state shows them.
   */
  resolve(id: string, pick: 'ours' | 'theirs'): Promise<RemoteState> {
    return this.#inTurn(async () => {
      await this.#refreshConflicts();
      const syncer = this.#link?.syncer;
      const conflict = syncer?.record.conflicts.find((one) => one.id === id);
      if (syncer === undefined || conflict === undefined) return this.state();
      const { project, revision } = await this.#options.projects.current();
      const chosen = withChoice(project, conflict, pick);
      if (chosen !== project) await this.#options.projects.replace(chosen, 'remote', revision);
      await syncer.update({ conflicts: syncer.record.conflicts.filter((one) => one !== conflict) });
      if (syncer.record.conflicts.length === 0) await this.#round();
      else this.#emit();
      return this.state();
    });
  }

  /** A person's decision to put the local copy in place of a remote one that cannot be used (RS7). */
  overwriteRemote(): Promise<RemoteState> {
    return this.#inTurn(async () => {
      await this.#link?.syncer.overwriteRemote();
      await this.#round();
      return this.state();
    });
  }

  #handleChange(state: ProjectState, origin: string): void {
    if (this.#stopped) return;
    if (state.path !== this.#path) {
      void this.#inTurn(async () => {
        const current = await this.#options.projects.current();
        if (current.path !== this.#path) await this.#takeUp(current);
      });
      return;
    }
    if (this.#link === null || origin === 'remote') return;
    if (this.#shown.status === 'conflict') void this.#inTurn(() => this.#refreshConflicts());
    // A conflict, a refusal or a server that is away stays what is shown until the next round.
    if (this.#shown.status === 'synced') this.#show('waiting');
    if (['synced', 'waiting'].includes(this.#shown.status)) this.#schedule(this.#options.sendDelayMs ?? SEND_DELAY_MS);
  }

  /** RS10: what is shown follows edits here; a conflict may end by them. */
  async #refreshConflicts(): Promise<void> {
    const syncer = this.#link?.syncer;
    if (syncer === undefined || syncer.record.conflicts.length === 0) return;
    const conflicts = refreshed(syncer.record.conflicts, (await this.#options.projects.current()).project);
    await syncer.update({ conflicts });
    if (conflicts.length === 0) await this.#round();
    else this.#emit();
  }

  async #takeUp({ path, project }: ProjectState): Promise<void> {
    const former = this.#link;
    this.#drop();
    this.#path = path;
    const store = this.#storeOf(path);
    let record = await store.load();
    if (record === null && former?.syncer.record.projectId === project.id && !existsSync(former.path)) {
      // The file was moved, or became a folder: it stays connected.
      await store.moveFrom(former.store);
      record = await store.load();
    }
    if (record === null) return this.#show('off');
    const secrets = await this.#options.secrets.get(record.settings.url);
    this.#hasCredentials = secrets !== null && Object.keys(secrets).length > 0;
    const client = this.#clientFor(record.settings, secrets ?? {});
    this.#link = { path, store, client, syncer: this.#syncerFor(client, store, record) };
    this.#options.logger.log('info', 'sync.taken-up', { host: new URL(record.settings.url).host, project: project.id });
    this.#show(record.conflicts.length > 0 ? 'conflict' : 'waiting');
    this.#schedule(0);
  }

  #syncerFor(client: HttpClient, store: SyncRecordStore, record: SyncRecord): Syncer {
    const { projects, media, clock } = this.#options;
    return new Syncer({ remote: new Remote(client, record.settings, clock), projects, media, store, record, clock });
  }

  #clientFor(settings: SyncSettings, secrets: SyncCredentials): HttpClient {
    return clientFor(settings, secrets, this.#options.idleTimeoutMs);
  }

  async #secretsOf({ url }: SyncSettings): Promise<SyncCredentials> {
    return (await this.#options.secrets.get(url)) ?? {};
  }

  #storeOf(path: string): SyncRecordStore {
    return new SyncRecordStore(join(this.#options.dir, createHash('sha256').update(path).digest('hex').slice(0, 16)));
  }

  async #round(): Promise<void> {
    const link = this.#link;
    if (link === null || this.#stopped) return;
    this.#cancelTimer();
    this.#busy = true;
    this.#emit();
    let delayMs: number;
    try {
      const result = await link.syncer.run();
      this.#busy = false;
      if (link.syncer.missingMedia > 0) this.#show('waiting', missingMedia(link.syncer.missingMedia));
      else this.#show(result);
      delayMs = this.#backOff.succeeded();
    } catch (error) {
      this.#busy = false;
      const detail = toErrorDetail(error);
      const status = statusOf(detail.code);
      this.#options.logger.log('warn', 'sync.failed', { code: detail.code, status });
      this.#show(status, detail);
      delayMs = this.#backOff.failed();
    }
    if (this.#link === link) this.#schedule(delayMs);
  }

  #schedule(delayMs: number): void {
    this.#cancelTimer();
    if (this.#stopped) return;
    this.#nextTryAtMs = this.#options.clock.wallMs() + delayMs;
    this.#cancelTimer = this.#options.clock.after(delayMs, () => void this.#inTurn(() => this.#round()));
    this.#emit();
  }

  #drop(): void {
    this.#cancelTimer();
    this.#link?.client.close();
    this.#link = null;
    this.#hasCredentials = false;
    this.#nextTryAtMs = null;
  }

  #show(status: RemoteStatus, detail: { code: string; message: string; hint?: string } | null = null): void {
    const error =
      detail === null
        ? null
        : { code: detail.code, message: detail.message, ...(detail.hint === undefined ? {} : { hint: detail.hint }) };
    const sinceMs = status === this.#shown.status ? this.#shown.sinceMs : this.#options.clock.wallMs();
    this.#shown = { status, error, sinceMs };
    this.#emit();
  }

  #emit(): void {
    if (!this.#stopped) this.#options.onState(this.state());
  }

  /** One thing at a time: rounds, choices and connections never meet. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

function missingMedia(count: number) {
  return {
    code: 'sync/media-missing',
    message: `${count} recording(s) of the project are missing or damaged on the server.`,
    hint: 'They come by themselves when the computer that has them is connected.',
  };
}
