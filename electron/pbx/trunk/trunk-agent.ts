import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { TrunkSettings } from '../../../shared/bridge/trunk.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import type { Logger } from '../../../shared/lib/logger.ts';
import { CallAgent, type Reply } from '../../sip/call-agent.ts';
import type { SipRequest } from '../../sip/message.ts';
import type { IncomingSession } from '../../sip/session/incoming.ts';
import { TcpTransport, type TcpTransportOptions } from '../../sip/tcp-transport.ts';
import type { SipFlow } from '../../sip/transport.ts';
import { UdpTransport } from '../../sip/udp-transport.ts';

/** Whose calls come by a trunk, for logs; not a user of anybody's. */
export const OUTSIDE = 'outside';

const STRANGER_LOG_MS = 60_000;
const MAX_STRANGERS = 1000;

export interface TrunkAgentOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: TrunkSettings;
  readonly product: string;
  /** A call from the far end. */
  readonly onInvite: (session: IncomingSession) => void;
  readonly onClosed: (flow: SipFlow) => void;
}

/** The SIP user agent of a trunk: one far end, and nobody else. Its sockets are open from `open` to `close`. */
export class TrunkAgent {
  readonly calls: CallAgent;
  /** Address of ours that the far end is reached from; media goes from there, too. */
  readonly localAddress: string;
  readonly #options: TrunkAgentOptions;
  readonly #transport: UdpTransport | TcpTransport;
  /** Of the far end: every address of its name, the preferred first. */
  readonly #addresses: readonly string[];
  /** Address → when it was last logged. */
  readonly #strangers = new Map<string, number>();
  #connection: Promise<SipFlow> | undefined;
  #connected: SipFlow | undefined;

  /**
   * Looks the far end up and opens the sockets.
   * @throws DialtreeError `trunk/unknown-host`, `trunk/no-way`, `pbx/port-in-use`, `pbx/listen-failed`.
   */
  static async open(options: TrunkAgentOptions): Promise<TrunkAgent> {
    const addresses = await addressesOf(options.settings.host);
    const localAddress = await localAddressTo(addresses[0] ?? '', options.settings.port);
    const agent = new TrunkAgent(options, addresses, localAddress);
    await agent.calls.listen();
    return agent;
  }

  private constructor(options: TrunkAgentOptions, addresses: readonly string[], localAddress: string) {
    const { clock, logger, settings, product } = options;
    this.#options = options;
    this.#addresses = addresses;
    this.localAddress = localAddress;
    const socket = { clock, logger, host: localAddress, port: settings.localPort, outside: true };
    this.#transport =
      settings.transport === 'udp' ? new UdpTransport(socket) : new TcpTransport({ ...socket, ...streamOf(settings) });
    this.calls = new CallAgent({
      clock,
      logger,
      transports: [this.#transport],
      product,
      contactUser: settings.user === '' ? 'dialtree' : settings.user,
      policy: {
        handleRegister: (request, transaction, reply) => {
          if (this.#authenticate(request, transaction.flow, reply) !== undefined) reply(403);
        },
        authenticate: (request, flow, reply) => this.#authenticate(request, flow, reply),
        isFarEnd: (_session, flow) => this.isFarEnd(flow.remoteAddress),
        handleInvite: options.onInvite,
        handleClosed: (flow) => this.#handleClosed(flow),
      },
    });
  }

  /** Whether that address is the far end's. */
  isFarEnd(address: string): boolean {
    return this.#addresses.includes(address);
  }

  /** The flow to the far end; over TCP a connection that is kept, and made again once it is lost. */
  flow(): Promise<SipFlow> {
    const address = this.#addresses[0] ?? '';
    const { port } = this.#options.settings;
    if (this.#transport instanceof UdpTransport) return Promise.resolve(this.#transport.flowTo(address, port));
    if (this.#connection === undefined) {
      const connection = this.#transport.connect(address, port);
      this.#connection = connection;
      connection.then(
        (flow) => {
          this.#connected = flow;
        },
        () => {
          this.#connection = undefined;
        },
      );
    }
    return this.#connection;
  }

  close(): Promise<void> {
    return this.calls.close();
  }

  /** TN1: calls are taken from the far end's address only. */
  #authenticate(request: SipRequest, flow: SipFlow, reply: Reply): string | undefined {
    if (this.isFarEnd(flow.remoteAddress)) return OUTSIDE;
    this.#noteStranger(flow.remoteAddress, request.method);
    reply(403);
    return undefined;
  }

  /** Whoever scans the network must not fill the log. */
  #noteStranger(address: string, method: string): void {
    const { clock, logger } = this.#options;
    const nowMs = clock.nowMs();
    const lastMs = this.#strangers.get(address);
    if (lastMs !== undefined && nowMs - lastMs < STRANGER_LOG_MS) return;
    if (this.#strangers.size >= MAX_STRANGERS) this.#strangers.clear();
    this.#strangers.set(address, nowMs);
    logger.log('warn', 'trunk.stranger', { address, method });
  }

  #handleClosed(flow: SipFlow): void {
    // Others may connect to us in mode `ip`.
    if (flow === this.#connected) this.#connection = undefined;
    this.#options.onClosed(flow);
  }
}

/** TG10: over TLS calls come on the connection that we made; nobody connects to us without a certificate of ours. */
function streamOf({ mode, transport, host, authority }: TrunkSettings): Partial<TcpTransportOptions> {
  if (transport === 'tcp') return { listens: mode === 'ip' };
  return { listens: false, tlsTo: { name: host.replace(/^\[(.*)\]$/, '$1'), authority } };
}

async function addressesOf(host: string): Promise<string[]> {
  if (isIP(host) !== 0) return [host];
  try {
    const found = await lookup(host, { all: true, order: 'ipv4first' });
    return found.map(({ address }) => address);
  } catch (error) {
    const message = `The name ${host} is not known.`;
    const hint = 'Check how it is written, and whether there is a network.';
    throw new DialtreeError({ code: 'trunk/unknown-host', message, hint, params: { host } }, { cause: error });
  }
}

/** The address that the system would send from; nothing is sent to find out. */
async function localAddressTo(address: string, port: number): Promise<string> {
  const socket = createSocket(isIP(address) === 6 ? 'udp6' : 'udp4');
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.connect(port, address, resolve);
    });
    return socket.address().address;
  } catch (error) {
    const message = `There is no way to ${address}.`;
    throw new DialtreeError({ code: 'trunk/no-way', message, params: { address } }, { cause: error });
  } finally {
    socket.close();
  }
}
