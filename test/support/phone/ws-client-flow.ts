import { WebSocket } from 'ws';
import type { SipFlow, TransportHandlers } from '../../../electron/sip/transport.ts';

let nextId = 1;

/** The client end of a SIP WebSocket. */
export class WsClientFlow implements SipFlow {
  readonly id = `client-${nextId++}`;
  readonly protocol = 'WS';
  readonly reliable = true;
  readonly remoteAddress = '127.0.0.1';
  readonly remotePort = 0;
  readonly localAddress: string;
  readonly socket: WebSocket;

  private constructor(socket: WebSocket, localAddress: string) {
    this.socket = socket;
    this.localAddress = localAddress;
  }

  static async connect(
    wsUrl: string,
    localAddress: string,
    handlers: TransportHandlers,
    ca?: string,
  ): Promise<WsClientFlow> {
    const socket = new WebSocket(wsUrl, 'sip', { perMessageDeflate: false, ...(ca === undefined ? {} : { ca }) });
    const flow = new WsClientFlow(socket, localAddress);
    socket.on('message', (data) => handlers.handleText(flow, data.toString()));
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    socket.on('error', () => {});
    socket.on('close', () => handlers.handleClosed(flow));
    return flow;
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  send(text: string): boolean {
    if (this.isOpen) this.socket.send(text);
    return this.isOpen;
  }

  /** Cut off, as when a network cable is pulled: no closing handshake. */
  close(): void {
    this.socket.terminate();
  }
}
