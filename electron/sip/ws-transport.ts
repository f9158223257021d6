import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Logger, silentLogger } from '../../shared/lib/logger.ts';
import { hostPort, isLoopback, listenError, requireLoopback } from './listen.ts';
import { MAX_MESSAGE_BYTES } from './parse.ts';
import type { SipFlow, SipTransport, TransportHandlers } from './transport.ts';

export interface WsTransportOptions {
  /** Loopback address to bind to. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly logger?: Logger;
  /** Connections beyond this are refused. */
  readonly maxConnections?: number;
}

const MAX_BUFFERED_BYTES = 1_048_576;
const CLOSE_TIMEOUT_MS = 300;

/** SIP over WebSocket (RFC 7118), on loopback only. */
export class WsTransport implements SipTransport {
  readonly #options: WsTransportOptions;
  readonly #logger: Logger;
  readonly #flows = new Set<WsFlow>();
  #http: Server | undefined;
  #nextId = 1;

  constructor(options: WsTransportOptions) {
    this.#options = options;
    this.#logger = options.logger ?? silentLogger;
  }

  async listen(handlers: TransportHandlers): Promise<{ host: string; port: number }> {
    const { host, port } = this.#options;
    requireLoopback(host);
    const http = createServer((_request, response) => response.writeHead(426, { Upgrade: 'websocket' }).end());
    const server = new WebSocketServer({
      noServer: true,
      perMessageDeflate: false,
      maxPayload: MAX_MESSAGE_BYTES,
      // RFC 7118 4.1: the subprotocol is "sip"; offers without it do not get here.
      handleProtocols: () => 'sip',
    });
    http.on('upgrade', (request, socket: Socket, head) => {
      const refusal = this.#refusal(request);
      if (refusal === undefined) server.handleUpgrade(request, socket, head, (ws) => this.#adopt(ws, socket, handlers));
      else {
        this.#logger.log('warn', 'sip.connection-refused', { why: refusal });
        socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\n\r\n`);
      }
    });
    await new Promise<void>((resolve, reject) => {
      http.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
      http.listen(port, host, resolve);
    });
    this.#http = http;
    return { host, port: (http.address() as AddressInfo).port };
  }

  async close(): Promise<void> {
    const http = this.#http;
    this.#http = undefined;
    if (http === undefined) return;
    // A closing handshake, so that what was sent last (BYE) arrives; who does not answer it is cut off.
    await Promise.all([...this.#flows].map((flow) => flow.closeGently(CLOSE_TIMEOUT_MS)));
    await new Promise<void>((resolve) => {
      http.close(() => resolve());
      http.closeAllConnections();
    });
  }

  /** Why a connection is not taken, as an HTTP status line; undefined when it is. */
  #refusal(request: IncomingMessage): string | undefined {
    // A page of another site that resolves its name to 127.0.0.1 still sends its own name (DNS rebinding).
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    if (!isLoopback(host)) return '403 Forbidden';
    const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    if (!protocols.includes('sip')) return '400 Bad Request';
    if (this.#flows.size >= (this.#options.maxConnections ?? 512)) return '503 Service Unavailable';
    return undefined;
  }

  #adopt(ws: WebSocket, socket: Socket, handlers: TransportHandlers): void {
    socket.setNoDelay(true);
    const flow = new WsFlow(`ws-${this.#nextId++}`, ws, socket);
    this.#flows.add(flow);
    ws.on('message', (data) => {
      const text = data.toString();
      // RFC 7118 6 / RFC 5626 4.4.1: a double CRLF is a keep-alive, answered by one CRLF.
      if (text === '\r\n\r\n') flow.send('\r\n');
      else if (text.trim() !== '') handlers.handleText(flow, text);
    });
    ws.on('error', (error) =>
      this.#logger.log('warn', 'sip.connection-error', { flow: flow.id, error: error.message }),
    );
    ws.on('close', () => {
      this.#flows.delete(flow);
      handlers.handleClosed(flow);
    });
  }
}

class WsFlow implements SipFlow {
  readonly id: string;
  readonly protocol = 'WS';
  readonly reliable = true;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localAddress: string;
  readonly #ws: WebSocket;

  constructor(id: string, ws: WebSocket, socket: Socket) {
    this.id = id;
    this.#ws = ws;
    this.remoteAddress = socket.remoteAddress ?? '';
    this.remotePort = socket.remotePort ?? 0;
    this.localAddress = hostPort(socket.localAddress ?? '127.0.0.1', socket.localPort ?? 0);
  }

  get isOpen(): boolean {
    return this.#ws.readyState === this.#ws.OPEN;
  }

  send(text: string): boolean {
    if (!this.isOpen) return false;
    // A client that does not read must not fill our memory.
    if (this.#ws.bufferedAmount > MAX_BUFFERED_BYTES) {
      this.#ws.terminate();
      return false;
    }
    this.#ws.send(text);
    return true;
  }

  close(): void {
    this.#ws.terminate();
  }

  /** Says goodbye (1001 going away) and waits for the other side at most `timeoutMs`. */
  closeGently(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#ws.terminate(), timeoutMs);
      this.#ws.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
      this.#ws.close(1001);
    });
  }
}
