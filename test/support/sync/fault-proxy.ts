import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';

/** Where a connection breaks, or what is answered in the server's place. */
export type Fault =
  | 'before-request'
  | 'in-headers'
  | 'in-body'
  | 'before-answer'
  | 'in-answer'
  /** Carried out, and told as a failure all the same. */
  | 'applied-500'
  | 'slow'
  | 412
  | 423
  | 500
  | 507;

export const FAULTS: readonly Fault[] = [
  'before-request',
  'in-headers',
  'in-body',
  'before-answer',
  'in-answer',
  'applied-500',
  'slow',
  412,
  423,
  500,
  507,
];

const SLOW_MS = 150;

/** An HTTP proxy that does to requests what a network and a server in trouble do, and counts. */
export class FaultProxy {
  /** Asked for every request; none: it passes. */
  decide: (method: string, url: string) => Fault | undefined = () => undefined;
  #requests = 0;
  #closedBytes = { sent: 0, received: 0 };
  /** `METHOD path → status`, oldest first. */
  readonly seen: string[] = [];
  readonly #upstreamPort: () => number;
  readonly #agent = new Agent({ keepAlive: false });
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(upstreamPort: () => number) {
    this.#upstreamPort = upstreamPort;
    this.#server = createServer((incoming, answer) => void this.#handle(incoming, answer));
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#sockets.delete(socket);
        const { sent, received } = this.#closedBytes;
        this.#closedBytes = { sent: sent + socket.bytesRead, received: received + socket.bytesWritten };
      });
    });
  }

  /** Requests so far, and what went over the wire with them: headers included, by the client's view. */
  get counted(): { readonly requests: number; readonly sentBytes: number; readonly receivedBytes: number } {
    let { sent: sentBytes, received: receivedBytes } = this.#closedBytes;
    for (const socket of this.#sockets) {
      sentBytes += socket.bytesRead;
      receivedBytes += socket.bytesWritten;
    }
    return { requests: this.#requests, sentBytes, receivedBytes };
  }

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#agent.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #handle(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { method = '', url = '' } = incoming;
    this.#requests++;
    const fault = this.decide(method, url);
    const note = (what: string | number) => this.seen.push(`${method} ${url} → ${what}`);
    if (fault === 'before-request') {
      note('cut');
      incoming.socket.destroy();
      return;
    }
    const body = await readAll(incoming);
    if (body === null) return;
    if (typeof fault === 'number') {
      note(`${fault} (ours)`);
      answer.writeHead(fault).end();
      return;
    }
    if (fault === 'in-headers' || fault === 'in-body') {
      note('cut in request');
      await this.#sendPart(incoming, body, fault);
      incoming.socket.destroy();
      return;
    }
    if (fault === 'slow') await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    const upstream = await this.#forward(incoming, body).catch(() => null);
    note(upstream === null ? 'down' : `${upstream.status}${fault === undefined ? '' : ` (${fault})`}`);
    if (upstream === null || fault === 'before-answer') {
      incoming.socket.destroy();
      return;
    }
    if (fault === 'applied-500') {
      answer.writeHead(500).end();
      return;
    }
    answer.writeHead(upstream.status, upstream.headers);
    if (fault === 'in-answer') {
      answer.write(upstream.body.subarray(0, Math.floor(upstream.body.length / 2)), () => incoming.socket.destroy());
      if (upstream.body.length === 0) incoming.socket.destroy();
      return;
    }
    answer.end(upstream.body);
  }

  #forward(incoming: IncomingMessage, body: Buffer) {
    return new Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>((resolve, reject) => {
      const { connection: _c, 'transfer-encoding': _t, ...headers } = incoming.headers;
      const outgoing = request(
        {
          host: '127.0.0.1',
          port: this.#upstreamPort(),
          method: incoming.method,
          path: incoming.url,
          agent: this.#agent,
          headers: { ...headers, ...(body.length > 0 ? { 'content-length': body.length } : {}) },
        },
        (response) => {
          void readAll(response).then((whole) => {
            if (whole === null || !response.complete) return reject(new Error('cut'));
            const { connection: _, 'transfer-encoding': __, 'keep-alive': ___, ...kept } = response.headers;
            resolve({ status: response.statusCode ?? 502, headers: kept, body: whole });
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  /** The server sees a request that breaks off. */
  async #sendPart({ method, url, headers }: IncomingMessage, body: Buffer, where: 'in-headers' | 'in-body') {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
    const head = Buffer.from(`${method} ${url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    const whole = Buffer.concat([head, body]);
    const upTo = where === 'in-headers' ? Math.floor(head.length / 2) : head.length + Math.floor(body.length / 2);
    const socket = connect(this.#upstreamPort(), '127.0.0.1');
    socket.on('error', () => {});
    await new Promise<void>((resolve) => {
      socket.on('error', () => resolve());
      socket.on('connect', () => socket.write(whole.subarray(0, upTo), () => resolve()));
    });
    socket.destroy();
  }
}

async function readAll(stream: IncomingMessage): Promise<Buffer | null> {
  try {
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    return Buffer.concat(parts);
  } catch {
    return null;
  }
}
