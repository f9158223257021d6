import { digestSecret } from '../../../electron/sip/digest.ts';
import { parseMessage } from '../../../electron/sip/parse.ts';
import { serialise } from '../../../electron/sip/serialise.ts';
import type { IncomingSession } from '../../../electron/sip/session/incoming.ts';
import type { OutgoingSession } from '../../../electron/sip/session/outgoing.ts';
import type { SessionEnd } from '../../../electron/sip/session/session.ts';
import { UserAgent } from '../../../electron/sip/user-agent.ts';
import { WsTransport } from '../../../electron/sip/ws-transport.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import { silentLogger } from '../../../shared/lib/logger.ts';
import { eventually } from '../eventually.ts';
import { TestPhone } from '../phone/test-phone.ts';
import { type RequestSketch, requestText, responseTo } from './messages.ts';

const REALM = 'dialtree.test';

/** A user agent on a real WebSocket whose clock is turned by hand, and a phone that sends what the test writes. */
export class RawAgent {
  readonly clock = new ManualClock();
  readonly ends: SessionEnd[] = [];
  /** Answers to offers within the session: resolved by the test. */
  readonly offers: { sdp: string | null; answer: (sdp: string) => void }[] = [];
  readonly agent: UserAgent;
  incoming: IncomingSession | undefined;
  outgoing: OutgoingSession | undefined;
  rejectedWith: number | undefined;
  phone!: TestPhone;
  random = 0.5;
  #cseq = 1;
  #branch = 0;
  #toTag: string | undefined;

  private constructor() {
    this.agent = new UserAgent({
      clock: this.clock,
      transports: [new WsTransport({ host: '127.0.0.1', port: 0, logger: silentLogger })],
      realm: REALM,
      product: 'Dialtree',
      secretOf: (user) => (user === '101' ? digestSecret(user, REALM, 'pw') : undefined),
      onInvite: (session) => {
        this.incoming = session;
        session.setEvents(this.#events());
      },
      onRegistration: () => {},
      random: () => this.random,
    });
  }

  static async start(): Promise<RawAgent> {
    const raw = new RawAgent();
    const [address] = await raw.agent.listen();
    const wsUrl = `ws://127.0.0.1:${address?.port}`;
    raw.phone = await new TestPhone({ wsUrl, user: '101', password: 'pw', realm: REALM }).connect();
    await raw.phone.register();
    return raw;
  }

  /** The `n`th text that came to the phone and begins like that. */
  text(start: RegExp, n = 1): Promise<string> {
    return eventually(`${start} ${n}`, () => this.phone.received.filter((text) => start.test(text))[n - 1]);
  }

  /** How many texts came that begin like that. */
  count(start: RegExp): number {
    return this.phone.received.filter((text) => start.test(text)).length;
  }

  /** Sends a request of the phone's call; the tag of the first 2xx is kept. */
  send(method: string, headers: readonly string[] = [], body = ''): void {
    const sketch: RequestSketch = {
      method,
      callId: 'raw',
      headers: ['Contact: <sip:a@phone.invalid>', ...headers],
      body,
    };
    const tag = this.#toTag === undefined ? {} : { toTag: this.#toTag };
    this.phone.flow.send(requestText({ ...sketch, ...tag, branch: `z9hG4bKraw${++this.#branch}`, cseq: this.#cseq++ }));
  }

  /** A call of the phone that is answered and acknowledged; gives the text of the 200. */
  async call(...headers: readonly string[]): Promise<string> {
    this.send('INVITE', [...headers, 'Content-Type: application/sdp'], 'v=0\r\n');
    await eventually('the call', () => this.incoming);
    this.incoming?.answer('v=0\r\n');
    const ok = await this.text(/^SIP\/2.0 200[\s\S]*CSeq: \d+ INVITE/);
    this.#toTag = /^To:.*;tag=(\S+)/m.exec(ok)?.[1] ?? '';
    this.#cseq--;
    this.send('ACK');
    await eventually('the ACK', () => this.incoming?.state === 'confirmed');
    return ok;
  }

  /** The server calls the phone; gives the text of its INVITE. */
  async ring(): Promise<string> {
    const [binding] = this.agent.registrar.bindingsOf('101');
    if (binding === undefined) throw new Error('not registered');
    const options = { target: binding.contact, from: `<sip:1@${REALM}>`, to: `<sip:101@${REALM}>`, sdp: 'v=0\r\n' };
    this.outgoing = this.agent.invite(binding, options, {
      onRinging: () => {},
      onAnswered: () => {},
      onRejected: (status) => {
        this.rejectedWith = status;
      },
    });
    this.outgoing.setEvents(this.#events());
    this.outgoing.start();
    return this.text(/^INVITE/);
  }

  /** Answers a text that came. */
  reply(text: string, status: number, ...headers: readonly string[]): void {
    this.phone.flow.send(serialise(responseTo(text, status, 'phone', ['Contact: <sip:a@phone.invalid>', ...headers])));
  }

  /** Everything that the phone sent has arrived: an OPTIONS after it is answered. */
  async settle(): Promise<void> {
    await this.phone.request('OPTIONS', `sip:${REALM}`);
  }

  async stop(): Promise<void> {
    await this.phone.close();
    await this.agent.close();
  }

  #events() {
    return {
      onOffer: (sdp: string | null) =>
        sdp === null
          ? Promise.resolve('v=0 ours\r\n')
          : new Promise<string>((answer) => void this.offers.push({ sdp, answer })),
      onInfo: () => false,
      onEnded: (end: SessionEnd) => void this.ends.push(end),
    };
  }
}

/** The value of a header in a text. */
export function headerOf(text: string, name: string): string | undefined {
  const parsed = parseMessage(text);
  return parsed.ok ? parsed.message.headers.get(name) : undefined;
}
