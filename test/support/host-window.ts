import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { CallInput, CallName, CallOutput } from '../../shared/bridge/contract.ts';

type Answer = { readonly id: number; readonly ok: boolean; readonly output?: unknown; readonly error?: unknown };

/** A window of the Node host without a browser: the bridge's WebSocket, with the Origin that a browser would send. */
export class HostWindow {
  readonly #socket: WebSocket;
  readonly #pending = new Map<number, (answer: Answer | undefined) => void>();
  #nextId = 1;
  /** Told each event of the host. */
  onEvent: (event: string, payload: unknown) => void = () => {};

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      const answer = JSON.parse(String(data)) as Answer & { readonly event?: string; readonly payload?: unknown };
      if (answer.event !== undefined) this.onEvent(answer.event, answer.payload);
      this.#pending.get(answer.id)?.(answer);
      this.#pending.delete(answer.id);
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      for (const end of this.#pending.values()) end(undefined);
      this.#pending.clear();
    });
  }

  /** `address`: as the host prints it, `http://127.0.0.1:PORT/#token=…`. */
  static async open(address: string): Promise<HostWindow> {
    const { origin, host, hash } = new URL(address);
    const socket = new WebSocket(`ws://${host}/bridge`, { origin });
    await once(socket, 'open');
    socket.send(JSON.stringify({ hello: hash.replace('#token=', '') }));
    await once(socket, 'message');
    return new HostWindow(socket);
  }

  /** Rejects when the host says no, and when it is gone. */
  call<N extends CallName>(call: N, input: CallInput<N>): Promise<CallOutput<N>> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, (answer) => {
        if (answer?.ok) resolve(answer.output as CallOutput<N>);
        else reject(new Error(answer === undefined ? 'the host is gone' : JSON.stringify(answer.error)));
      });
      this.#socket.send(JSON.stringify({ id, call, input }));
    });
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  close(): void {
    this.#socket.terminate();
  }
}
