import { createSocket, type Socket } from 'node:dgram';
import { type Logger, silentLogger } from '../../shared/lib/logger.ts';
import { hostPort, listenError, requireLoopback } from './listen.ts';
import { MAX_MESSAGE_BYTES } from './parse.ts';
import type { SipFlow, SipTransport, TransportHandlers } from './transport.ts';

export interface UdpTransportOptions {
  /** Address to bind to: of loopback, unless `outside`. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** For a trunk, whose far end is elsewhere; who may speak is then its owner's matter. */
  readonly outside?: boolean;
  readonly logger?: Logger;
  /** Address pairs that are remembered; who has been silent longest is forgotten first. */
  readonly maxFlows?: number;
}

/**
 * SIP over UDP (RFC 3261 18), on loopback unless it is a trunk's. A flow is an address pair: the same object as long as it is remembered,
 * so that a registration and the calls of a phone are known to be of one flow. One that is forgotten can still send.
 *
 * Deviation from 18.1.1: requests beyond the path's MTU are not moved to TCP; there is none to exceed on loopback, and
 * what a trunk sends is shorter.
 */
export class UdpTransport implements SipTransport {
  readonly #options: UdpTransportOptions;
  readonly #logger: Logger;
  /** In order of last use. */
  readonly #flows = new Map<string, UdpFlow>();
  #socket: Socket | undefined;
  #localAddress = '';
  #nextId = 1;

  constructor(options: UdpTransportOptions) {
    this.#options = options;
    this.#logger = options.logger ?? silentLogger;
  }

  /** Address pairs that are remembered. */
  get flowCount(): number {
    return this.#flows.size;
  }

  async listen(handlers: TransportHandlers): Promise<{ host: string; port: number }> {
    const { host, port, outside = false } = this.#options;
    if (!outside) requireLoopback(host);
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    await new Promise<void>((resolve, reject) => {
      socket.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
      socket.bind({ address: host.replace(/[[\]]/g, ''), port, exclusive: true }, resolve);
    });
    const bound = socket.address();
    this.#socket = socket;
    this.#localAddress = hostPort(bound.address, bound.port);
    socket.removeAllListeners('error');
    // A phone that is gone makes the system report its closed port here; its transaction times out by itself.
    socket.on('error', (error) => this.#logger.log('debug', 'sip.udp-error', { error: error.message }));
    socket.on('message', (bytes, { address, port: remotePort }) => {
      if (bytes.length > MAX_MESSAGE_BYTES) return;
      const flow = this.#flow(address, remotePort);
      const text = bytes.toString();
      // RFC 5626 4.4.1 names CRLF for connections; over UDP phones send it, or a single 0, to keep NAT bindings: dropped.
      if (text.replaceAll('\0', '').trim() !== '') handlers.handleText(flow, text);
    });
    return { host, port: bound.port };
  }

  /** The flow to an address, which need not have been heard of. */
  flowTo(address: string, port: number): SipFlow {
    return this.#flow(address, port);
  }

  close(): Promise<void> {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#flows.clear();
    // What was sent last (BYE) leaves before the socket closes: sends are queued in order.
    return new Promise((resolve) => (socket === undefined ? resolve() : socket.close(() => resolve())));
  }

  #flow(address: string, port: number): UdpFlow {
    const key = hostPort(address, port);
    let flow = this.#flows.get(key);
    if (flow === undefined) {
      flow = new UdpFlow(`udp-${this.#nextId++}`, this.#localAddress, address, port, {
        isOpen: () => this.#socket !== undefined,
        send: (text) => this.#send(text, address, port),
        to: (otherPort) => this.#flow(address, otherPort),
      });
    } else this.#flows.delete(key);
    this.#flows.set(key, flow);
    const oldest = this.#flows.keys().next();
    if (this.#flows.size > (this.#options.maxFlows ?? 4096) && oldest.done !== true) this.#flows.delete(oldest.value);
    return flow;
  }

  #send(text: string, address: string, port: number): boolean {
    if (this.#socket === undefined) return false;
    this.#socket.send(text, port, address, (error) => {
      if (error) this.#logger.log('debug', 'sip.udp-error', { error: error.message });
    });
    return true;
  }
}

/** What a flow needs of its socket. */
interface UdpWay {
  isOpen(): boolean;
  send(text: string): boolean;
  to(port: number): SipFlow;
}

class UdpFlow implements SipFlow {
  readonly id: string;
  readonly protocol = 'UDP';
  readonly reliable = false;
  readonly localAddress: string;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly #way: UdpWay;

  constructor(id: string, localAddress: string, remoteAddress: string, remotePort: number, way: UdpWay) {
    this.id = id;
    this.localAddress = localAddress;
    this.remoteAddress = remoteAddress;
    this.remotePort = remotePort;
    this.#way = way;
  }

  get isOpen(): boolean {
    return this.#way.isOpen();
  }

  send(text: string): boolean {
    return this.#way.send(text);
  }

  to(port: number): SipFlow {
    return this.#way.to(port);
  }

  close(): void {}
}
