import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { BridgeHandlers, EventName, EventPayload } from '../../shared/bridge/contract.ts';
import { dispatchCall } from '../../shared/bridge/dispatch.ts';
import { DialtreeError } from '../../shared/lib/errors.ts';
import type { Logger } from '../../shared/lib/logger.ts';
import { SECURITY_HEADERS } from '../services/security.ts';
import { readStaticFile } from '../services/static-files.ts';

/** Larger than any project that `shared/flow` accepts; a message above it closes the connection. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
const HELLO_TIMEOUT_MS = 5000;

export interface HostServerOptions {
  /** 0 takes a free port. */
  readonly port: number;
  /** Folder with the built window. */
  readonly rendererDir: string;
  readonly handlers: BridgeHandlers;
  readonly logger: Logger;
}

/**
 * The app's window for a browser, on loopback: files by HTTP, the bridge by WebSocket at `/bridge`. A page must come
 * from this very origin (Origin and Host are checked, against other sites and DNS rebinding) and know the token that
 * is new at every start (against other users of this machine).
 *
 * Wire format, JSON: first `{hello: token}` → `{welcome: windowId}`; then `{id, call, input}` →
 * `{id, ok: true, output}` or `{id, ok: false, error}`, and `{event, payload}` at any time.
 */
export class HostServer {
  readonly #options: HostServerOptions;
  readonly #token = randomBytes(24).toString('base64url');
  readonly #http = createServer((request, response) => void this.#serve(request, response));
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  readonly #windows = new Map<string, WebSocket>();
  #port = 0;

  constructor(options: HostServerOptions) {
    this.#options = options;
    this.#http.on('upgrade', (request, socket, head) => {
      if (request.url !== '/bridge' || !this.#isOurHost(request) || !this.#isOurOrigin(request)) {
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
        return;
      }
      this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#accept(webSocket));
    });
  }

  /**
   * Listens on 127.0.0.1.
   * @returns The address to open, token included.
   * @throws DialtreeError `host/port-in-use`.
   */
  async listen(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#http.once('error', (cause: NodeJS.ErrnoException) => {
        if (cause.code !== 'EADDRINUSE' && cause.code !== 'EACCES') return reject(cause);
        reject(
          new DialtreeError(
            {
              code: 'host/port-in-use',
              message: `Port ${this.#options.port} on 127.0.0.1 is in use or not allowed.`,
              hint: 'Stop the program that uses it, or choose another with --port (0 takes a free one).',
              params: { port: this.#options.port },
            },
            { cause },
          ),
        );
      });
      this.#http.listen(this.#options.port, '127.0.0.1', resolve);
    });
    this.#port = (this.#http.address() as AddressInfo).port;
    return `http://127.0.0.1:${this.#port}/#token=${this.#token}`;
  }

  /** Sends an event to every window. */
  emit<Name extends EventName>(event: Name, payload: EventPayload<Name>): void {
    const message = JSON.stringify({ event, payload });
    for (const socket of this.#windows.values()) socket.send(message);
  }

  /** Closes every connection and stops listening. */
  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#http.closeAllConnections();
    await new Promise<void>((resolve) => this.#http.close(() => resolve()));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!this.#isOurHost(request)) return end(response, 403, 'Forbidden');
    if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405, 'Method not allowed');
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = await readStaticFile(this.#options.rendererDir, pathname);
    if (!file) return end(response, 404, 'Not found');
    response.writeHead(200, { ...SECURITY_HEADERS, 'Content-Type': file.contentType, 'Cache-Control': 'no-cache' });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  }

  #accept(socket: WebSocket): void {
    const windowId = randomUUID();
    const helloTimer = setTimeout(() => socket.close(4401, 'no hello'), HELLO_TIMEOUT_MS);
    socket.on('error', (error) => this.#options.logger.log('warn', 'host.socket-error', { message: error.message }));
    socket.on('close', () => {
      clearTimeout(helloTimer);
      this.#windows.delete(windowId);
    });
    socket.once('message', (data) => {
      clearTimeout(helloTimer);
      if (!this.#isToken(parseJson(String(data))?.hello)) {
        this.#options.logger.log('warn', 'host.bad-token');
        socket.close(4403, 'bad token');
        return;
      }
      this.#windows.set(windowId, socket);
      socket.send(JSON.stringify({ welcome: windowId }));
      socket.on('message', (message) => void this.#answer(socket, windowId, String(message)));
    });
  }

  async #answer(socket: WebSocket, windowId: string, text: string): Promise<void> {
    const message = parseJson(text);
    if (message === undefined || (typeof message.id !== 'number' && typeof message.id !== 'string')) {
      socket.close(1007, 'not a call');
      return;
    }
    const result = await dispatchCall(this.#options.handlers, message.call, message.input, windowId);
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ id: message.id, ...result }));
  }

  #isOurHost(request: IncomingMessage): boolean {
    return request.headers.host === `127.0.0.1:${this.#port}` || request.headers.host === `localhost:${this.#port}`;
  }

  #isOurOrigin(request: IncomingMessage): boolean {
    return request.headers.origin === `http://${request.headers.host}`;
  }

  #isToken(value: unknown): boolean {
    if (typeof value !== 'string') return false;
    const given = Buffer.from(value);
    const wanted = Buffer.from(this.#token);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }
}

function parseJson(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...SECURITY_HEADERS, 'Content-Type': 'text/plain' });
  response.end(text);
}
