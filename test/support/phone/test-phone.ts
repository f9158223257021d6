import { systemClock } from '../../../electron/pbx/system-clock.ts';
import type { Dialog } from '../../../electron/sip/dialog.ts';
import { dialogId } from '../../../electron/sip/dialog.ts';
import { digestResponse, digestSecret, parseDigestFields } from '../../../electron/sip/digest.ts';
import { SipHeaders } from '../../../electron/sip/headers.ts';
import { newBranch, newCallId, newTag } from '../../../electron/sip/ids.ts';
import { SipRequest, type SipResponse } from '../../../electron/sip/message.ts';
import { parseMessage } from '../../../electron/sip/parse.ts';
import { createResponse } from '../../../electron/sip/responses.ts';
import { serialise } from '../../../electron/sip/serialise.ts';
import { IncomingSession } from '../../../electron/sip/session/incoming.ts';
import { OutgoingSession } from '../../../electron/sip/session/outgoing.ts';
import type { Session, SessionContext } from '../../../electron/sip/session/session.ts';
import { TransactionLayer } from '../../../electron/sip/transactions/layer.ts';
import { InviteServerTransaction } from '../../../electron/sip/transactions/server-invite.ts';
import type { SipFlow } from '../../../electron/sip/transport.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { silentLogger } from '../../../shared/lib/logger.ts';
import { eventually } from '../eventually.ts';
import { TestCall } from './test-call.ts';
import { TestMedia } from './test-media.ts';
import { WsClientFlow } from './ws-client-flow.ts';

export interface TestPhoneOptions {
  readonly wsUrl: string;
  readonly user: string;
  readonly password: string;
  readonly realm: string;
  readonly displayName?: string;
  readonly algorithm?: 'MD5' | 'SHA-256';
  readonly instance?: string;
  readonly clock?: Clock;
  /** Whom it trusts by wss, as PEM. */
  readonly authority?: string;
}

/** A softphone for tests: our SIP stack as client, over a real WebSocket, werift as the browser. */
export class TestPhone {
  readonly options: TestPhoneOptions;
  readonly incoming: TestCall[] = [];
  /** Texts that came in, newest last. */
  readonly received: string[] = [];
  readonly contact: string;
  #flow: WsClientFlow | undefined;
  readonly #layer: TransactionLayer;
  readonly #context: SessionContext;
  readonly #sessions = new Map<string, Session>();
  readonly #invites = new Map<InviteServerTransaction, IncomingSession>();
  readonly #calls: TestCall[] = [];
  #cseq = 1;
  readonly #registerCallId = newCallId();

  constructor(options: TestPhoneOptions) {
    this.options = options;
    this.contact = `sip:${newTag()}@phone.invalid;transport=ws`;
    const clock = options.clock ?? systemClock;
    this.#layer = new TransactionLayer(clock, {
      handleRequest: (request, transaction, flow) => {
        const session = this.#sessions.get(dialogId(request.callId, request.toTag ?? '', request.fromTag ?? ''));
        if (session === undefined && request.method === 'NOTIFY') transaction?.respond(createResponse(request, 200));
        else if (transaction === null || request.toTag !== undefined)
          session?.handleRequest(request, transaction, flow);
        else if (request.method === 'CANCEL') this.#cancel(request, flow, transaction.respond.bind(transaction));
        else if (transaction instanceof InviteServerTransaction) this.#ringing(transaction, flow);
      },
    });
    this.#context = {
      clock,
      logger: silentLogger,
      layer: this.#layer,
      reconnectGraceMs: 30_000,
      sendRaw: (request, flow) => void flow.send(serialise(request)),
      contactFor: () => `<${this.contact}>`,
      register: (session) => session.dialogId !== undefined && this.#sessions.set(session.dialogId, session),
      forget: (session) => session.dialogId !== undefined && this.#sessions.delete(session.dialogId),
    };
  }

  get flow(): WsClientFlow {
    if (this.#flow === undefined) throw new Error('not connected');
    return this.#flow;
  }

  async connect(): Promise<this> {
    this.#flow = await WsClientFlow.connect(
      this.options.wsUrl,
      'phone.invalid',
      {
        handleText: (flow, text) => {
          this.received.push(text);
          const parsed = parseMessage(text);
          if (parsed.ok) this.#layer.receive(parsed.message, flow);
        },
        handleClosed: (flow) => this.#layer.handleFlowClosed(flow),
      },
      this.options.authority,
    );
    return this;
  }

  /** Registers, answering the challenge; gives the final status. */
  async register(expiresS = 600): Promise<number> {
    const first = await this.request('REGISTER', `sip:${this.options.realm}`, this.#registerHeaders(expiresS));
    if (first.status !== 401) return first.status;
    const authorization = this.answerChallenge(first, 'REGISTER', `sip:${this.options.realm}`);
    const headers = [...this.#registerHeaders(expiresS), ['Authorization', authorization] as const];
    return (await this.request('REGISTER', `sip:${this.options.realm}`, headers)).status;
  }

  /** Value of an Authorization header for the challenge of our algorithm. */
  answerChallenge(challenge: SipResponse, method: string, uri: string): string {
    const { user, realm, password, algorithm = 'SHA-256' } = this.options;
    const header = challenge.status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate';
    const fields = challenge.headers
      .getAll(header)
      .map(parseDigestFields)
      .find((candidate) => candidate?.get('algorithm') === algorithm);
    const nonce = fields?.get('nonce') ?? '';
    const secret = digestSecret(user, realm, password);
    const ha1 = algorithm === 'MD5' ? secret.md5Ha1 : secret.sha256Ha1;
    const answer = { algorithm, nonce, uri, qop: 'auth', cnonce: newTag(), nc: '00000001' } as const;
    const response = digestResponse(ha1, method, answer);
    return `Digest algorithm=${algorithm}, username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", qop=auth, cnonce="${answer.cnonce}", nc=${answer.nc}`;
  }

  /** Sends a request outside of any call and gives its final response. */
  request(
    method: string,
    uri: string,
    headers: readonly (readonly [string, string])[] = [],
    body = '',
  ): Promise<SipResponse> {
    const { user, realm } = this.options;
    const all = new SipHeaders()
      .append('Via', `SIP/2.0/WS phone.invalid;branch=${newBranch()}`)
      .append('Max-Forwards', '69')
      .append('From', `<sip:${user}@${realm}>;tag=${newTag()}`)
      .append('To', `<sip:${method === 'REGISTER' ? `${user}@${realm}` : uri.replace(/^sip:/, '')}>`)
      .append('Call-ID', method === 'REGISTER' ? this.#registerCallId : newCallId())
      .append('CSeq', `${this.#cseq++} ${method}`);
    for (const [name, value] of headers) all.append(name, value);
    return this.#send(new SipRequest(method, uri, all, body));
  }

  /** Calls `target`, a user part. Resolves once it is answered or refused; `offered` when the INVITE went out. */
  async call(target: string, headers: readonly (readonly [string, string])[] = []): Promise<TestCall> {
    const call = await this.dial(target, headers);
    await eventually('an answer', () => call.answeredAtMs !== undefined || call.rejectedWith !== undefined);
    return call;
  }

  /** Calls without waiting for an answer. */
  async dial(
    target: string,
    headers: readonly (readonly [string, string])[] = [],
    media = new TestMedia(),
  ): Promise<TestCall> {
    const { user, realm, displayName } = this.options;
    const name = displayName === undefined ? '' : `"${displayName}" `;
    const to = `sip:${target}@${realm}`;
    const box: { call?: TestCall } = {};
    const draft = new OutgoingSession(
      this.#context,
      target,
      this.flow,
      { target: to, from: '', to: '', sdp: '' },
      noEvents,
    );
    const call = new TestCall(this, draft, media);
    box.call = call;
    const options = { target: to, from: `${name}<sip:${user}@${realm}>`, to: `<${to}>`, headers };
    const sdp = await call.media.offer();
    call.session = new OutgoingSession(
      this.#context,
      target,
      this.flow,
      { ...options, sdp },
      {
        onRinging: () => {
          call.rang = true;
        },
        onAnswered: (answer) => {
          call.answeredAtMs = performance.now();
          void call.media.accept(answer);
        },
        onRejected: (status) => {
          call.rejectedWith = status;
          void call.media.close();
        },
      },
    );
    call.watch();
    (call.session as OutgoingSession).start();
    this.#calls.push(call);
    return call;
  }

  /** The next call that rings here. */
  async nextCall(timeoutMs?: number): Promise<TestCall> {
    await eventually('a call', () => this.incoming.length > 0, timeoutMs);
    return this.incoming.shift() as TestCall;
  }

  async requestIn(
    session: Session,
    method: string,
    body: string,
    contentType: string,
    more: readonly (readonly [string, string])[] = [],
  ): Promise<{ status: number; body: string }> {
    const { dialog } = session as unknown as { dialog: Dialog };
    dialog.flow = this.flow;
    const type = contentType === '' ? [] : [['Content-Type', contentType] as const];
    const headers = [['Contact', `<${this.contact}>`] as const, ...type, ...more];
    const request = dialog.createRequest(method, { body, headers });
    const response = await this.#send(request);
    if (method === 'INVITE' && response.status < 300) {
      this.flow.send(serialise(dialog.createRequest('ACK', { seq: request.cseq.number })));
    }
    return { status: response.status, body: response.body };
  }

  /** Closes calls, socket and timers. */
  async close(): Promise<void> {
    this.#layer.close();
    for (const session of [...this.#sessions.values()]) session.abandon();
    await Promise.all([...this.#calls, ...this.incoming].map((call) => call.media.close()));
    const flow = this.#flow;
    if (flow === undefined || !flow.isOpen) return;
    const closed = new Promise((resolve) => flow.socket.once('close', resolve));
    flow.close();
    await closed;
  }

  #send(request: SipRequest): Promise<SipResponse> {
    return new Promise((resolve, reject) => {
      this.#layer.send(request, this.flow, {
        onFinal: resolve,
        onFailed: (why) => reject(new Error(`${request.method}: ${why}`)),
      });
    });
  }

  #registerHeaders(expiresS: number): (readonly [string, string])[] {
    const { instance } = this.options;
    const params = instance === undefined ? '' : `;+sip.instance="${instance}";reg-id=1`;
    return [['Contact', `<${this.contact}>${params};expires=${expiresS}`]];
  }

  #ringing(transaction: InviteServerTransaction, flow: SipFlow): void {
    const session = new IncomingSession(this.#context, 'pbx', transaction, flow);
    this.#invites.set(transaction, session);
    const call = new TestCall(this, session);
    this.incoming.push(call);
    this.#calls.push(call);
    session.ring();
  }

  #cancel(request: SipRequest, flow: SipFlow, respond: (response: SipResponse) => boolean): void {
    respond(createResponse(request, 200));
    const invite = this.#layer.inviteOf(request, flow);
    if (invite !== undefined) this.#invites.get(invite)?.handleCancel();
  }
}

const noEvents = { onRinging: () => {}, onAnswered: () => {}, onRejected: () => {} };
