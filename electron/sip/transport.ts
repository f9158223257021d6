/**
 * A connection (or, for datagrams, an address pair) that messages come in by and answers go back by: the "flow" of
 * RFC 5626. Transactions, registrations and dialogs hold on to it.
 */
export interface SipFlow {
  /** Unique while the process lives. */
  readonly id: string;
  /** As it stands in Via. */
  readonly protocol: 'WS' | 'WSS' | 'TCP' | 'TLS' | 'UDP';
  /** Whether the transport retransmits by itself; decides the timers (RFC 3261 17). */
  readonly reliable: boolean;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** `host:port` of our end, for Via and Contact. */
  readonly localAddress: string;
  readonly isOpen: boolean;
  /** Sends one message; what cannot be sent is dropped and false comes back. Never throws. */
  send(text: string): boolean;
  close(): void;
  /** Datagrams only: the flow to another port of the same address. */
  to?(port: number): SipFlow;
}

/** Whether a browser is at the other end: RFC 7118. */
export function isBrowser(flow: Pick<SipFlow, 'protocol'>): boolean {
  return flow.protocol === 'WS' || flow.protocol === 'WSS';
}

/** What a transport calls. */
export interface TransportHandlers {
  handleText(flow: SipFlow, text: string): void;
  handleClosed(flow: SipFlow): void;
}

/** A listening transport. Implementations: `ws-`, `tcp-` and `udp-transport.ts`, the tests' own fakes. */
export interface SipTransport {
  /** Starts listening. Rejects with a `DialtreeError` (`pbx/port-in-use`, `pbx/listen-failed`). */
  listen(handlers: TransportHandlers): Promise<{ host: string; port: number }>;
  /** Closes the listener and every flow; resolves when nothing is left open. */
  close(): Promise<void>;
}
