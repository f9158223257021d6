import { type SipRequest, SipResponse } from '../../../electron/sip/message.ts';
import { parseMessage } from '../../../electron/sip/parse.ts';
import type { SipFlow, SipTransport, TransportHandlers } from '../../../electron/sip/transport.ts';

let nextId = 1;

/** A connection that keeps what is sent over it. */
export class FakeFlow implements SipFlow {
  readonly id = `fake-${nextId++}`;
  readonly protocol: 'WS' | 'UDP' | 'TLS';
  readonly reliable: boolean;
  readonly remoteAddress = '192.0.2.7';
  readonly remotePort = 40_000;
  readonly localAddress = '127.0.0.1:5062';
  readonly sent: string[] = [];
  isOpen = true;

  constructor(protocol: 'WS' | 'UDP' | 'TLS' = 'WS') {
    this.protocol = protocol;
    this.reliable = protocol !== 'UDP';
  }

  send(text: string): boolean {
    if (this.isOpen) this.sent.push(text);
    return this.isOpen;
  }

  close(): void {
    this.isOpen = false;
  }

  /** First lines of what was sent, without the version. */
  get lines(): string[] {
    return this.sent.map((text) => text.split('\r\n')[0]?.replace(/ ?SIP\/2\.0 ?/, '') ?? '');
  }

  message(index = -1): SipRequest | SipResponse {
    const parsed = parseMessage(this.sent.at(index) ?? '');
    if (!parsed.ok) throw new Error(`sent something malformed: ${parsed.reason}`);
    return parsed.message;
  }

  response(index = -1): SipResponse {
    const message = this.message(index);
    if (!(message instanceof SipResponse)) throw new Error(`sent a request: ${message.method}`);
    return message;
  }

  request(index = -1): SipRequest {
    const message = this.message(index);
    if (message instanceof SipResponse) throw new Error(`sent a response: ${message.status}`);
    return message;
  }
}

/** A transport without network: tests put texts in. */
export class FakeTransport implements SipTransport {
  #handlers: TransportHandlers | undefined;

  async listen(handlers: TransportHandlers): Promise<{ host: string; port: number }> {
    this.#handlers = handlers;
    return { host: '127.0.0.1', port: 5062 };
  }

  async close(): Promise<void> {}

  receive(flow: SipFlow, text: string): void {
    this.#handlers?.handleText(flow, text);
  }

  drop(flow: FakeFlow): void {
    flow.close();
    this.#handlers?.handleClosed(flow);
  }
}
