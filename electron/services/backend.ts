import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Callback, CallbackResult, CallbackWish } from '../../shared/bridge/callbacks.ts';
import type { BridgeHandlers, DeskPhone, EventName, EventPayload, PbxStatus } from '../../shared/bridge/contract.ts';
import type { PbxEvent, PbxTls, Registration } from '../../shared/bridge/pbx.ts';
import { TRUNK_OFF } from '../../shared/bridge/trunk.ts';
import { countMessages } from '../../shared/bridge/voicemail.ts';
import type { TextSource } from '../../shared/flow/speech.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { DialtreeError, toErrorDetail } from '../../shared/lib/errors.ts';
import type { Logger } from '../../shared/lib/logger.ts';
import { mediaHandlers } from './audio/media-handlers.ts';
import { CallbackList } from './callback-list.ts';
import { CallLog } from './calls/call-log.ts';
import { callLogHandlers } from './calls/call-log-handlers.ts';
import { DeskService, deskHandlers } from './desk/desk-service.ts';
import { OperatorFile } from './desk/operator-file.ts';
import { type Desktop, desktopHandlers } from './desktop/desktop.ts';
import { fileHandlers } from './files/file-handlers.ts';
import { EMBEDDED_REALM, EmbeddedAccounts } from './pbx/accounts.ts';
import { type PromptProblem, prepareDeployment } from './pbx/deployment.ts';
import type { SpawnPbx } from './pbx/pbx-process.ts';
import { PbxSupervisor, type SupervisorState } from './pbx/pbx-supervisor.ts';
import { backupHandlers } from './project/backup-handlers.ts';
import { MediaFolder } from './project/media-store.ts';
import { ProjectStore } from './project/project-store.ts';
import { ProjectWatcher } from './project/project-watcher.ts';
import { QueueFactsKeeper } from './queues/queue-facts-keeper.ts';
import { recordingHandlers } from './recordings/recording-handlers.ts';
import { RecordingRetention } from './recordings/recording-retention.ts';
import { RecordingStore } from './recordings/recording-store.ts';
import { PiperEngine } from './speech/engines/piper.ts';
import { MachineVoices, systemEngine } from './speech/machine-voices.ts';
import { SpeechService } from './speech/speech-service.ts';
import { SpeechSetupService } from './speech/speech-setup.ts';
import { wavDurationMs } from './speech/wav.ts';
import { type Cipher, EncryptedSecretStore, MemorySecretStore } from './sync/secret-store.ts';
import { syncHandlers } from './sync/sync-handlers.ts';
import { SyncService } from './sync/sync-service.ts';
import { trunkHandlers } from './trunk/trunk-handlers.ts';
import { TrunkService } from './trunk/trunk-service.ts';
import { AutoVersions } from './versions/auto-versions.ts';
import { systemUser, versionsDir } from './versions/places.ts';
import { versionHandlers } from './versions/version-handlers.ts';
import { VersionStore } from './versions/version-store.ts';
import { VoicemailStore } from './voicemail-store.ts';
import { VoicemailWebhook, webhookHandlers } from './webhook/voicemail-webhook.ts';

export interface BackendOptions {
  /** This installation's folder for projects and caches. */
  readonly dataDir: string;
  readonly version: string;
  readonly host: 'electron' | 'node';
  /** Language tag of the system, e.g. `pl-PL`. */
  readonly locale: string;
  /** Port of the embedded PBX; 0 takes a free one. */
  readonly pbxPort: number;
  /** Port of phones by UDP and TCP; 0, and not there, takes a free one. */
  readonly sipPort?: number;
  /** Phones by TLS and browsers by wss; without it neither is listened for. */
  readonly tls?: PbxTls | undefined;
  readonly spawnPbx: SpawnPbx;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Who works here, for versions; the system's user. */
  readonly author?: string;
  /** The system's own encryption, for what must not lie open on the disk; without it, it is not kept at all. */
  readonly cipher?: Cipher;
  /** The system's own dialog; null when nothing was chosen. There is none without a desktop. */
  readonly chooseFolder?: () => Promise<string | null>;
  /** Around our windows; there is none where they are a browser's. */
  readonly desktop?: Desktop;
  /** Sends an event to every window. */
  readonly emit: <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void;
}

/** Everything behind the bridge; the same under Electron and the Node host. */
export class Backend {
  readonly #options: BackendOptions;
  readonly #projects: ProjectStore;
  readonly #watcher: ProjectWatcher;
  readonly #speech: SpeechService;
  readonly #speechSetup: SpeechSetupService;
  readonly #accounts = new EmbeddedAccounts();
  readonly #callLog: CallLog;
  readonly #callbacks: CallbackList;
  readonly #desk: DeskService;
  readonly #queueFacts: QueueFactsKeeper;
  readonly #pbx: PbxSupervisor;
  readonly #sync: SyncService;
  readonly #trunk: TrunkService;
  readonly #versions: VersionStore;
  readonly #media: MediaFolder;
  readonly #voicemailDir: string;
  readonly #recordingsDir: string;
  readonly #recordings: RecordingStore;
  readonly #retention: RecordingRetention;
  readonly #voicemail: VoicemailStore;
  readonly #webhook: VoicemailWebhook;
  #registrations: readonly Registration[] = [];
  #deployedRevision: number | null = null;
  #promptProblems: readonly PromptProblem[] = [];
  #deploying: Promise<unknown> = Promise.resolve();
  /** The settings of voices are read. */
  #speechReady: Promise<void> = Promise.resolve();

  constructor(options: BackendOptions) {
    this.#options = options;
    this.#projects = new ProjectStore(options.dataDir, options.clock);
    this.#watcher = new ProjectWatcher(this.#projects, options.clock, (error) =>
      this.#logFailure('project.not-watched', error),
    );
    this.#callbacks = new CallbackList(join(options.dataDir, 'callbacks.json'), options.clock);
    this.#callLog = new CallLog({
      clock: options.clock,
      logger: options.logger,
      onChanged: () => options.emit('callLog.changed', {}),
    });
    this.#desk = new DeskService({
      clock: options.clock,
      file: new OperatorFile(join(options.dataDir, 'operators.json'), options.logger),
      send: (command) => this.#pbx.sendOperator(command),
      onChanged: (operators) => options.emit('desk.changed', { operators }),
      onWrappedUp: ({ callId, sinceMs }) => this.#callLog.takeWrapUp(callId, options.clock.wallMs() - sinceMs),
    });
    this.#queueFacts = new QueueFactsKeeper({
      path: join(options.dataDir, 'queues.json'),
      clock: options.clock,
      logger: options.logger,
      send: (command) => this.#pbx.sendQueueFacts(command),
    });
    this.#media = new MediaFolder(() => this.#projects.mediaDir());
    const piper = new PiperEngine({ folder: () => this.#speechSetup.settings.piperFolder, clock: options.clock });
    const engines = [piper, systemEngine(process.platform, options.clock)];
    const machineVoices = new MachineVoices(engines, options.logger);
    this.#speech = new SpeechService(join(options.dataDir, 'cache', 'speech'), this.#media, machineVoices);
    this.#speechSetup = new SpeechSetupService({
      path: join(options.dataDir, 'speech.json'),
      logger: options.logger,
      piper,
      onChanged: () => {
        machineVoices.refresh();
        options.emit('speech.changed', {});
        // What was read by another voice until now is read by its own.
        this.#deploy().catch((error) => this.#logFailure('pbx.deploy-failed', error));
      },
    });
    this.#voicemailDir = join(options.dataDir, 'voicemail');
    this.#recordingsDir = join(options.dataDir, 'recordings');
    this.#recordings = new RecordingStore(this.#recordingsDir, options.logger);
    this.#retention = new RecordingRetention({
      clock: options.clock,
      logger: options.logger,
      store: this.#recordings,
      settings: async () => {
        const { project } = await this.#projects.current(this.#sampleLanguage());
        return { projectId: project.id, keepDays: project.settings.recording?.keepDays ?? 0 };
      },
      onForgotten: (callIds) => {
        for (const callId of new Set(callIds)) options.emit('recordings.changed', { callId });
      },
    });
    this.#voicemail = new VoicemailStore(this.#voicemailDir, options.logger);
    this.#webhook = new VoicemailWebhook({
      path: join(options.dataDir, 'voicemail-webhook.json'),
      clock: options.clock,
      logger: options.logger,
      version: options.version,
      environment: process.env,
      onState: (state) => options.emit('webhook.state', state),
    });
    this.#versions = new VersionStore({
      dir: async () => versionsDir((await this.#projects.current(this.#sampleLanguage())).path),
      author: options.author ?? systemUser(),
      nowMs: () => options.clock.wallMs(),
    });
    const autoVersions = new AutoVersions(this.#versions, options.logger);
    this.#projects.onChanged((state, origin) => {
      autoVersions.changed(state, origin);
      this.#webhook.handleProject(state.project);
      if (origin !== 'window') options.emit('project.saved', { revision: state.revision, windowId: null });
    });
    this.#projects.notices.onPosted(() => options.emit('project.noticed', {}));
    const syncDir = join(options.dataDir, 'sync');
    this.#sync = new SyncService({
      projects: {
        current: () => this.#projects.current(this.#sampleLanguage()),
        replace: (...change) => this.#projects.replace(...change),
        onChanged: (listener) => this.#projects.onChanged(listener),
      },
      createProject: (project) => this.#projects.create(project, 'shared'),
      media: this.#media,
      secrets: options.cipher
        ? new EncryptedSecretStore(join(syncDir, 'secrets.json'), options.cipher)
        : new MemorySecretStore(process.env),
      dir: syncDir,
      clock: options.clock,
      logger: options.logger,
      onState: (state) => options.emit('sync.state', state),
    });
    this.#trunk = new TrunkService({
      dir: join(options.dataDir, 'trunk'),
      cipher: options.cipher,
      environment: process.env,
      logger: options.logger,
      apply: (config) => this.#pbx.setTrunk(config),
      onState: (state) => options.emit('trunk.state', state),
    });
    this.#pbx = new PbxSupervisor({
      spawn: options.spawnPbx,
      listen: {
        host: '127.0.0.1',
        port: options.pbxPort,
        realm: EMBEDDED_REALM,
        sipPort: options.sipPort ?? 0,
        tls: options.tls,
      },
      clock: options.clock,
      logger: options.logger,
      onEvent: (event) => this.#handlePbxEvent(event),
      onState: (state) => this.#handlePbxState(state),
    });
  }

  /** Starts the embedded PBX; windows learn of it by `pbx.status`. */
  start(): void {
    try {
      this.#callLog.open(join(this.#options.dataDir, 'calls.sqlite'));
    } catch (error) {
      // Calls matter more than their record; windows that ask for it are told.
      this.#logFailure('calls.not-opened', error);
    }
    this.#desk.open();
    this.#queueFacts.open();
    this.#webhook.open();
    this.#speechReady = this.#speechSetup.open();
    this.#pbx.start();
    this.#watcher.start();
    void this.#retention.start();
    // A project that cannot be opened is told by `project.current`.
    this.#trunk.start().catch((error) => this.#logFailure('trunk.not-started', error));
    this.#sync.start().catch((error) => this.#logFailure('sync.not-started', error));
  }

  /** Ends all calls, the PBX process and what is under way with the endpoint. */
  async stop(): Promise<void> {
    this.#watcher.stop();
    this.#retention.stop();
    try {
      await Promise.all([this.#pbx.stop(), this.#sync.stop()]);
    } finally {
      this.#callLog.close();
      await Promise.all([this.#desk.close(), this.#queueFacts.close(), this.#webhook.close()]);
    }
  }

  /** Imports a bundle from a file, as `files.import` does. @throws as it does, and what the disk says. */
  async openBundle(path: string): Promise<void> {
    const bytes = await readFile(path);
    await this.handlers['files.import']({ zipBase64: bytes.toString('base64') }, '');
  }

  /** One function per call of the contract; inputs are parsed already. */
  readonly handlers: BridgeHandlers = {
    'app.info': async () => ({
      version: this.#options.version,
      host: this.#options.host,
      platform: process.platform,
      locale: this.#options.locale,
    }),
    'project.current': () => this.#projects.current(this.#sampleLanguage()),
    'project.createSample': async ({ language }) => this.#opened(await this.#projects.createSample(language)),
    'project.open': async ({ path }) => this.#opened(await this.#projects.open(path)),
    'project.save': async ({ project, baseRevision }, windowId) => {
      const { revision, path } = await this.#projects.save(project, baseRevision);
      this.#options.emit('project.saved', { revision, windowId });
      return { revision, savedAtMs: this.#options.clock.wallMs(), path };
    },
    'project.notices': async () => this.#projects.notices.take(),
    'pbx.deploy': async () => {
      await this.#deploy();
      return this.#status();
    },
    'pbx.status': async () => this.#status(),
    'phone.account': async ({ who }) => {
      const state = this.#pbx.state;
      if (state.state === 'failed') throw new DialtreeError(state.error);
      // The PBX must know the account before a phone registers with it.
      await this.#deployIfChanged();
      const { project } = await this.#projects.current(this.#sampleLanguage());
      if (state.state !== 'running') {
        throw new DialtreeError({
          code: 'pbx/not-running',
          message: 'The embedded PBX is not running yet.',
          hint: 'Wait a moment; the phone signs in by itself.',
        });
      }
      return this.#accounts.forPhone(project, who, state.wsUrl);
    },
    'phone.desk': async ({ personId }) => {
      await this.#deployIfChanged();
      return this.#deskPhone(personId);
    },
    'phone.renewPassword': async ({ personId }) => {
      const { project } = await this.#projects.current(this.#sampleLanguage());
      this.#accounts.renew(project, personId);
      await this.#deploy();
      this.#options.emit('phone.passwordRenewed', { personId });
      return this.#deskPhone(personId);
    },
    'speech.voices': async () => {
      await this.#speechReady;
      return this.#speech.voices();
    },
    'speech.setup': async () => {
      await this.#speechReady;
      return this.#speechSetup.view();
    },
    'speech.setUp': (settings) => this.#speechSetup.set(settings),
    'speech.render': async ({ source }) => {
      const wav = await this.#speech.renderBytes(source);
      return { wavBase64: wav.toString('base64'), durationMs: wavDurationMs(wav) };
    },
    'voicemail.list': () => this.#voicemail.list(),
    'voicemail.markHeard': async ({ id, heard }) => {
      await this.#voicemail.markHeard(id, heard);
      this.#emitVoicemail();
      return {};
    },
    'voicemail.remove': async ({ id }) => {
      await this.#voicemail.remove(id);
      this.#emitVoicemail();
      return {};
    },
    'voicemail.audio': async ({ id }) => ({ wavBase64: (await this.#voicemail.audio(id)).toString('base64') }),
    'calls.hangUp': async ({ callId }) => {
      this.#pbx.hangUp(callId);
      return {};
    },
    'calls.move': async ({ callId, queueId }) => {
      this.#pbx.move(callId, queueId);
      return {};
    },
    'callbacks.list': async () => [...(await this.#callbacks.list())],
    'callbacks.done': async ({ id }) => {
      this.#tellCallbacks(await this.#callbacks.remove(id));
      return {};
    },
    ...desktopHandlers(() => this.#options.desktop),
    ...deskHandlers(() => this.#desk),
    ...syncHandlers(() => this.#sync),
    ...trunkHandlers(() => this.#trunk),
    ...fileHandlers(() => ({
      projects: this.#projects,
      media: this.#media,
      language: () => this.#sampleLanguage(),
      chooseFolder: this.#options.chooseFolder,
      newProjectId: () => `p${randomUUID()}`,
      opened: (revision) => this.#opened({ revision }),
    })),
    ...callLogHandlers(
      () => this.#callLog,
      () => this.#recordings,
    ),
    ...recordingHandlers(() => ({
      store: this.#recordings,
      active: () => this.#callLog.active(),
      send: (callId, action) => this.#pbx.record(callId, action),
      onChanged: (callId) => this.#options.emit('recordings.changed', { callId }),
    })),
    ...webhookHandlers(() => this.#webhook),
    ...mediaHandlers(() => this.#media),
    ...backupHandlers(() => this.#projects.backups(this.#sampleLanguage())),
    ...versionHandlers(
      () => this.#versions,
      () => this.#projects.current(this.#sampleLanguage()),
    ),
  };

  async #deskPhone(personId: string): Promise<DeskPhone> {
    const { project } = await this.#projects.current(this.#sampleLanguage());
    const state = this.#pbx.state;
    const isRunning = state.state === 'running';
    const server = isRunning ? state.sipAddress : null;
    const secureServer = isRunning ? state.tlsAddress : null;
    return { server, secureServer, ...this.#accounts.forDeskPhone(project, personId) };
  }

  /** Windows get the whole list: it is short, and so they cannot miss one. Phones get the number. */
  #emitVoicemail(): void {
    this.#voicemail
      .list()
      .then((messages) => {
        this.#options.emit('voicemail.changed', { messages });
        this.#pbx.sendMailboxes(countMessages(messages));
      })
      .catch((error) => this.#logFailure('voicemail.list-failed', error));
  }

  /** WH1 */
  async #tellWebhook(id: string): Promise<void> {
    try {
      const message = await this.#voicemail.get(id);
      const { project } = await this.#projects.current(this.#sampleLanguage());
      await this.#webhook.announce(message, project);
    } catch (error) {
      this.#logFailure('webhook.not-announced', error);
    }
  }

  #sampleLanguage(): 'en' | 'pl' {
    return this.#options.locale.toLowerCase().startsWith('pl') ? 'pl' : 'en';
  }

  /** A project was opened: the PBX follows. */
  #opened<State extends { revision: number }>(state: State): State {
    this.#deploy().catch((error) => this.#logFailure('pbx.deploy-failed', error));
    return state;
  }

  async #deployIfChanged(): Promise<void> {
    await this.#deploying;
    const { revision } = await this.#projects.current(this.#sampleLanguage());
    if (revision !== this.#deployedRevision) await this.#deploy();
  }

  /** Deployments follow one another, so that the last one asked for is the one that stays. */
  #deploy(): Promise<void> {
    const work = this.#deploying.then(async () => {
      await this.#speechReady;
      const { project, revision } = await this.#projects.current(this.#sampleLanguage());
      const { config, promptProblems } = await prepareDeployment(project, this.#accounts, this.#speech, {
        voicemail: this.#voicemailDir,
        recordings: this.#recordingsDir,
      });
      await this.#pbx.configure(config);
      this.#deployedRevision = revision;
      this.#promptProblems = promptProblems;
      this.#emitStatus();
    });
    this.#deploying = work.catch(() => undefined);
    return work;
  }

  #handlePbxEvent(event: PbxEvent): void {
    switch (event.type) {
      case 'registrations':
        this.#registrations = event.registrations;
        this.#emitStatus();
        break;
      case 'operator':
        this.#desk.handleOperator(event.operator);
        break;
      case 'queue-facts':
        this.#queueFacts.handleFacts(event.queueId, event.facts);
        break;
      case 'unanswered':
        this.#callLog.takeMissed({ callId: event.callId, personId: event.personId, queueId: event.queueId });
        break;
      case 'trunk-state':
        this.#trunk.handleState(event.state);
        break;
      case 'voicemail':
        this.#emitVoicemail();
        void this.#tellWebhook(event.id);
        break;
      case 'recording':
        this.#options.emit('recordings.changed', { callId: event.callId });
        break;
      case 'render':
        void this.#render(event.requestId, event.source);
        break;
      case 'keep-callback':
        void this.#keepCallback(event.requestId, event.wish);
        break;
      case 'callback-tried':
        void this.#noteCallback(event.id, event.result);
        break;
      case 'call':
        this.#callLog.takeCall(event.call);
        this.#options.emit('call.changed', event.call);
        break;
      case 'trace':
        this.#callLog.takeTrace(event.callId, event.entry);
        this.#options.emit('call.trace', { callId: event.callId, entry: event.entry });
        break;
    }
  }

  /** Speaks what only a call knows. */
  async #render(requestId: string, source: TextSource): Promise<void> {
    try {
      const wav = await this.#speech.speakOnce(source);
      this.#pbx.sendRendered(requestId, { wav: wav.toString('base64') });
    } catch (error) {
      this.#pbx.sendRendered(requestId, { code: toErrorDetail(error).code });
    }
  }

  /** A caller is told that it is kept only once it is. */
  async #keepCallback(requestId: string, wish: CallbackWish): Promise<void> {
    try {
      const { callbacks, callback } = await this.#callbacks.add(wish);
      this.#pbx.sendCallbackKept(requestId, callback);
      this.#tellCallbacks(callbacks);
    } catch (error) {
      this.#logFailure('callbacks.not-kept', error);
      this.#pbx.sendCallbackKept(requestId, null);
    }
  }

  /** A caller was called back, or was tried in vain: a restart must not call them again, or too often. */
  async #noteCallback(id: string, result: CallbackResult): Promise<void> {
    try {
      const served = 'served' in result;
      this.#tellCallbacks(await (served ? this.#callbacks.remove(id) : this.#callbacks.noteTries(id, result)));
    } catch (error) {
      this.#logFailure('callbacks.not-noted', error);
    }
  }

  /** Windows show the list, the PBX keeps the places. */
  #tellCallbacks(callbacks: readonly Callback[]): void {
    this.#options.emit('callbacks.changed', [...callbacks]);
    this.#pbx.sendCallbacks(callbacks);
  }

  #handlePbxState(state: SupervisorState): void {
    if (state.state !== 'running') {
      this.#registrations = [];
      this.#trunk.handleState(TRUNK_OFF);
      this.#desk.handlePbxGone();
      for (const call of this.#callLog.endAll(this.#options.clock.wallMs(), 'pbx-stopped')) {
        this.#options.emit('call.changed', call);
      }
    } else {
      this.#desk.handlePbxStarted();
      this.#queueFacts.handlePbxStarted();
      this.#callbacks
        .list()
        .then((callbacks) => this.#pbx.sendCallbacks(callbacks))
        .catch((error) => this.#logFailure('callbacks.not-read', error));
      this.#emitVoicemail();
    }
    if (state.state === 'running' && this.#deployedRevision === null) {
      // The first start; after a crash the supervisor gives the PBX its configuration again by itself.
      this.#deploy().catch((error) => this.#logFailure('pbx.deploy-failed', error));
    }
    this.#emitStatus();
  }

  #status(): PbxStatus {
    const state = this.#pbx.state;
    const error = 'error' in state ? state.error : null;
    return {
      state: state.state,
      wsUrl: state.state === 'running' ? state.wsUrl : null,
      sipAddress: state.state === 'running' ? state.sipAddress : null,
      deployedRevision: this.#deployedRevision,
      promptProblems: [...this.#promptProblems],
      error: error && {
        code: error.code,
        message: error.message,
        ...(error.hint === undefined ? {} : { hint: error.hint }),
        ...(error.params === undefined ? {} : { params: { ...error.params } }),
      },
      registrations: [...this.#registrations],
    };
  }

  #emitStatus(): void {
    this.#options.emit('pbx.status', this.#status());
  }

  #logFailure(event: string, error: unknown): void {
    const { code, message } = toErrorDetail(error);
    this.#options.logger.log('error', event, { code, message });
  }
}
