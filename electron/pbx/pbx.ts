import { randomUUID } from 'node:crypto';
import type { Callback } from '../../shared/bridge/callbacks.ts';
import type { PbxAccount, PbxConfig, PbxEvent } from '../../shared/bridge/pbx.ts';
import type { CallInfo } from '../../shared/engine/events.ts';
import { isSpokenLive } from '../../shared/engine/program.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { DialtreeError } from '../../shared/lib/errors.ts';
import type { Logger } from '../../shared/lib/logger.ts';
import { lookup } from '../../shared/lib/record.ts';
import { MediaClock } from '../media/media-clock.ts';
import { isReadable, PromptStore } from '../media/prompt-store.ts';
import { RtpLeg } from '../media/rtp-leg.ts';
import { beep, busyTone, ringback } from '../media/tones.ts';
import { warmUp } from '../media/warm-up.ts';
import { WebRtcLeg } from '../media/webrtc-leg.ts';
import { hostPort } from '../sip/listen.ts';
import { SamePortTransports } from '../sip/same-port-transports.ts';
import type { IncomingSession } from '../sip/session/incoming.ts';
import { TcpTransport } from '../sip/tcp-transport.ts';
import type { SipFlow } from '../sip/transport.ts';
import { UdpTransport } from '../sip/udp-transport.ts';
import { parseSipUri } from '../sip/uri.ts';
import { UserAgent } from '../sip/user-agent.ts';
import { WsTransport } from '../sip/ws-transport.ts';
import { CallRecord } from './call-record.ts';
import { targetOf } from './call-target.ts';
import { CallbackDesk } from './callbacks/callback-desk.ts';
import { CallbackKeeper } from './callbacks/callback-keeper.ts';
import { type CallerIdentity, callerIdentity } from './caller-identity.ts';
import type { FarPerson } from './conversations/conversation.ts';
import { DirectCalls } from './conversations/direct-calls.ts';
import { Switchboard } from './conversations/switchboard.ts';
import { FlowCall } from './flow-call.ts';
import { logEvent } from './log-event.ts';
import { Music } from './music.ts';
import { answerCaller, Party } from './party.ts';
import { People } from './people.ts';
import { PersonRinger } from './person-ringer.ts';
import { Queues } from './queues.ts';
import { Speaker } from './speaker.ts';

export interface PbxOptions {
  readonly clock: Clock;
  readonly emit: (event: PbxEvent) => void;
  readonly reconnectGraceMs?: number;
  readonly connectTimeoutMs?: number;
  /** Calls at a time; more are refused with 503. */
  readonly maxCalls?: number;
  readonly random?: () => number;
}

/** The embedded PBX: SIP server, media, queues and a driver per call. One instance per process. */
export class Pbx {
  readonly #options: PbxOptions;
  readonly #logger: Logger;
  readonly #prompts = new PromptStore();
  readonly #music: Music;
  readonly #speaker: Speaker;
  readonly #keeper: CallbackKeeper;
  readonly #callbacks: CallbackDesk;
  readonly #ringback = ringback();
  readonly #beep = beep();
  readonly #busyTone = busyTone();
  /** What still has to be written when calls are over. */
  readonly #work = new Set<Promise<unknown>>();
  readonly #mediaClock: MediaClock;
  readonly #people: People;
  readonly #queues: Queues;
  readonly #flowCalls = new Map<string, FlowCall>();
  readonly #directCalls = new DirectCalls();
  readonly #switchboard = new Switchboard({
    conversations: () => [...this.#flowCalls.values(), ...this.#directCalls],
    personOf: (user) => this.#people.account(user)?.personId,
    connect: (first, second) => this.#directCalls.connect(this.#callContext(), first, second),
    admit: (session) => this.#admit(session),
  });
  #config: PbxConfig | undefined;
  #userAgent: UserAgent | undefined;
  #ringer: PersonRinger | undefined;
  #mediaAddress = '127.0.0.1';
  #warm: Promise<void> | undefined;

  constructor(options: PbxOptions) {
    this.#options = options;
    this.#logger = { log: (level, event, fields) => options.emit(logEvent(level, event, fields)) };
    this.#music = new Music(this.#prompts, this.#logger);
    this.#speaker = new Speaker(options.clock, options.emit);
    this.#keeper = new CallbackKeeper(options.clock, options.emit);
    this.#mediaClock = new MediaClock(options.clock);
    this.#people = new People(options.clock, {
      onFree: (personId, fresh) => this.#queues.handleFree(personId, fresh),
      onRegistered: () => this.#queues.handleRegistration(),
      onIdle: (user) => this.#callbacks.handleIdle(user),
    });
    this.#queues = new Queues({
      clock: options.clock,
      ringer: { ring: (...args: Parameters<PersonRinger['ring']>) => this.#requireRinger().ring(...args) },
      people: this.#people,
      random: options.random ?? Math.random,
    });
    this.#callbacks = new CallbackDesk({
      clock: options.clock,
      logger: this.#logger,
      keeper: this.#keeper,
      people: this.#people,
      queueOf: (queueId) => this.#queues.get(queueId),
      ringMs: () => this.#config?.ringMs ?? 5000,
      emit: options.emit,
      callContext: () => ({
        ...this.#callContext(),
        speak: (source) => this.#speaker.speak(source),
        busyTone: this.#busyTone,
        language: this.#config?.language ?? 'en',
      }),
    });
  }

  /** Calls, sessions and transactions that live: tests for leaks assert 0. */
  get load(): { calls: number; sessions: number; transactions: number } {
    const sip = this.#userAgent?.load ?? { sessions: 0, transactions: 0 };
    return { calls: this.#flowCalls.size + this.#directCalls.size + this.#callbacks.load, ...sip };
  }

  /** Listens; port 0 takes a free one. Throws `pbx/port-in-use` and the like. Emits `started`. */
  async start(where: {
    host: string;
    port: number;
    realm: string;
    /** Of phones, by UDP and TCP. */
    sipPort?: number | undefined;
  }): Promise<{ wsUrl: string; port: number; sipPort: number }> {
    const { clock, reconnectGraceMs } = this.#options;
    if (this.#userAgent !== undefined) {
      throw new DialtreeError({ code: 'pbx/already-started', message: 'The phone server is already running.' });
    }
    const common = { clock, host: where.host, logger: this.#logger };
    const phones = new SamePortTransports(where.sipPort ?? 0, (port) => [
      new UdpTransport({ ...common, port }),
      new TcpTransport({ ...common, port }),
    ]);
    const userAgent = new UserAgent({
      clock,
      transports: [new WsTransport({ ...common, port: where.port }), phones],
      realm: where.realm,
      product: 'Dialtree',
      logger: this.#logger,
      secretOf: (user) => this.#people.account(user)?.credentials,
      onInvite: (session) => this.#handleInvite(session),
      onRegistration: (user) => this.#handleRegistration(user),
      ...(reconnectGraceMs === undefined ? {} : { reconnectGraceMs }),
    });
    await WebRtcLeg.prepare();
    const [browsers, hardPhones] = await userAgent.listen();
    if (browsers === undefined || hardPhones === undefined) throw new Error('a transport is missing');
    const { host, port } = browsers;
    const sipPort = hardPhones.port;
    this.#userAgent = userAgent;
    this.#mediaAddress = host === 'localhost' ? '127.0.0.1' : host.replace(/[[\]]/g, '');
    this.#ringer = new PersonRinger({ ...this.#mediaContext(), people: this.#people, userAgent, realm: where.realm });
    const wsUrl = `ws://${hostPort(host, port)}`;
    this.#options.emit({ type: 'started', wsUrl, port, sipAddress: hostPort(host, sipPort) });
    this.#logger.log('info', 'pbx.started', { port, sipPort });
    this.#warm = warmUp(clock, this.#mediaAddress, this.#logger);
    return { wsUrl, port, sipPort };
  }

  /** Takes a new configuration; running calls keep theirs. Gives the prompts whose file cannot be read. */
  async configure(config: PbxConfig): Promise<readonly string[]> {
    this.#config = config;
    for (const user of this.#people.setAccounts(config.accounts)) this.#userAgent?.registrar.remove(user);
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

  /** Ends one call; an unknown id changes nothing. */
  hangUp(callId: string): void {
    this.#flowCalls.get(callId)?.hangUp('hung-up-by-supervisor');
    this.#callbacks.hangUp(callId);
  }

  /** Hangs up every call and closes everything. */
  async stop(): Promise<void> {
    this.#callbacks.close();
    for (const call of [...this.#flowCalls.values()]) call.hangUp('stopped');
    this.#directCalls.hangUp();
    this.#queues.close();
    this.#people.close();
    await Promise.all([this.#userAgent?.close(), this.#warm, ...this.#work]);
    this.#logger.log('info', 'pbx.stopped');
  }

  #mediaContext() {
    const { clock, connectTimeoutMs } = this.#options;
    const timeout = connectTimeoutMs === undefined ? {} : { connectTimeoutMs };
    return {
      mediaClock: this.#mediaClock,
      logger: this.#logger,
      switchboard: this.#switchboard,
      createLeg: (flow: SipFlow) =>
        flow.protocol === 'WS'
          ? new WebRtcLeg({ clock, address: this.#mediaAddress, ...timeout })
          : new RtpLeg({ clock, address: this.#mediaAddress, signallingAddress: flow.remoteAddress }),
    };
  }

  #requireRinger(): PersonRinger {
    if (this.#ringer === undefined) throw new Error('The phone server is not started');
    return this.#ringer;
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

  #handleInvite(session: IncomingSession): void {
    const config = this.#config;
    const account = this.#people.account(session.user);
    if (config === undefined || account === undefined) {
      session.reject(503, undefined, [['Retry-After', '2']]);
      return;
    }
    if (this.load.calls >= (this.#options.maxCalls ?? 200)) {
      this.#logger.log('warn', 'pbx.too-many-calls', { calls: this.load.calls });
      session.reject(503, undefined, [['Retry-After', '5']]);
      return;
    }
    if (session.request.body === '') {
      // RFC 3261 13.2.1 allows an INVITE without an offer; a browser never sends one.
      session.reject(488, 'An offer is needed');
      return;
    }
    if (session.request.headers.has('Replaces')) {
      this.#track(this.#switchboard.replace(session));
      return;
    }
    const dialled = parseSipUri(session.request.uri)?.user ?? '';
    const target = targetOf(config, dialled);
    const colleague = target === undefined ? this.#people.account(dialled)?.personId : undefined;
    const identity = callerIdentity(session, account);
    if (target !== undefined) this.#startFlowCall(session, account, config, dialled, target, identity);
    else if (colleague !== undefined) this.#startDirectCall(session, account, identity, colleague);
    else {
      this.#logger.log('info', 'pbx.not-found', { dialled: dialled.slice(0, 64), user: account.user });
      session.reject(404);
    }
  }

  #startFlowCall(
    session: IncomingSession,
    account: PbxAccount,
    config: PbxConfig,
    dialled: string,
    target: CallInfo['target'],
    identity: CallerIdentity,
  ): void {
    const callId = randomUUID();
    const { clock, emit, random = Math.random } = this.#options;
    const startedAtMs = clock.wallMs();
    const info = { callId, caller: identity, target, startedAtMs };
    const record = new CallRecord(emit, { callId, caller: identity, dialled, startedAtMs });
    const context = this.#mediaContext();
    const release = this.#people.engage(account.user);
    const call = new FlowCall(
      {
        ...this.#callContext(),
        prompts: this.#prompts,
        music: this.#music,
        beep: this.#beep,
        track: (work) => this.#track(work),
        onMessage: (id) => emit({ type: 'voicemail', id }),
        speaker: this.#speaker,
        callbacks: this.#callbacks,
        queueOf: (queueId) => this.#queues.get(queueId),
        random,
      },
      config,
      new Party(context, session, context.createLeg(session.signallingFlow)),
      info,
      record,
      () => {
        this.#flowCalls.delete(callId);
        release();
        this.#logger.log('info', 'pbx.call-ended', { callId, cause: record.summary.endCause ?? '' });
      },
    );
    this.#flowCalls.set(callId, call);
    this.#logger.log('info', 'pbx.call-started', { callId, dialled });
    call.start();
  }

  #startDirectCall(session: IncomingSession, account: PbxAccount, identity: CallerIdentity, personId: string): void {
    const context = this.#mediaContext();
    const caller = new Party(context, session, context.createLeg(session.signallingFlow));
    const release = this.#people.engage(account.user);
    this.#directCalls.start(this.#callContext(), caller, identity, personId, release);
  }

  #callContext() {
    return {
      clock: this.#options.clock,
      logger: this.#logger,
      ringer: this.#requireRinger(),
      music: this.#music.builtIn,
      ringback: this.#ringback,
      personOf: (extension: string) => this.#people.account(extension)?.personId,
    };
  }

  /** A phone that comes in place of another is answered at once. */
  async #admit(session: IncomingSession): Promise<FarPerson> {
    const context = this.#mediaContext();
    const party = new Party(context, session, context.createLeg(session.signallingFlow));
    const release = this.#people.engage(session.user);
    await answerCaller(party, this.#logger);
    return { party, release };
  }
}
