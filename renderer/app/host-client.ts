import type { CallInput, CallName, CallOutput, EventName, EventPayload } from '../../shared/bridge/contract.ts';
import type { CancelTimer, Clock } from '../../shared/lib/clock.ts';
import { DialtreeError } from '../../shared/lib/errors.ts';
import type { ConnectedBridge, ConnectionSource } from './bridge.ts';
import { EventListeners, parseOutput, toError } from './bridge-codec.ts';

/**
 * `connecting` (first time) → `connected` ⇄ `lost` (trying again);
 * any → `refused`: the host does not know our token, which trying again does not mend.
 */
export type ConnectionState = 'connecting' | 'connected' | 'lost' | 'refused';

export interface HostClientOptions {
  /** `ws://127.0.0.1:port/bridge` */
  readonly url: string;
  readonly token: string;
  readonly clock: Clock;
}

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5000;
/** Close code by which the host says that the token is wrong. */
const CLOSE_BAD_TOKEN = 4403;

interface PendingCall {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The bridge to the Node host, JSON over WebSocket: `{hello: token}` → `{welcome: windowId}`; then `{id, call, input}`
 * → `{id, ok: true, output}` or `{id, ok: false, error}`, and `{event, payload}` at any time. A lost connection is
 * taken up again with a doubling delay; calls made or unanswered meanwhile fail with `bridge/connection-lost`.
 */
export class HostClient implements ConnectedBridge {
  readonly connection: ConnectionSource;
  readonly #options: HostClientOptions;
  readonly #listeners = new EventListeners();
  readonly #pending = new Map<number, PendingCall>();
  readonly #watchers = new Set<() => void>();
  #state: ConnectionState = 'connecting';
  #socket: WebSocket | null = null;
  #nextId = 1;
  #retryMs = FIRST_RETRY_MS;
  #cancelRetry: CancelTimer = () => {};

  constructor(options: HostClientOptions) {
    this.#options = options;
    this.connection = {
      get: () => this.#state,
      subscribe: (listener) => {
        this.#watchers.add(listener);
        return () => this.#watchers.delete(listener);
      },
    };
    this.#open();
  }

  /** Resolves when first connected. @throws DialtreeError `bridge/refused`. */
  ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (this.#state === 'connected') resolve();
        else if (this.#state === 'refused') reject(refused());
        else return;
        unsubscribe();
      };
      const unsubscribe = this.connection.subscribe(look);
      look();
    });
  }

  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>> {
    const socket = this.#socket;
    if (this.#state !== 'connected' || socket === null) return Promise.reject(connectionLost());
    const id = this.#nextId++;
    return new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      socket.send(JSON.stringify({ id, call: name, input }));
    }).then((output) => parseOutput(name, output));
  }

  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void {
    return this.#listeners.on(name, listener);
  }

  /** Closes for good. */
  close(): void {
    this.#cancelRetry();
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#failPending();
  }

  #open(): void {
    const socket = new WebSocket(this.#options.url);
    this.#socket = socket;
    socket.addEventListener('open', () => socket.send(JSON.stringify({ hello: this.#options.token })));
    socket.addEventListener('message', (message) => this.#receive(String(message.data)));
    socket.addEventListener('close', (close) => {
      if (this.#socket === socket) this.#handleClose(close.code);
    });
  }

  #receive(text: string): void {
    let message: Record<string, unknown>;
    try {
      message = JSON.parse(text) as Record<string, unknown>;
    } catch {
      return;
    }
    if ('welcome' in message) {
      this.#retryMs = FIRST_RETRY_MS;
      this.#transitionTo('connected');
    } else if ('event' in message) {
      this.#listeners.dispatch(message.event, message.payload);
    } else if (typeof message.id === 'number') {
      const call = this.#pending.get(message.id);
      this.#pending.delete(message.id);
      if (message.ok === true) call?.resolve(message.output);
      else call?.reject(toError(message.error));
    }
  }

  #handleClose(code: number): void {
    this.#socket = null;
    this.#failPending();
    if (code === CLOSE_BAD_TOKEN) {
      this.#transitionTo('refused');
      return;
    }
    if (this.#state === 'connected') this.#transitionTo('lost');
    this.#cancelRetry = this.#options.clock.after(this.#retryMs, () => this.#open());
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
  }

  #failPending(): void {
    for (const call of this.#pending.values()) call.reject(connectionLost());
    this.#pending.clear();
  }

  #transitionTo(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const watch of [...this.#watchers]) watch();
  }
}

function connectionLost(): DialtreeError {
  return new DialtreeError({
    code: 'bridge/connection-lost',
    message: 'The connection to Dialtree is lost.',
    hint: 'It is taken up again by itself. If it is not, see whether Dialtree still runs.',
  });
}

function refused(): DialtreeError {
  return new DialtreeError({
    code: 'bridge/refused',
    message: 'Dialtree did not accept the access token of this page.',
    hint: 'Dialtree was started anew: open it by the address that it printed last.',
  });
}

const TOKEN_KEY = 'dialtree.token';

/**
 * The token from the page's address (`#token=…`), taken out of the address bar and kept for reloads of this tab; else
 * the one kept; else null.
 */
export function takeToken(
  location: Pick<Location, 'hash' | 'pathname' | 'search'>,
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  history: Pick<History, 'replaceState'>,
): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null || token === '') return storage.getItem(TOKEN_KEY);
  storage.setItem(TOKEN_KEY, token);
  history.replaceState(null, '', location.pathname + location.search);
  return token;
}
