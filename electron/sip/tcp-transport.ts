import { type AddressInfo, connect, createServer, isIP, type Server, type Socket } from 'node:net';
import {
  connect as connectTls,
  createServer as createTlsServer,
  rootCertificates,
  type Server as TlsServer,
} from 'node:tls';
import type { CancelTimer, Clock } from '../../shared/lib/clock.ts';
import { DialtreeError } from '../../shared/lib/errors.ts';
import { invariant } from '../../shared/lib/invariant.ts';
import { type Logger, silentLogger } from '../../shared/lib/logger.ts';
import { hostPort, listenError, requireLoopback } from './listen.ts';
import { StreamFramer } from './stream-framer.ts';
import { MIN_TLS_VERSION, type TlsMaterial } from './tls-material.ts';
import type { SipFlow, SipTransport, TransportHandlers } from './transport.ts';

/** Whom a TLS connection must lead to (RFC 5922 7.3). */
export interface TlsFarEnd {
  /** Host name or address that its certificate is good for. */
  readonly name: string;
  /** PEM of an authority that is trusted besides the usual ones, for who has their own. */
  readonly authority?: string | undefined;
}

export interface TcpTransportOptions {
  readonly clock: Clock;
  /** Address to bind to: of loopback, unless `outside`. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** For a trunk, whose far end is elsewhere; who may speak is then its owner's matter. */
  readonly outside?: boolean;
  /** False: no connection is taken, only made by `connect`. */
  readonly listens?: boolean;
  /** Takes TLS connections only (RFC 3261 26.2). */
  readonly tls?: TlsMaterial;
  /** Connections that are made are TLS, to a far end that proves to be who it is. */
  readonly tlsTo?: TlsFarEnd;
  readonly logger?: Logger;
  /** Connections beyond this are closed at once. */
  readonly maxConnections?: number;
}

const MAX_BUFFERED_BYTES = 1_048_576;
const MAX_CONNECTIONS = 512;
/** A message must be complete within this time of its first byte. */
const MESSAGE_TIMEOUT_MS = 30_000;
const CLOSE_TIMEOUT_MS = 300;
const CONNECT_TIMEOUT_MS = 10_000;
const HANDSHAKE_TIMEOUT_MS = 10_000;

/**
 * SIP over TCP, or TLS over it (RFC 3261 18), on loopback unless it is a trunk's. As with WebSockets a registration belongs to its
 * connection (RFC 5626); no connection is opened to a phone, only to the far end of a trunk.
 */
export class TcpTransport implements SipTransport {
  readonly #options: TcpTransportOptions;
  readonly #logger: Logger;
  readonly #flows = new Set<TcpFlow>();
  /** Below TLS: those whose handshake is not done are no flows yet. */
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #handlers: TransportHandlers | undefined;
  #nextId = 1;

  constructor(options: TcpTransportOptions) {
    this.#options = options;
    this.#logger = options.logger ?? silentLogger;
  }

  async listen(handlers: TransportHandlers): Promise<{ host: string; port: number }> {
    const { host, port, outside = false, listens = true } = this.#options;
    if (!outside) requireLoopback(host);
    this.#handlers = handlers;
    if (!listens) return { host, port: 0 };
    const server = this.#createServer(handlers);
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
      server.listen(port, host.replace(/[[\]]/g, ''), resolve);
    });
    this.#server = server;
    return { host, port: (server.address() as AddressInfo).port };
  }

  /**
   * Opens a connection to a far end.
   * @throws DialtreeError `sip/not-reached`, also after 10 s without an answer.
   */
  async connect(address: string, port: number): Promise<SipFlow> {
    const handlers = this.#handlers;
    invariant(handlers !== undefined, 'the transport listens');
    const { tlsTo } = this.#options;
    const plain = connect({ host: address, port, localAddress: this.#options.host, noDelay: true });
    const socket = tlsTo === undefined ? plain : secured(plain, tlsTo);
    const cancel = this.#options.clock.after(CONNECT_TIMEOUT_MS, () => socket.destroy(new Error('no answer')));
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once(tlsTo === undefined ? 'connect' : 'secureConnect', resolve);
        for (const end of [plain, socket]) end.once('error', reject);
      });
    } catch (error) {
      plain.destroy();
      const why = error instanceof Error ? error.message : String(error);
      const message = `There is no connection to ${hostPort(address, port)}: ${why}`;
      throw new DialtreeError({ code: 'sip/not-reached', message, params: { address, port } }, { cause: error });
    } finally {
      cancel();
    }
    // Closed meanwhile.
    if (this.#handlers === undefined) socket.destroy();
    return this.#adopt(socket, handlers);
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.#handlers = undefined;
    const closed = new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
    await Promise.all([...this.#flows].map((flow) => flow.closeGently(this.#options.clock)));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #createServer(handlers: TransportHandlers): Server | TlsServer {
    const accept = (socket: Socket): void => this.#accept(socket, handlers);
    const { tls, maxConnections = MAX_CONNECTIONS } = this.#options;
    if (tls === undefined) return createServer({ noDelay: true }, accept);
    const server = createTlsServer(
      {
        cert: tls.cert,
        key: tls.key,
        minVersion: MIN_TLS_VERSION,
        handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
        noDelay: true,
      },
      accept,
    );
    server.maxConnections = maxConnections;
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    server.on('tlsClientError', (error) =>
      this.#logger.log('info', 'sip.tls-refused', { error: error.message.slice(0, 200) }),
    );
    return server;
  }

  #accept(socket: Socket, handlers: TransportHandlers): void {
    if (this.#flows.size >= (this.#options.maxConnections ?? MAX_CONNECTIONS)) {
      this.#logger.log('warn', 'sip.connection-refused', { why: 'too many' });
      socket.destroy();
      return;
    }
    this.#adopt(socket, handlers);
  }

  #adopt(socket: Socket, handlers: TransportHandlers): SipFlow {
    const { tls, tlsTo } = this.#options;
    const protocol = tls === undefined && tlsTo === undefined ? 'TCP' : 'TLS';
    const flow = new TcpFlow(`${protocol.toLowerCase()}-${this.#nextId++}`, protocol, socket);
    const framer = new StreamFramer();
    let cancelTimeout: CancelTimer | undefined;
    this.#flows.add(flow);
    socket.on('data', (bytes) => {
      for (const item of framer.push(bytes)) {
        if (item.kind === 'message') handlers.handleText(flow, item.text);
        else if (item.kind === 'keep-alive') flow.send('\r\n');
        else {
          this.#logger.log('warn', 'sip.stream-broken', { flow: flow.id, why: item.why });
          // RFC 3261 18.3: what follows cannot be told from what came before; the connection is of no use any more.
          handlers.handleText(flow, withBadLength(item.text));
          socket.end();
        }
      }
      cancelTimeout?.();
      cancelTimeout = framer.isWaiting
        ? this.#options.clock.after(MESSAGE_TIMEOUT_MS, () => socket.destroy())
        : undefined;
    });
    socket.on('error', (error) =>
      this.#logger.log('debug', 'sip.connection-error', { flow: flow.id, error: error.message }),
    );
    socket.on('close', () => {
      cancelTimeout?.();
      this.#flows.delete(flow);
      handlers.handleClosed(flow);
    });
    return flow;
  }
}

/** TLS over a connection; a certificate that is not the far end's, or that nobody vouches for, ends it. */
function secured(socket: Socket, { name, authority }: TlsFarEnd): Socket {
  return connectTls({
    socket,
    host: name,
    ...(isIP(name) === 0 ? { servername: name } : {}),
    ...(authority === undefined ? {} : { ca: [...rootCertificates, authority] }),
    minVersion: MIN_TLS_VERSION,
  });
}

/** Makes sure that the parser refuses it, so that it is answered with 400 where it can be. */
function withBadLength(head: string): string {
  return `${head.trimEnd()}\r\nContent-Length: unknown\r\n\r\n`;
}

class TcpFlow implements SipFlow {
  readonly id: string;
  readonly protocol: 'TCP' | 'TLS';
  readonly reliable = true;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localAddress: string;
  readonly #socket: Socket;

  constructor(id: string, protocol: 'TCP' | 'TLS', socket: Socket) {
    this.id = id;
    this.protocol = protocol;
    this.#socket = socket;
    this.remoteAddress = socket.remoteAddress ?? '';
    this.remotePort = socket.remotePort ?? 0;
    this.localAddress = hostPort(socket.localAddress ?? '127.0.0.1', socket.localPort ?? 0);
  }

  get isOpen(): boolean {
    return this.#socket.writable;
  }

  send(text: string): boolean {
    if (!this.isOpen) return false;
    // A client that does not read must not fill our memory.
    if (this.#socket.writableLength > MAX_BUFFERED_BYTES) {
      this.#socket.destroy();
      return false;
    }
    this.#socket.write(text);
    return true;
  }

  close(): void {
    this.#socket.destroy();
  }

  /** Lets what was sent last arrive; cuts off who does not close their end in time. */
  closeGently(clock: Clock): Promise<void> {
    if (this.#socket.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = clock.after(CLOSE_TIMEOUT_MS, () => this.#socket.destroy());
      this.#socket.once('close', () => {
        cancel();
        resolve();
      });
      this.#socket.end();
    });
  }
}
