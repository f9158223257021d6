import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

export interface Trouble {
  /** Of all datagrams, from 0 to 1. */
  readonly loss: number;
  /** Each is late by up to so much, ms, and may overtake others. */
  readonly jitterMs: number;
  /** Numbers from 0 to just before 1. */
  readonly random: () => number;
}

/** A bad network between one client and a server, over UDP: datagrams get lost, come late and in another order. */
export class LossyRelay {
  readonly #front: Socket;
  readonly #back: Socket;
  readonly #trouble: Trouble;
  #clientPort = 0;
  #lost = 0;
  #passed = 0;

  private constructor(front: Socket, back: Socket, trouble: Trouble) {
    this.#front = front;
    this.#back = back;
    this.#trouble = trouble;
  }

  /** Opens it before a server; the server sees datagrams come from `fromPort`. */
  static async open(serverPort: number, fromPort: number, trouble: Trouble): Promise<LossyRelay> {
    const [front, back] = [createSocket('udp4'), createSocket('udp4')];
    const relay = new LossyRelay(front, back, trouble);
    front.on('message', (bytes, { port }) => {
      relay.#clientPort = port;
      relay.#carry(() => back.send(bytes, serverPort, '127.0.0.1'));
    });
    back.on('message', (bytes) => relay.#carry(() => front.send(bytes, relay.#clientPort, '127.0.0.1')));
    front.bind(0, '127.0.0.1');
    back.bind(fromPort, '127.0.0.1');
    await Promise.all([once(front, 'listening'), once(back, 'listening')]);
    return relay;
  }

  /** Where the client sends to. */
  get port(): number {
    return this.#front.address().port;
  }

  get lost(): number {
    return this.#lost;
  }

  get passed(): number {
    return this.#passed;
  }

  async close(): Promise<void> {
    const closed = [this.#front, this.#back].map((socket) => once(socket, 'close'));
    this.#front.close();
    this.#back.close();
    await Promise.all(closed);
  }

  #carry(send: () => void): void {
    const { loss, jitterMs, random } = this.#trouble;
    if (random() < loss) {
      this.#lost++;
      return;
    }
    this.#passed++;
    setTimeout(() => {
      try {
        send();
      } catch {
        // closed meanwhile
      }
    }, jitterMs * random());
  }
}
