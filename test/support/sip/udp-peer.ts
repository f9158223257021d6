import { createSocket, type Socket } from 'node:dgram';
import { serialise } from '../../../electron/sip/serialise.ts';
import { eventually } from '../eventually.ts';
import { type RequestSketch, requestText, responseTo } from './messages.ts';

/** The far end of a trunk as a bare socket, for what no telephone system of good manners sends. */
export class UdpPeer {
  readonly port: number;
  /** Everything that came, newest last. */
  readonly texts: string[] = [];
  readonly #address: string;
  readonly #socket: Socket;
  #branch = 0;

  private constructor(socket: Socket, address: string) {
    this.#socket = socket;
    this.#address = address;
    this.port = socket.address().port;
    socket.on('message', (bytes) => this.texts.push(bytes.toString()));
  }

  /** `address`: of loopback. */
  static async open(address: string): Promise<UdpPeer> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, address, resolve));
    return new UdpPeer(socket, address);
  }

  /** The latest request of that method. */
  request(method: string): Promise<string> {
    return eventually(`a ${method}`, () => this.texts.findLast((text) => text.startsWith(`${method} `)));
  }

  /** Answers a request that came. */
  answer(request: string, status: number, extra: readonly string[] = []): void {
    this.#send(serialise(responseTo(request, status, 'peer', extra)), portOf(request));
  }

  /** Sends a request to that port; gives the status of the final answer. */
  async ask(toPort: number, sketch: RequestSketch): Promise<number> {
    const from = this.texts.length;
    const id = `${this.#address}-${this.#branch++}`;
    const text = requestText({ branch: `z9hG4bK${id}`, callId: id, ...sketch });
    this.#send(text.replace('SIP/2.0/WS phone.invalid', `SIP/2.0/UDP ${this.#address}:${this.port};rport`), toPort);
    const statuses = () => this.texts.slice(from).flatMap((one) => /^SIP\/2\.0 ([2-6]\d\d)/.exec(one)?.[1] ?? []);
    return Number(await eventually('an answer', () => statuses().at(-1)));
  }

  close(): void {
    this.#socket.close();
  }

  #send(text: string, port: number): void {
    this.#socket.send(text, port, '127.0.0.1');
  }
}

/** Port that a request over UDP says it came from. */
export function portOf(request: string): number {
  return Number(/^Via: SIP\/2\.0\/UDP [\d.]+:(\d+)/im.exec(request)?.[1]);
}
