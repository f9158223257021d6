import type { Callback } from '../../shared/bridge/callbacks.ts';
import type { PbxConfig, PbxEvent, PbxTls } from '../../shared/bridge/pbx.ts';
import type { QueueFactsRecords } from '../../shared/bridge/queue-facts.ts';
import type { RecordingAction } from '../../shared/bridge/recordings.ts';
import type { TrunkConfig } from '../../shared/bridge/trunk.ts';
import type { MailboxCounts } from '../../shared/bridge/voicemail.ts';
import { isSpokenLive } from '../../shared/engine/program.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { DialtreeError } from '../../shared/lib/errors.ts';
import { isLogged, type Logger, type LogLevel } from '../../shared/lib/logger.ts';
import { lookup } from '../../shared/lib/record.ts';
import type { Ringer } from '../../shared/queue/ringer.ts';
import type { VoiceCodec } from '../media/codec.ts';
import { MediaClock } from '../media/media-clock.ts';
import { isReadable, PromptStore } from '../media/prompt-store.ts';
import { RtpLeg } from '../media/rtp-leg.ts';
import { beep, busyTone, ringback } from '../media/tones.ts';
import { warmUp } from '../media/warm-up.ts';
import { WebRtcLeg } from '../media/webrtc-leg.ts';
import { hostPort } from '../sip/listen.ts';
import { SamePortTransports } from '../sip/same-port-transports.ts';
import { TcpTransport } from '../sip/tcp-transport.ts';
import { readTls, type TlsMaterial } from '../sip/tls-material.ts';
import { isBrowser, type SipFlow } from '../sip/transport.ts';
import { UdpTransport } from '../sip/udp-transport.ts';
import { formatSipUri } from '../sip/uri.ts';
import { UserAgent } from '../sip/user-agent.ts';
import { WsTransport } from '../sip/ws-transport.ts';
import { AnnouncementSounds } from './announcements/announcement-sounds.ts';
import { CallbackDesk } from './callbacks/callback-desk.ts';
import { CallbackKeeper } from './callbacks/callback-keeper.ts';
import { Switchboard } from './conversations/switchboard.ts';
import type { QueueRing } from './effects/effect-host.ts';
import { IncomingCalls } from './incoming-calls.ts';
import { CallBoard } from './lights/call-board.ts';
import { DIALOG_EVENT, dialogPackage } from './lights/dialog-info.ts';
import { MESSAGES_EVENT, MessagesWaiting } from './lights/message-summary.ts';
import { LoadGauge } from './load-gauge.ts';
import { logEvent } from './log-event.ts';
import { Music } from './music.ts';
import type { Operators } from './operators/operators.ts';
import type { MediaContext } from './party.ts';
import { People } from './people.ts';
import { type AnsweredPerson, PersonRinger } from './person-ringer.ts';
import { Queues } from './queues.ts';
import { ForwardingRinger } from './reach/forwarding-ringer.ts';
import { ringOutside } from './reach/ring-outside.ts';
import { Speaker } from './speaker.ts';
import { Line } from './trunk/line.ts';

export interface PbxOptions {
  readonly clock: Clock;
  readonly emit: (event: PbxEvent) => void;
  readonly reconnectGraceMs?: number;
  readonly connectTimeoutMs?: number;
  /** Calls at a time; more are refused with 503. Without it as many as the machine can bear (see `LoadGauge`). */
  readonly maxCalls?: number;
  readonly random?: () => number;
}

/** For User-Agent and Server headers. */
const PRODUCT = 'Dialtree';

/** The embedded PBX: SIP server, media, queues and a driver per call. One instance per process. */
export class Pbx {
  readonly #options: PbxOptions;
  readonly #logger: Logger;
  readonly #prompts: PromptStore;
  readonly #music: Music;
  readonly #speaker: Speaker;
  readonly #announcements: AnnouncementSounds;
  readonly #keeper: CallbackKeeper;
  readonly #callbacks: CallbackDesk;
  #gauge: LoadGauge | undefined;
  readonly #ringback = ringback();
  readonly #beep = beep();
  readonly #busyTone = busyTone();
  /** What still has to be written when calls are over. */
  readonly #work = new Set<Promise<unknown>>();
  readonly #mediaClock: MediaClock;
  readonly #people: People;
  readonly #queues: Queues;
  readonly #line: Line;
  readonly #board = new CallBoard((user) => this.#userAgent?.noteChange(DIALOG_EVENT, user));
  readonly #messages = new MessagesWaiting({
    personOf: (user) => this.#people.account(user)?.personId,
    userOf: (personId) => this.#people.accountOf(personId)?.user,
    onChange: (user) => this.#userAgent?.noteChange(MESSAGES_EVENT, user),
  });
  readonly #switchboard = new Switchboard({
    conversations: () => this.#incoming?.conversations ?? [],
    personOf: (user) => this.#people.account(user)?.personId,
    connect: (first, second) => this.#incoming?.connect(first, second),
    admit: (session) => this.#requireIncoming().admit(session),
    ringing: (replaces) => {
      const session = this.#board.ringing(replaces);
      return session && ((person) => this.#requireRinger().pickUp(session, person));
    },
  });
  #incoming: IncomingCalls | undefined;
  #config: PbxConfig | undefined;
  #userAgent: UserAgent | undefined;
  #ringer: PersonRinger | undefined;
  #mediaAddress = '127.0.0.1';
  #leastLog: LogLevel = 'debug';
  #warm: Promise<void> | undefined;

  constructor(options: PbxOptions) {
    this.#options = options;
    this.#logger = {
      log: (level, event, fields) => isLogged(level, this.#leastLog) && options.emit(logEvent(level, event, fields)),
    };
    this.#prompts = new PromptStore(options.clock);
    this.#music = new Music(this.#prompts, this.#logger);
    this.#speaker = new Speaker(options.clock, options.emit);
    this.#announcements = new AnnouncementSounds(this.#speaker);
    this.#keeper = new CallbackKeeper(options.clock, options.emit);
    this.#mediaClock = new MediaClock(options.clock, (lateMs) => this.#gauge?.noteLate(lateMs));
    this.#people = new People(options.clock, {
      onFree: (personId, fresh) => this.#queues.handleFree(personId, fresh),
      onHere: () => this.#queues.handleHere(),
      onOperator: (operator) => options.emit({ type: 'operator', operator }),
      onIdle: (user) => this.#callbacks.handleIdle(user),
    });
    this.#line = new Line({
      clock: options.clock,
      logger: this.#logger,
      mediaClock: this.#mediaClock,
      product: PRODUCT,
      random: options.random,
      onState: (state) => options.emit({ type: 'trunk-state', state }),
      onInvite: (session, trunk) => this.#incoming?.handleOutside(session, trunk),
    });
    this.#queues = new Queues({
      clock: options.clock,
      ringer: { ring: (...args: Parameters<PersonRinger['ring']>) => this.#requireRinger().ring(...args) },
      people: this.#people,
      random: options.random ?? Math.random,
      onFacts: (queueId, facts) => options.emit({ type: 'queue-facts', queueId, facts }),
    });
    this.#callbacks = new CallbackDesk({
      clock: options.clock,
      logger: this.#logger,
      keeper: this.#keeper,
      people: this.#people,
      queueOf: (queueId) => this.#queues.get(queueId),
      ringMs: () => this.#config?.ringMs ?? 5000,
      emit: options.emit,
      onQueueRing: (ring) => this.#noteRing(ring),
      callContext: () => ({
        clock: options.clock,
        logger: this.#logger,
        ringer: this.#requireRinger(),
        ringback: this.#ringback,
        music: this.#music.builtIn,
        personOf: (extension: string) => this.#people.account(extension)?.personId,
        speak: (source) => this.#speaker.speak(source),
        busyTone: this.#busyTone,
        trunk: () => this.#line.trunk,
        language: this.#config?.language ?? 'en',
        recording: {
          clock: options.clock,
          logger: this.#logger,
          prompts: this.#prompts,
          track: (work: Promise<unknown>) => this.#track(work),
          onRecording: (callId: string, id: string) => options.emit({ type: 'recording', callId, id }),
        },
        config: this.#config,
      }),
    });
  }

  /** What people chose, their queues and their wrap-ups. */
  get operators(): Operators {
    return this.#people.operators;
  }

  /** Gives queues what they knew before a restart (QD11). */
  restoreQueues(records: QueueFactsRecords): void {
    this.#queues.restore(records);
  }

  /** Calls, sessions and transactions that live: tests for leaks assert 0. */
  get load(): { calls: number; sessions: number; transactions: number } {
    const sip = this.#userAgent?.load ?? { sessions: 0, transactions: 0 };
    const line = this.#line.load;
    return {
      calls: (this.#incoming?.load ?? 0) + this.#callbacks.load,
      sessions: sip.sessions + line.sessions,
      transactions: sip.transactions + line.transactions,
    };
  }

  /** Subscriptions of phones that live. */
  get subscriptions(): number {
    return this.#userAgent?.subscriptions ?? 0;
  }

  /** Listens; port 0 takes a free one. Throws `pbx/port-in-use` and the like. Emits `started`. */
  async start(where: {
    host: string;
    port: number;
    realm: string;
    /** Of phones, by UDP and TCP. */
    sipPort?: number | undefined;
    /** Lines of the log below it are not told. */
    log?: LogLevel | undefined;
    tls?: PbxTls | undefined;
  }): Promise<{ wsUrl: string; port: number; sipPort: number; tlsPort?: number; wssPort?: number }> {
    const { clock, reconnectGraceMs } = this.#options;
    if (this.#userAgent !== undefined) {
      throw new DialtreeError({ code: 'pbx/already-started', message: 'The phone server is already running.' });
    }
    this.#leastLog = where.log ?? 'debug';
    const common = { clock, host: where.host, logger: this.#logger };
    const phones = new SamePortTransports(where.sipPort ?? 0, (port) => [
      new UdpTransport({ ...common, port }),
      new TcpTransport({ ...common, port }),
    ]);
    const { realm } = where;
    const tls = where.tls && (await this.#readTls(where.tls));
    const hasAccount = (user: string) => this.#people.account(user) !== undefined;
    const userAgent = new UserAgent({
      clock,
      transports: [
        new WsTransport({ ...common, port: where.port }),
        phones,
        ...(where.tls && tls
          ? [
              new TcpTransport({ ...common, port: where.tls.sipPort, tls }),
              new WsTransport({ ...common, port: where.tls.wssPort, tls }),
            ]
          : []),
      ],
      realm,
      product: PRODUCT,
      logger: this.#logger,
      packages: [this.#messages.eventPackage(realm), dialogPackage({ board: this.#board, realm, hasAccount })],
      onSession: (session) => this.#board.note(session),
      secretOf: (user) => this.#people.account(user)?.credentials,
      onInvite: (session) => this.#incoming?.handleInvite(session),
      onRegistration: (user) => this.#handleRegistration(user),
      ...(reconnectGraceMs === undefined ? {} : { reconnectGraceMs }),
    });
    await WebRtcLeg.prepare();
    this.#gauge = new LoadGauge({ clock, calls: () => this.load.calls });
    const [browsers, hardPhones, securePhones, secureBrowsers] = await userAgent.listen();
    if (browsers === undefined || hardPhones === undefined) throw new Error('a transport is missing');
    const { host, port } = browsers;
    const sipPort = hardPhones.port;
    this.#userAgent = userAgent;
    this.#mediaAddress = host === 'localhost' ? '127.0.0.1' : host.replace(/[[\]]/g, '');
    this.#ringer = new PersonRinger({ ...this.#mediaContext(), people: this.#people, userAgent, realm });
    this.#incoming = this.#takeCalls(this.#forwarding(this.#ringer, realm));
    const wsUrl = `ws://${hostPort(host, port)}`;
    const secure =
      securePhones === undefined || secureBrowsers === undefined
        ? {}
        : { tlsPort: securePhones.port, wssPort: secureBrowsers.port };
    this.#options.emit({
      type: 'started',
      wsUrl,
      port,
      sipAddress: hostPort(host, sipPort),
      ...(secure.tlsPort === undefined ? {} : { tlsAddress: hostPort(host, secure.tlsPort) }),
      ...(secure.wssPort === undefined ? {} : { wssUrl: `wss://${hostPort(host, secure.wssPort)}` }),
    });
    this.#logger.log('info', 'pbx.started', { port, sipPort, ...secure });
    this.#warm = warmUp(clock, this.#mediaAddress, this.#logger);
    return { wsUrl, port, sipPort, ...secure };
  }

  async #readTls(files: PbxTls): Promise<TlsMaterial> {
    const nowMs = this.#options.clock.wallMs();
    const material = await readTls(files, nowMs);
    const leftDays = Math.floor((material.endsAtMs - nowMs) / 86_400_000);
    if (leftDays < 14) this.#logger.log('warn', 'pbx.tls-ends-soon', { leftDays });
    return material;
  }

  /** Takes a new configuration; running calls keep theirs. Gives the prompts whose file cannot be read. */
  async configure(config: PbxConfig): Promise<readonly string[]> {
    this.#config = config;
    for (const user of this.#people.setAccounts(config.accounts)) this.#userAgent?.remove(user);
    this.#queues.configure(config);
    this.#callbacks.handleConfigured();
    // What has values in it is spoken during the call.
    const keys = Object.entries(config.program.prompts).flatMap(([key, source]) => (isSpokenLive(source) ? [] : [key]));
    const readable = await Promise.all(keys.map((key) => isReadable(lookup(config.audio, key))));
    return keys.filter((_key, index) => readable[index] !== true);
  }

  #track(work: Promise<unknown>): void {
    const tracked = work.finally(() => this.#work.delete(tracked));
    this.#work.add(tracked);
  }

  /** A text that a call asked for by a `render` event is spoken, or cannot be. */
  handleRendered(requestId: string, result: { readonly wav: string } | { readonly code: string }): void {
    this.#speaker.handleRendered(requestId, result);
  }

  /** A call back that a call asked for by a `keep-callback` event is kept, or is not (null). */
  handleCallbackKept(requestId: string, callback: Callback | null): void {
    this.#keeper.handleKept(requestId, callback);
  }

  /** Everyone who waits to be called back, by the parent's list. */
  setCallbacks(callbacks: readonly Callback[]): void {
    this.#callbacks.setList(callbacks);
  }

  /** How many messages each person has, for the lights of their phones. */
  setMailboxes(counts: Readonly<Record<string, MailboxCounts>>): void {
    this.#messages.set(counts);
  }

  /** Takes the settings of the outside line; null: there is none. Resolves when the line as it was is closed. */
  setTrunk(config: TrunkConfig | null): Promise<void> {
    return this.#line.configure(config);
  }

  /** Ends one call; an unknown id changes nothing. */
  hangUp(callId: string): void {
    this.#incoming?.hangUp(callId);
    this.#callbacks.hangUp(callId);
  }

  /** What an operator wants of the recording of a call; an unknown id changes nothing. */
  record(callId: string, action: RecordingAction): void {
    if (this.#incoming?.record(callId, action) !== true) this.#callbacks.record(callId, action);
  }

  /** Puts a caller who waits into another queue; an unknown id changes nothing. */
  move(callId: string, queueId: string): void {
    this.#incoming?.move(callId, queueId);
  }

  /** Hangs up every call and closes everything. */
  async stop(): Promise<void> {
    this.#callbacks.close();
    this.#incoming?.stop();
    this.#queues.close();
    this.#people.close();
    this.#gauge?.stop();
    await Promise.all([this.#userAgent?.close(), this.#line.stop(), this.#warm, ...this.#work]);
    this.#logger.log('info', 'pbx.stopped');
  }

  #takeCalls(ringer: Ringer<AnsweredPerson>): IncomingCalls {
    const { clock, emit, random = Math.random, maxCalls = Number.POSITIVE_INFINITY } = this.#options;
    return new IncomingCalls({
      clock,
      emit,
      random,
      isFull: () => this.load.calls >= maxCalls || this.#gauge?.isFull === true,
      ringer,
      logger: this.#logger,
      prompts: this.#prompts,
      music: this.#music,
      ringback: this.#ringback,
      busyTone: this.#busyTone,
      beep: this.#beep,
      speaker: this.#speaker,
      announcements: this.#announcements,
      callbacks: this.#callbacks,
      people: this.#people,
      media: this.#mediaContext(),
      replace: (session) => this.#switchboard.replace(session),
      config: () => this.#config,
      count: () => this.load.calls,
      track: (work) => this.#track(work),
      onMessage: (id) => emit({ type: 'voicemail', id }),
      onRecording: (callId, id) => emit({ type: 'recording', callId, id }),
      onQueueRing: (ring) => this.#noteRing(ring),
      queueOf: (queueId) => this.#queues.get(queueId),
      trunk: () => this.#line.trunk,
    });
  }

  /** OS4 */
  #noteRing({ callId, personId, queueId, answered }: QueueRing): void {
    const limit = this.#queues.get(queueId)?.settings.autoPauseAfter ?? 0;
    if (!answered) this.#options.emit({ type: 'unanswered', callId, personId, queueId });
    this.#people.operators.noteRing(personId, queueId, answered, limit);
  }

  #mediaContext(): MediaContext {
    const { clock, connectTimeoutMs } = this.#options;
    const timeout = connectTimeoutMs === undefined ? {} : { connectTimeoutMs };
    return {
      mediaClock: this.#mediaClock,
      logger: this.#logger,
      switchboard: this.#switchboard,
      createLeg: (flow: SipFlow, other?: VoiceCodec) =>
        isBrowser(flow)
          ? new WebRtcLeg({ clock, address: this.#mediaAddress, other, ...timeout })
          : new RtpLeg({ clock, address: this.#mediaAddress, signallingAddress: flow.remoteAddress, other }),
    };
  }

  /** RX1–RX7: for calls that name a person. */
  #forwarding(ringer: PersonRinger, realm: string): ForwardingRinger {
    return new ForwardingRinger({
      clock: this.#options.clock,
      ringer,
      reachOf: (personId) => this.#people.operators.reachOf(personId),
      personOf: (extension) => this.#people.account(extension)?.personId,
      addressOf: (personId) => {
        const user = this.#people.accountOf(personId)?.user;
        return user === undefined ? undefined : formatSipUri({ user, host: realm });
      },
      ringOutside: (...call) => ringOutside(this.#line.trunk, this.#busyTone, ...call),
    });
  }

  #requireRinger(): PersonRinger {
    if (this.#ringer === undefined) throw new Error('The phone server is not started');
    return this.#ringer;
  }

  #requireIncoming(): IncomingCalls {
    if (this.#incoming === undefined) throw new Error('The phone server is not started');
    return this.#incoming;
  }

  #handleRegistration(user: string): void {
    const registrar = this.#userAgent?.registrar;
    if (registrar === undefined) return;
    this.#people.setPhones(user, registrar.bindingsOf(user).length);
    const registrations = registrar.users().map((name) => ({
      user: name,
      personId: this.#people.account(name)?.personId ?? null,
      contacts: registrar.bindingsOf(name).length,
    }));
    this.#options.emit({ type: 'registrations', registrations });
  }
}
