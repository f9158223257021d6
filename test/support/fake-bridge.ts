import { createHash } from 'node:crypto';
import type { Backup } from '../../shared/bridge/backups.ts';
import type { Callback } from '../../shared/bridge/callbacks.ts';
import {
  type Bridge,
  type BridgeHandlers,
  type CallInput,
  type CallName,
  type CallOutput,
  type DeskPhone,
  type EventName,
  type EventPayload,
  events,
  type PbxStatus,
  type ProjectState,
} from '../../shared/bridge/contract.ts';
import type { OperatorState } from '../../shared/bridge/desk.ts';
import type { PhoneCommand } from '../../shared/bridge/desktop.ts';
import { dispatchCall } from '../../shared/bridge/dispatch.ts';
import type { RecentProject } from '../../shared/bridge/files.ts';
import type { ProjectNotice } from '../../shared/bridge/notices.ts';
import type { CallSummary } from '../../shared/bridge/pbx.ts';
import { DEFAULT_REACH } from '../../shared/bridge/reach.ts';
import type { Recording, RecordingState } from '../../shared/bridge/recordings.ts';
import type { SpeechSetup, Voice } from '../../shared/bridge/speech.ts';
import type { RemoteState, SyncTest } from '../../shared/bridge/sync.ts';
import { TRUNK_OFF, type TrunkState, type TrunkView } from '../../shared/bridge/trunk.ts';
import type { Version } from '../../shared/bridge/versions.ts';
import type { VoicemailMessage } from '../../shared/bridge/voicemail.ts';
import type { WebhookState } from '../../shared/bridge/webhook.ts';
import type { TraceEntry } from '../../shared/engine/events.ts';
import type { Project } from '../../shared/flow/project.ts';
import { DialtreeError } from '../../shared/lib/errors.ts';
import { FakeCallLog } from './fake-call-log.ts';

const STATUS: PbxStatus = {
  state: 'running',
  wsUrl: 'ws://127.0.0.1:1',
  sipAddress: '127.0.0.1:5060',
  deployedRevision: null,
  promptProblems: [],
  error: null,
  registrations: [],
};

const VOICES: readonly Voice[] = [
  { id: 'en', name: 'English', language: 'en', engine: 'embedded' },
  { id: 'en+f2', name: 'English, female', language: 'en', engine: 'embedded' },
  { id: 'pl', name: 'Polski', language: 'pl', engine: 'embedded' },
];

/** As without an endpoint. */
export const NO_ENDPOINT: RemoteState = {
  status: 'off',
  busy: false,
  settings: null,
  hasCredentials: false,
  sinceMs: 0,
  lastSyncAtMs: null,
  nextTryAtMs: null,
  error: null,
  conflicts: [],
};

/** Someone with a phone who can be rung. */
export function operatorState(personId: string, part: Partial<OperatorState> = {}): OperatorState {
  return {
    personId,
    chosen: { kind: 'available' },
    next: null,
    activity: 'idle',
    wrapUp: null,
    hasPhone: true,
    outOf: [],
    reach: DEFAULT_REACH,
    chosenSinceMs: 1_700_000_000_000,
    sinceMs: 1_700_000_000_000,
    ...part,
  };
}

type Listener = (payload: never) => void;

/**
 * The main process in memory: projects, revisions, calls and voices behave as in the real one, and everything that
 * crosses is turned into JSON and parsed by the contract's schemas. `window()` gives a bridge; there may be several.
 */
export class FakeBackend {
  state: ProjectState;
  messages: VoicemailMessage[] = [];
  /** The newest first, each with its project. */
  versions: { version: Version; project: Project }[] = [];
  /** What is chosen in the system's dialog; undefined: there is no such dialog. */
  folderChosen: string | null | undefined;
  backups: { backup: Backup; project: Project }[] = [];
  damagedVersions: string[] = [];
  recent: RecentProject[] = [];
  missingRecordings = 0;
  /** Every call that came, oldest first. */
  readonly asked: { readonly name: CallName; readonly input: unknown }[] = [];
  /** The next calls of these names fail with this error. */
  readonly failures = new Map<CallName, DialtreeError>();
  readonly calls = new Map<string, { summary: CallSummary; trace: TraceEntry[] }>();
  callbacks: Callback[] = [];
  recordings: Recording[] = [];
  voices: readonly Voice[] = VOICES;
  speech: SpeechSetup = { settings: { piperFolder: null }, problem: null };
  readonly operators = new Map<string, OperatorState>();
  readonly callLog = new FakeCallLog();
  /** What the next window that asks is told of the project's files. */
  readonly notices: ProjectNotice[] = [];
  remote: RemoteState = NO_ENDPOINT;
  webhook: WebhookState = { waiting: 0, toldAtMs: null, nextTryAtMs: null, error: null };
  line: TrunkView = { settings: null, hasPassword: false, state: TRUNK_OFF };
  /** What the next connection test finds. */
  found: SyncTest = { found: 'nothing', name: null };
  deskPhone: DeskPhone = { server: '127.0.0.1:5060', secureServer: null, user: '101', password: 'secret' };
  /** While set, answers wait until `release` is called. */
  #held: (() => void)[] | null = null;
  readonly #windows: Map<EventName, Set<Listener>>[] = [];

  constructor(project: Project) {
    this.state = { path: '/projects/garden.dialtree.json', revision: 1, project };
  }

  /** A window's bridge. */
  window(): Bridge {
    const listeners = new Map<EventName, Set<Listener>>();
    this.#windows.push(listeners);
    const windowId = `window-${this.#windows.length}`;
    return {
      call: async <Name extends CallName>(name: Name, input: CallInput<Name>) => {
        const sent = wire(input);
        // Nothing is answered before the wire was used.
        await Promise.resolve();
        const result = await dispatchCall(this.handlers, name, sent, windowId);
        if (!result.ok) throw new DialtreeError(result.error);
        return wire(result.output) as CallOutput<Name>;
      },
      on: (name, listener) => {
        const set = listeners.get(name) ?? new Set();
        listeners.set(name, set);
        set.add(listener as Listener);
        return () => set.delete(listener as Listener);
      },
    };
  }

  /** The messages that there are now; windows are told. */
  setMessages(messages: VoicemailMessage[]): void {
    this.messages = messages;
    this.emit('voicemail.changed', { messages });
  }

  /** Sends an event to every window. */
  emit<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
    const parsed = events[name].parse(wire(payload));
    for (const listeners of this.#windows) {
      for (const listener of listeners.get(name) ?? []) listener(parsed as never);
    }
  }

  /** How the endpoint stands from now on; windows are told. */
  setRemote(part: Partial<RemoteState>): RemoteState {
    this.remote = { ...this.remote, ...part };
    this.emit('sync.state', this.remote);
    return this.remote;
  }

  /** How the outside line stands from now on; windows are told. */
  setLineState(part: Partial<TrunkState>): void {
    this.line = { ...this.line, state: { ...this.line.state, ...part } };
    this.emit('trunk.state', this.line.state);
  }

  /** How the webhook of voicemail stands from now on; windows are told. */
  setWebhook(part: Partial<WebhookState>): void {
    this.webhook = { ...this.webhook, ...part };
    this.emit('webhook.state', this.webhook);
  }

  /** Saves as another window would. */
  saveElsewhere(project: Project): void {
    this.state = { ...this.state, project, revision: this.state.revision + 1 };
    this.emit('project.saved', { revision: this.state.revision, windowId: 'elsewhere' });
  }

  /** Holds all answers back until the function that it returns is called. */
  hold(): () => void {
    this.#held = [];
    return () => {
      const waiting = this.#held ?? [];
      this.#held = null;
      for (const go of waiting) go();
    };
  }

  host: 'electron' | 'node' = 'node';
  refusedHotkeys: readonly PhoneCommand[] = [];
  /** The number of a link that was opened. */
  dial: string | null = null;
  /** After calls were told of: windows show them a moment later. */
  onCall: () => void = () => {};

  /** How someone stands from now on; windows are told. */
  changeOperator(personId: string, part: Partial<OperatorState>): Record<string, never> {
    const before = this.operators.get(personId) ?? operatorState(personId);
    this.operators.set(personId, { ...before, ...part });
    this.emit('desk.changed', { operators: [{ ...before, ...part }] });
    return {};
  }

  changeCall(summary: CallSummary): void {
    const known = this.calls.get(summary.callId);
    this.calls.set(summary.callId, { summary, trace: known?.trace ?? [] });
    this.emit('call.changed', summary);
    this.onCall();
  }

  /** How the recording of a call stands from now on; windows are told. */
  changeRecording(callId: string, recording: RecordingState | null): void {
    const found = this.calls.get(callId)?.summary;
    if (found) this.changeCall({ ...found, recording });
  }

  traceCall(callId: string, ...entries: TraceEntry[]): void {
    for (const entry of entries) {
      this.calls.get(callId)?.trace.push(entry);
      this.emit('call.trace', { callId, entry });
    }
    this.onCall();
  }

  readonly handlers: BridgeHandlers = {
    'window.keepOnTop': this.#answer('window.keepOnTop', ({ onTop }) => ({ onTop })),
    'desktop.hotkeys': this.#answer('desktop.hotkeys', () => ({ refused: [...this.refusedHotkeys] })),
    'desktop.presence': this.#answer('desktop.presence', () => ({})),
    'desktop.show': this.#answer('desktop.show', () => ({})),
    'desktop.links': this.#answer('desktop.links', ({ open }) => ({ open: open ?? false })),
    'desktop.takeDial': this.#answer('desktop.takeDial', () => {
      const target = this.dial;
      this.dial = null;
      return { target };
    }),
    'app.info': this.#answer('app.info', () => ({ version: '0.0.0', host: this.host, platform: 'test', locale: 'en' })),
    'project.current': this.#answer('project.current', () => this.state),
    'project.createSample': this.#answer('project.createSample', () => this.state),
    'project.open': this.#answer('project.open', () => this.state),
    'project.save': this.#answer('project.save', ({ project, baseRevision }, windowId) => {
      if (baseRevision !== this.state.revision) {
        throw new DialtreeError({ code: 'project/stale', message: 'Someone saved this project meanwhile.' });
      }
      this.state = { ...this.state, project, revision: baseRevision + 1 };
      this.emit('project.saved', { revision: this.state.revision, windowId });
      return { revision: this.state.revision, savedAtMs: 1_700_000_000_000, path: this.state.path };
    }),
    'project.notices': this.#answer('project.notices', () => this.notices.splice(0)),
    'pbx.deploy': this.#answer('pbx.deploy', () => ({ ...STATUS, deployedRevision: this.state.revision })),
    'pbx.status': this.#answer('pbx.status', () => STATUS),
    'phone.account': this.#answer('phone.account', ({ who }) => ({
      wsUrl: 'ws://127.0.0.1:1',
      uri: 'sip:tester@dialtree.invalid',
      user: 'tester',
      password: 'not-a-secret',
      displayName: 'Tester',
      personId: who === 'tester' ? null : who.personId,
    })),
    'speech.voices': this.#answer('speech.voices', () => [...this.voices]),
    'speech.setup': this.#answer('speech.setup', () => this.speech),
    'speech.setUp': this.#answer('speech.setUp', (settings) => {
      this.speech = { ...this.speech, settings };
      this.emit('speech.changed', {});
      return this.speech;
    }),
    'speech.render': this.#answer('speech.render', () => ({ wavBase64: 'UklGRg==', durationMs: 1200 })),
    'media.import': this.#answer('media.import', ({ fileName, base64, convert }) => {
      const isMp3 = fileName.endsWith('.mp3');
      if (!isMp3 && !convert) {
        const params = { convertible: 1 };
        throw new DialtreeError({ code: 'audio/not-mp3', message: 'The file is no mp3.', params });
      }
      const sha256 = createHash('sha256').update(base64).digest('hex');
      return { sha256, durationMs: 1500, fileName: isMp3 ? fileName : `${fileName}.wav`, converted: !isMp3 };
    }),
    'media.trim': this.#answer('media.trim', ({ sha256, fileName, fromMs, toMs }) => ({
      sha256: createHash('sha256').update(`${sha256} ${fromMs} ${toMs}`).digest('hex'),
      durationMs: toMs - fromMs,
      fileName,
      converted: true,
    })),
    'media.audio': this.#answer('media.audio', () => ({ base64: 'UklGRg==', type: 'audio/wav' })),
    'media.peaks': this.#answer('media.peaks', ({ count }) => ({
      peaks: Array.from({ length: count }, (_, i) => (i % 10) / 10),
      durationMs: 1500,
    })),
    'voicemail.list': this.#answer('voicemail.list', () => this.messages),
    'voicemail.markHeard': this.#answer('voicemail.markHeard', ({ id, heard }) => {
      this.setMessages(this.messages.map((message) => (message.id === id ? { ...message, heard } : message)));
      return {};
    }),
    'voicemail.remove': this.#answer('voicemail.remove', ({ id }) => {
      this.setMessages(this.messages.filter((message) => message.id !== id));
      return {};
    }),
    'voicemail.audio': this.#answer('voicemail.audio', () => ({ wavBase64: 'UklGRg==' })),
    'calls.active': this.#answer('calls.active', () =>
      [...this.calls.values()].map((call) => call.summary).filter((call) => call.endedAtMs === null),
    ),
    'calls.trace': this.#answer('calls.trace', ({ callId }) => this.calls.get(callId)?.trace ?? []),
    'calls.hangUp': this.#answer('calls.hangUp', () => ({})),
    'calls.move': this.#answer('calls.move', ({ callId, queueId }) => {
      const found = this.calls.get(callId);
      if (found) this.changeCall({ ...found.summary, queueId });
      return {};
    }),
    'phone.desk': this.#answer('phone.desk', () => this.deskPhone),
    'phone.renewPassword': this.#answer('phone.renewPassword', () => {
      this.deskPhone = { ...this.deskPhone, password: `${this.deskPhone.password}!` };
      return this.deskPhone;
    }),
    'callbacks.list': this.#answer('callbacks.list', () => this.callbacks),
    'callbacks.done': this.#answer('callbacks.done', ({ id }) => {
      this.callbacks = this.callbacks.filter((one) => one.id !== id);
      this.emit('callbacks.changed', this.callbacks);
      return {};
    }),
    'desk.state': this.#answer('desk.state', () => ({ operators: [...this.operators.values()] })),
    'desk.setState': this.#answer('desk.setState', ({ personId, state }) =>
      this.changeOperator(personId, { chosen: state }),
    ),
    'desk.setReach': this.#answer('desk.setReach', ({ personId, reach }) => this.changeOperator(personId, { reach })),
    'desk.setQueue': this.#answer('desk.setQueue', ({ personId, queueId, in: isIn }) => {
      const others = this.operators.get(personId)?.outOf.filter((id) => id !== queueId) ?? [];
      return this.changeOperator(personId, { outOf: isIn ? others : [...others, queueId] });
    }),
    'desk.wrapUp': this.#answer('desk.wrapUp', ({ personId, change }) =>
      change === 'finish' ? this.changeOperator(personId, { wrapUp: null }) : {},
    ),
    'trunk.get': this.#answer('trunk.get', () => this.line),
    'trunk.state': this.#answer('trunk.state', () => this.line.state),
    'trunk.set': this.#answer('trunk.set', ({ settings, password }) => {
      const hasPassword = this.line.hasPassword || password !== undefined;
      this.line = { ...this.line, settings, hasPassword };
      return this.line;
    }),
    'webhook.state': this.#answer('webhook.state', () => this.webhook),
    'webhook.test': this.#answer('webhook.test', () => ({})),
    'callLog.list': this.#answer('callLog.list', ({ filter, cursor, limit }) =>
      this.callLog.list(filter, cursor, limit),
    ),
    'callLog.get': this.#answer('callLog.get', ({ callId }) => this.callLog.get(callId)),
    'callLog.counts': this.#answer(
      'callLog.counts',
      ({ flowId }) => this.callLog.counts.get(flowId) ?? { wires: [], drops: [] },
    ),
    'callLog.ofCaller': this.#answer('callLog.ofCaller', ({ number, limit }) => {
      const calls = this.callLog.calls.map(({ call }) => call).filter(({ caller }) => caller.number === number);
      return { calls: calls.filter(({ endedMs }) => endedMs !== null).slice(0, limit) };
    }),
    'callLog.note': this.#answer('callLog.note', ({ callId, ...note }) => {
      const found = this.callLog.calls.find(({ call }) => call.callId === callId);
      if (found) found.call = { ...found.call, note };
      return {};
    }),
    'callLog.person': this.#answer('callLog.person', () => this.callLog.figures),
    'callLog.queues': this.#answer('callLog.queues', () => ({ queues: this.callLog.queues })),
    'callLog.chart': this.#answer('callLog.chart', (input) => this.callLog.chart(input)),
    'callLog.csv': this.#answer('callLog.csv', () => ({ csv: this.callLog.csv, leftOut: this.callLog.leftOut })),
    'calls.record': this.#answer('calls.record', ({ callId, action }) => {
      const found = this.calls.get(callId)?.summary;
      const states = { start: 'recording', pause: 'paused', resume: 'recording', stop: 'off' } as const;
      if (found?.recording) this.changeRecording(callId, { ...found.recording, state: states[action], error: null });
      return {};
    }),
    'recordings.ofCall': this.#answer('recordings.ofCall', ({ callId }) => ({
      recordings: this.recordings.filter((recording) => recording.callId === callId),
    })),
    'recordings.audio': this.#answer('recordings.audio', () => ({ base64: 'UklGRg==', totalBytes: 4 })),
    'recordings.remove': this.#answer('recordings.remove', ({ id }) => {
      const found = this.recordings.find((recording) => recording.id === id);
      if (!found) throw new DialtreeError({ code: 'recording/unknown', message: 'This recording is not there.' });
      this.recordings = this.recordings.filter((recording) => recording !== found);
      this.emit('recordings.changed', { callId: found.callId });
      return {};
    }),
    'sync.state': this.#answer('sync.state', () => this.remote),
    'sync.test': this.#answer('sync.test', () => this.found),
    'sync.connect': this.#answer('sync.connect', ({ settings }) =>
      this.setRemote({ status: 'synced', settings, hasCredentials: settings.auth !== 'none' }),
    ),
    'sync.disconnect': this.#answer('sync.disconnect', () => this.setRemote(NO_ENDPOINT)),
    'sync.now': this.#answer('sync.now', () => this.remote),
    'sync.resolve': this.#answer('sync.resolve', ({ id }) => {
      const conflicts = this.remote.conflicts.filter((one) => one.id !== id);
      return this.setRemote({ conflicts, status: conflicts.length > 0 ? 'conflict' : 'synced' });
    }),
    'files.recent': this.#answer('files.recent', () => this.recent),
    'files.chooseFolder': this.#answer('files.chooseFolder', () => {
      if (this.folderChosen !== undefined) return { path: this.folderChosen };
      throw new DialtreeError({ code: 'files/no-dialog', message: 'There is no dialog.' });
    }),
    'files.create': this.#answer('files.create', ({ name }) => this.#openOther(name, 0)),
    'files.export': this.#answer('files.export', () => ({
      fileName: 'Harbour-Bikes.dialtree',
      zipBase64: 'UEsFBg==',
      missing: this.missingRecordings,
    })),
    'files.import': this.#answer('files.import', () => this.#openOther('Imported', this.missingRecordings)),
    'backups.list': this.#answer('backups.list', () => this.backups.map(({ backup }) => backup)),
    'backups.get': this.#answer('backups.get', ({ name }) => {
      const found = this.backups.find(({ backup }) => backup.name === name);
      if (!found) throw new DialtreeError({ code: 'backup/unknown', message: `There is no backup “${name}”.` });
      return { project: found.project };
    }),
    'versions.list': this.#answer('versions.list', () => ({
      versions: this.versions.map(({ version }) => version),
      damaged: this.damagedVersions,
    })),
    'versions.get': this.#answer('versions.get', ({ id }) => this.#version(id)),
    'versions.create': this.#answer('versions.create', ({ message, kind }) => this.keepVersion({ message, kind })),
    'versions.rename': this.#answer('versions.rename', ({ id, message }) => {
      const found = this.#version(id);
      found.version = { ...found.version, message, kind: 'named' };
      return found.version;
    }),
    'versions.markPublished': this.#answer('versions.markPublished', ({ id }) => {
      for (const one of this.versions) one.version = { ...one.version, published: one.version.id === id };
      return {};
    }),
    'versions.remove': this.#answer('versions.remove', ({ id }) => {
      this.versions = this.versions.filter(({ version }) => version.id !== id);
      return {};
    }),
    'sync.overwriteRemote': this.#answer('sync.overwriteRemote', () =>
      this.setRemote({ status: 'synced', error: null }),
    ),
  };

  #openOther(name: string, missing: number) {
    const project = { ...this.state.project, id: `other-${this.state.revision}`, name, flows: {}, numbers: {} };
    this.state = { path: `/projects/${name}`, revision: this.state.revision + 1, project };
    this.emit('project.saved', { revision: this.state.revision, windowId: null });
    return { path: this.state.path, revision: this.state.revision, missing };
  }

  /** Keeps the saved project as a version. */
  keepVersion(part: Partial<Version> = {}): Version {
    const id = `v${this.versions.length + 1}`;
    const savedAtMs = 1_700_000_000_000 + this.versions.length * 60_000;
    const facts = { author: 'anna', message: '', kind: 'named' as const, published: false };
    const version = { id, savedAtMs, ...facts, ...part };
    this.versions.unshift({ version, project: this.state.project });
    return version;
  }

  #version(id: string) {
    const found = this.versions.find(({ version }) => version.id === id);
    if (!found) throw new DialtreeError({ code: 'version/unknown', message: `There is no version ${id}.` });
    return found;
  }

  #answer<Name extends CallName>(
    name: Name,
    handler: (input: CallInput<Name>, windowId: string) => CallOutput<Name>,
  ): (input: CallInput<Name>, windowId: string) => Promise<CallOutput<Name>> {
    return async (input, windowId) => {
      this.asked.push({ name, input });
      if (this.#held) await new Promise<void>((resolve) => this.#held?.push(resolve));
      const failure = this.failures.get(name);
      this.failures.delete(name);
      if (failure) throw failure;
      return handler(input, windowId);
    };
  }
}

/** As over a wire: nothing is shared, and what is not JSON is lost. */
function wire<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

/** A call for tests, in the flow `main`. */
export function callSummary(part: Partial<CallSummary> = {}): CallSummary {
  return {
    callId: 'call-1',
    caller: { number: '+48123456789', name: '' },
    dialled: '100',
    flowId: 'main',
    startedAtMs: 1_700_000_000_000,
    endedAtMs: null,
    phase: 'flow',
    queueId: null,
    personId: null,
    endCause: null,
    countdown: null,
    ...part,
  };
}
