import { randomUUID } from 'node:crypto';
import type { Callback } from '../../../shared/bridge/callbacks.ts';
import {
  type PbxCommand,
  type PbxConfig,
  type PbxEvent,
  PbxEventSchema,
  type PbxTls,
} from '../../../shared/bridge/pbx.ts';
import type { RecordingAction } from '../../../shared/bridge/recordings.ts';
import type { TrunkConfig } from '../../../shared/bridge/trunk.ts';
import type { MailboxCounts } from '../../../shared/bridge/voicemail.ts';
import type { CancelTimer, Clock } from '../../../shared/lib/clock.ts';
import { DialtreeError, type ErrorDetail } from '../../../shared/lib/errors.ts';
import type { Logger } from '../../../shared/lib/logger.ts';
import type { PbxProcess, SpawnPbx } from './pbx-process.ts';

/** First wait before a crashed PBX is started again; doubles up to the longest. */
const FIRST_RESTART_MS = 250;
const LONGEST_RESTART_MS = 10_000;
/** A PBX that ran this long was healthy: the next crash starts again at the first wait. */
const HEALTHY_AFTER_MS = 30_000;
const CONFIGURE_TIMEOUT_MS = 15_000;
const STOP_TIMEOUT_MS = 3000;

export interface PbxListenOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly realm: string;
  /** Of phones by UDP and TCP; 0 takes a free one. */
  readonly sipPort: number;
  /** Without it neither TLS nor wss is listened for. */
  readonly tls?: PbxTls | undefined;
}

export type SupervisorState =
  | { readonly state: 'starting' | 'restarting'; readonly error: ErrorDetail | null }
  | {
      readonly state: 'running';
      readonly wsUrl: string;
      readonly port: number;
      readonly sipAddress: string | null;
      readonly tlsAddress: string | null;
    }
  | { readonly state: 'failed'; readonly error: ErrorDetail };

/**
 * Keeps one PBX process alive: starts it, gives it its configuration again after a crash, on the same port so that
 * phones find it, and hands its events on.
 */
export class PbxSupervisor {
  readonly #spawn: SpawnPbx;
  readonly #listen: PbxListenOptions;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #onEvent: (event: PbxEvent) => void;
  readonly #onState: (state: SupervisorState) => void;
  #state: SupervisorState = { state: 'starting', error: null };
  #process: PbxProcess | undefined;
  #config: PbxConfig | undefined;
  #trunk: TrunkConfig | null = null;
  #port: number;
  #sipPort: number;
  #tls: PbxTls | undefined;
  #startedAtMs = 0;
  #restartMs = FIRST_RESTART_MS;
  #cancelRestart: CancelTimer | undefined;
  #stopping: (() => void) | undefined;
  readonly #configuring = new Map<string, { resolve: (missing: string[]) => void; reject: (error: Error) => void }>();

  constructor(options: {
    spawn: SpawnPbx;
    listen: PbxListenOptions;
    clock: Clock;
    logger: Logger;
    onEvent: (event: PbxEvent) => void;
    onState: (state: SupervisorState) => void;
  }) {
    this.#spawn = options.spawn;
    this.#listen = options.listen;
    this.#port = options.listen.port;
    this.#sipPort = options.listen.sipPort;
    this.#tls = options.listen.tls;
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#onEvent = options.onEvent;
    this.#onState = options.onState;
  }

  get state(): SupervisorState {
    return this.#state;
  }

  /** Starts the process; progress and failure come by `onState`. */
  start(): void {
    const child = this.#spawn();
    this.#process = child;
    this.#startedAtMs = this.#clock.nowMs();
    child.onMessage((message) => {
      if (this.#process === child) this.#handleMessage(message);
    });
    child.onExit((code) => {
      if (this.#process === child) this.#handleExit(code);
    });
    const { host, realm } = this.#listen;
    const tls = this.#tls === undefined ? {} : { tls: this.#tls };
    child.send({
      type: 'start',
      host,
      port: this.#port,
      realm,
      sipPort: this.#sipPort,
      log: this.#logger.least ?? 'debug',
      ...tls,
    });
  }

  /**
   * Gives new calls this configuration.
   * @returns Keys of prompts whose audio was not there.
   * @throws DialtreeError `pbx/not-running` or `pbx/no-answer`; the configuration is kept and given at the next start.
   */
  async configure(config: PbxConfig): Promise<string[]> {
    this.#config = config;
    if (this.#state.state !== 'running') {
      const error = 'error' in this.#state ? this.#state.error : null;
      throw new DialtreeError(
        error ?? {
          code: 'pbx/not-running',
          message: 'The embedded PBX is not running yet.',
          hint: 'Wait a moment and try again.',
        },
      );
    }
    return this.#sendConfig(config);
  }

  /** Answers a `render` event. */
  sendRendered(requestId: string, result: { readonly wav: string } | { readonly code: string }): void {
    this.#process?.send({ type: 'rendered', requestId, result });
  }

  /** Answers a `keep-callback` event. */
  sendCallbackKept(requestId: string, callback: Callback | null): void {
    this.#process?.send({ type: 'callback-kept', requestId, callback });
  }

  /** Gives the PBX everyone who waits to be called back. */
  sendCallbacks(callbacks: readonly Callback[]): void {
    this.#process?.send({ type: 'callbacks', callbacks: [...callbacks] });
  }

  /** Gives the PBX the outside line, now and after each restart; null: there is none. */
  setTrunk(config: TrunkConfig | null): void {
    this.#trunk = config;
    if (this.#state.state === 'running') this.#process?.send({ type: 'trunk', config });
  }

  /** Tells the PBX how many messages each person has. */
  sendMailboxes(counts: Record<string, MailboxCounts>): void {
    this.#process?.send({ type: 'mailboxes', counts });
  }

  /** Tells the PBX about operators. False: it does not run, and gets everyone when it does. */
  sendOperator(command: Extract<PbxCommand, { type: `operator${string}` }>): boolean {
    if (this.#state.state !== 'running') return false;
    this.#process?.send(command);
    return true;
  }

  /** Gives queues what they knew before a restart. */
  sendQueueFacts(command: Extract<PbxCommand, { type: 'queue-facts' }>): void {
    this.#process?.send(command);
  }

  hangUp(callId: string): void {
    this.#process?.send({ type: 'hang-up', callId });
  }

  /** What an operator wants of the recording of a call. */
  record(callId: string, action: RecordingAction): void {
    this.#process?.send({ type: 'record', callId, action });
  }

  /** Puts a caller who waits into another queue. */
  move(callId: string, queueId: string): void {
    this.#process?.send({ type: 'move', callId, queueId });
  }

  /** Ends every call and the process; kills it when it does not go by itself. */
  async stop(): Promise<void> {
    this.#cancelRestart?.();
    const child = this.#process;
    if (!child) return;
    const gone = new Promise<void>((resolve) => {
      this.#stopping = resolve;
    });
    const cancelKill = this.#clock.after(STOP_TIMEOUT_MS, () => child.kill());
    child.send({ type: 'stop' });
    await gone;
    cancelKill();
  }

  #sendConfig(config: PbxConfig): Promise<string[]> {
    const requestId = randomUUID();
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.after(CONFIGURE_TIMEOUT_MS, () => {
        this.#configuring.delete(requestId);
        reject(
          new DialtreeError({ code: 'pbx/no-answer', message: 'The embedded PBX did not take the new configuration.' }),
        );
      });
      this.#configuring.set(requestId, {
        resolve: (missing) => {
          cancel();
          resolve(missing);
        },
        reject: (error) => {
          cancel();
          reject(error);
        },
      });
      this.#process?.send({ type: 'configure', requestId, config } satisfies PbxCommand);
    });
  }

  #handleMessage(message: unknown): void {
    const parsed = PbxEventSchema.safeParse(message);
    if (!parsed.success) {
      this.#logger.log('error', 'pbx.bad-message', { problem: parsed.error.issues[0]?.message });
      return;
    }
    const event = parsed.data;
    switch (event.type) {
      case 'started':
        // Phones keep the address they registered at: a restart takes the same port again.
        this.#port = event.port;
        this.#sipPort = portOf(event.sipAddress) ?? this.#sipPort;
        if (this.#tls !== undefined) {
          const { sipPort, wssPort } = this.#tls;
          const taken = { sipPort: portOf(event.tlsAddress) ?? sipPort, wssPort: portOf(event.wssUrl) ?? wssPort };
          this.#tls = { ...this.#tls, ...taken };
        }
        this.#setState({
          state: 'running',
          wsUrl: event.wsUrl,
          port: event.port,
          sipAddress: event.sipAddress ?? null,
          tlsAddress: event.tlsAddress ?? null,
        });
        if (this.#trunk) this.#process?.send({ type: 'trunk', config: this.#trunk });
        if (this.#config) this.#sendConfig(this.#config).catch((error) => this.#logConfigFailure(error));
        break;
      case 'configured':
        this.#configuring.get(event.requestId)?.resolve(event.missingAudio);
        this.#configuring.delete(event.requestId);
        break;
      case 'failed': {
        const { type: _, hint, params, ...told } = event;
        const detail = { ...told, ...(params === undefined ? {} : { params }) };
        this.#logger.log('error', 'pbx.failed', told);
        // Once it ran, a failure is a crash: it is started again when it exits. One that cannot start stays down.
        if (this.#state.state === 'running') break;
        this.#setState({ state: 'failed', error: hint === undefined ? detail : { ...detail, hint } });
        break;
      }
      case 'log':
        this.#logger.log(event.level, event.event, event.fields);
        break;
      default:
        this.#onEvent(event);
    }
  }

  #handleExit(code: number | null): void {
    this.#process = undefined;
    for (const waiting of this.#configuring.values()) {
      waiting.reject(new DialtreeError({ code: 'pbx/no-answer', message: 'The embedded PBX stopped unexpectedly.' }));
    }
    this.#configuring.clear();
    if (this.#stopping) {
      this.#stopping();
      return;
    }
    this.#logger.log('error', 'pbx.exited', { code: code ?? -1 });
    const error: ErrorDetail =
      this.#state.state === 'failed'
        ? this.#state.error
        : { code: 'pbx/crashed', message: 'The embedded PBX stopped unexpectedly and is being started again.' };
    if (this.#state.state === 'failed') return; // it said why and cannot run: a restart would only fail again
    if (this.#clock.nowMs() - this.#startedAtMs > HEALTHY_AFTER_MS) this.#restartMs = FIRST_RESTART_MS;
    this.#setState({ state: 'restarting', error });
    this.#cancelRestart = this.#clock.after(this.#restartMs, () => this.start());
    this.#restartMs = Math.min(this.#restartMs * 2, LONGEST_RESTART_MS);
  }

  #logConfigFailure(error: unknown): void {
    this.#logger.log('error', 'pbx.configure-failed', { message: error instanceof Error ? error.message : '' });
  }

  #setState(state: SupervisorState): void {
    this.#state = state;
    this.#onState(state);
  }
}

/** Port at the end of an address. */
function portOf(address: string | undefined): number | undefined {
  const port = /:(\d+)$/.exec(address ?? '')?.[1];
  return port === undefined ? undefined : Number(port);
}
