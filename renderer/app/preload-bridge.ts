import type { Bridge, CallInput, CallName, CallOutput, EventName, EventPayload } from '../../shared/bridge/contract.ts';
import type { PreloadApi } from '../../shared/bridge/preload-api.ts';
import type { ConnectedBridge, ConnectionSource } from './bridge.ts';
import { EventListeners, parseOutput, toError } from './bridge-codec.ts';

/** The bridge under Electron. The main process lives as long as the window, so it is always connected. */
export class PreloadBridge implements Bridge, ConnectedBridge {
  readonly connection: ConnectionSource = { get: () => 'connected', subscribe: () => () => {} };
  readonly #api: PreloadApi;
  readonly #listeners = new EventListeners();

  constructor(api: PreloadApi) {
    this.#api = api;
    api.onEvent((event, payload) => void this.#listeners.dispatch(event, payload));
  }

  async call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>> {
    const result = await this.#api.invoke(name, input);
    if (!result.ok) throw toError(result.error);
    return parseOutput(name, result.output);
  }

  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void {
    return this.#listeners.on(name, listener);
  }
}
