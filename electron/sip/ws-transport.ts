import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Logger, silentLogger } from '../../shared/lib/logger.ts';
import { hostPort, isLoopback, listenError, requireLoopback } from './listen.ts';
import { MAX_MESSAGE_BYTES } from './parse.ts';
import { MIN_TLS_VERSION, type TlsMaterial } from './tls-material.ts';
import type { SipFlow, SipTransport, TransportHandlers } from './transport.ts';

export interface WsTransportOptions {
  /** Loopback address to bind to. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Takes TLS connections only: `wss:`. */
  readonly tls?: TlsMaterial;
  readonly logger?: Logger;
  /** Connections beyond this are refused. */
  readonly maxConnections?: number;
}

const MAX_BUFFERED_BYTES = 1_048_576;
const MAX_CONNECTIONS = 512;
const CLOSE_TIMEOUT_MS = 300;
const HANDSHAKE_TIMEOUT_MS = 10_000;

/** SIP over WebSocket, also over TLS (RFC 7118), on loopback only. */
export class WsTransport implements SipTransport {
  readonly #options: WsTransportOptions;
  readonly #logger: Logger;
  readonly #flows = new Set<WsFlow>();
  #http: Server | HttpsServer | undefined;
  /** Below TLS: those whose handshake is not done are no flows yet. */
  readonly #sockets = new Set<Socket>();
  #nextId = 1;

  constructor(options: WsTransportOptions) {
    this.#options = options;
    this.#logger = options.logger ?? silentLogger;
  }

  async listen(handlers: TransportHandlers): Promise<{ host: string; port: number }> {
    const { host, port } = this.#options;
    requireLoopback(host);
    const http = this.#createServer();
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
      for (const socket of this.#sockets) socket.destroy();
    });
  }

  #createServer(): Server | HttpsServer {
    const { tls } = this.#options;
    const refuse = (_request: IncomingMessage, response: ServerResponse): void => {
      response.writeHead(426, { Upgrade: 'websocket' }).end();
    };
    if (tls === undefined) return createServer(refuse);
    const { cert, key } = tls;
    const options = { cert, key, minVersion: MIN_TLS_VERSION, handshakeTimeout: HANDSHAKE_TIMEOUT_MS } as const;
    const server = createHttpsServer(options, refuse);
    server.maxConnections = this.#options.maxConnections ?? MAX_CONNECTIONS;
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    server.on('tlsClientError', (error) =>
      this.#logger.log('info', 'sip.tls-refused', { error: error.message.slice(0, 200) }),
    );
    return server;
  }

  /** Why a connection is not taken, as an HTTP status line; undefined when it is. */
  #refusal(request: IncomingMessage): string | undefined {
    // A page of another site that resolves its name to 127.0.0.1 still sends its own name (DNS rebinding).
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    if (!isLoopback(host) && this.#options.tls?.covers(host) !== true) return '403 Forbidden';
    const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    if (!protocols.includes('sip')) return '400 Bad Request';
    if (this.#flows.size >= (this.#options.maxConnections ?? MAX_CONNECTIONS)) return '503 Service Unavailable';
    return undefined;
  }

  #adopt(ws: WebSocket, socket: Socket, handlers: TransportHandlers): void {
    socket.setNoDelay(true);
    const flow = new WsFlow(this.#options.tls === undefined ? 'WS' : 'WSS', this.#nextId++, ws, socket);
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
  readonly protocol: 'WS' | 'WSS';
  readonly reliable = true;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localAddress: string;
  readonly #ws: WebSocket;

  constructor(protocol: 'WS' | 'WSS', n: number, ws: WebSocket, socket: Socket) {
    this.id = `${protocol.toLowerCase()}-${n}`;
    this.protocol = protocol;
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
