import { DialtreeError } from '../../shared/lib/errors.ts';
import type { SipTransport, TransportHandlers } from './transport.ts';

/** How often a free port is tried that all transports can have. */
const ATTEMPTS = 10;

/** Several transports on one port number, as phones expect of UDP and TCP. Port 0 takes one that is free for all. */
export class SamePortTransports implements SipTransport {
  readonly #make: (port: number) => readonly SipTransport[];
  readonly #port: number;
  #transports: readonly SipTransport[] = [];

  /** `make` gives the transports for a port, the first one chooses when the port is 0. */
  constructor(port: number, make: (port: number) => readonly SipTransport[]) {
    this.#port = port;
    this.#make = make;
  }

  async listen(handlers: TransportHandlers): Promise<{ host: string; port: number }> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#listenOnce(handlers);
      } catch (error) {
        await this.close();
        const isTaken = error instanceof DialtreeError && error.code === 'pbx/port-in-use';
        if (this.#port !== 0 || !isTaken || attempt >= ATTEMPTS) throw error;
      }
    }
  }

  async close(): Promise<void> {
    const transports = this.#transports;
    this.#transports = [];
    await Promise.all(transports.map((transport) => transport.close()));
  }

  async #listenOnce(handlers: TransportHandlers): Promise<{ host: string; port: number }> {
    const first = this.#make(this.#port)[0];
    if (first === undefined) throw new Error('there is no transport');
    this.#transports = [first];
    const where = await first.listen(handlers);
    for (const transport of this.#make(where.port).slice(1)) {
      this.#transports = [...this.#transports, transport];
      await transport.listen(handlers);
    }
    return where;
  }
}
