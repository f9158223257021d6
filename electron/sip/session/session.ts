import type { Clock } from '../../../shared/lib/clock.ts';
import type { Logger } from '../../../shared/lib/logger.ts';
import { TimerSet } from '../../../shared/lib/timer-set.ts';
import { isSecureUri } from '../contact.ts';
import type { Dialog } from '../dialog.ts';
import type { DigestClient } from '../digest-client.ts';
import type { SipRequest } from '../message.ts';
import { createResponse } from '../responses.ts';
import { StateMachine } from '../state-machine.ts';
import { T1_MS, T2_MS } from '../timers.ts';
import type { ServerTransaction, TransactionLayer } from '../transactions/layer.ts';
import type { SipFlow } from '../transport.ts';
import { parseSipUri } from '../uri.ts';
import { ALLOWED_METHODS } from './capabilities.ts';
import { type DialogSender, sendInDialog } from './in-dialog.ts';
import { Negotiation, type NegotiationHost } from './negotiation.ts';
import { answerRefer } from './refer.ts';
import { hasTags, type Replaces } from './replaces.ts';
import { glareDelayMs, SessionTimer } from './session-timer.ts';

/** How a session ended. */
export interface SessionEnd {
  /** `remote`: the far end hung up or cancelled. `local`: we did. `lost`: connection gone or no ACK. */
  readonly by: 'remote' | 'local' | 'lost';
  /** For logs, e.g. `bye`, `cancel`, `connection-lost`, `no-ack`. */
  readonly cause: string;
}

/** What a session tells its owner. */
export interface SessionEvents {
  /**
   * An offer within the session (hold, resume, ICE restart). Gives the answer; a rejection becomes a 488.
   * `null`: the far end asks for our offer; the current description is given.
   */
  onOffer(sdp: string | null): Promise<string>;
  /** An INFO; false when its type is not understood (415). */
  onInfo(contentType: string, body: string): boolean;
  /**
   * The far end wants to transfer the call to that user (RFC 3515), or to whom it talks with in another call
   * (`replaces`, RFC 3891). Gives what to do once it is accepted, which is told
   * how it goes: the final status of the call to that user, once. Undefined, or nobody who listens, declines it.
   */
  onRefer?(user: string, replaces: Replaces | undefined): ((tell: (status: number) => void) => void) | undefined;
  /** The session is over; nothing comes after it. */
  onEnded(end: SessionEnd): void;
}

/** What sessions need of the user agent they live in. */
export interface SessionContext {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly layer: TransactionLayer;
  /** How long a lost connection may take to come back, ms. */
  readonly reconnectGraceMs: number;
  /** Sends a request that is no transaction: the ACK to a 2xx. */
  sendRaw(request: SipRequest, flow: SipFlow): void;
  /** Our Contact on a flow, `<sip:…>`; `secure`: `<sips:…>`. */
  contactFor(flow: SipFlow, secure?: boolean): string;
  /** Numbers from 0 to just before 1; `Math.random` where there is none. */
  readonly random?: () => number;
  /** Makes the session reachable for requests of its dialog, or forgets it. */
  register(session: Session): void;
  forget(session: Session): void;
  /** The `phase` of a session has changed. */
  noteChange?(session: Session): void;
}

/** How far a call is, as others are told (RFC 4235 3.7.1). */
export type SessionPhase = 'trying' | 'early' | 'confirmed' | 'terminated';

export type SessionState = 'starting' | 'unacknowledged' | 'confirmed' | 'ended';

/**
 * One INVITE usage (RFC 3261 13–15): the part that both directions share once there is a dialog.
 *
 *     starting ──2xx sent──> unacknowledged ──ACK──> confirmed ──BYE / lost──> ended
 *         └──2xx received, ACK sent─────────────────────┘
 */
export abstract class Session {
  /** Authenticated user at the far end. */
  readonly user: string;
  readonly callId: string;
  protected readonly context: SessionContext;
  protected readonly digest: DigestClient | undefined;
  protected readonly timers: TimerSet;
  protected readonly machine = new StateMachine<SessionState>('starting', {
    starting: ['unacknowledged', 'confirmed', 'ended'],
    unacknowledged: ['confirmed', 'ended'],
    confirmed: ['ended'],
    ended: [],
  });
  protected readonly timer: SessionTimer;
  protected readonly negotiation: Negotiation;
  /** Whether this end chose the Call-ID (RFC 3261 14.1). */
  protected abstract readonly ownsCallId: boolean;
  protected dialog: Dialog | undefined;
  #rings = false;
  #events: SessionEvents | undefined;
  /** Hung up before the ACK: RFC 3261 15 makes the BYE wait for it. */
  #byeOnAck: string | undefined;

  /** `uri` is that of the INVITE; `digest` answers challenges of requests within the dialog. */
  constructor(context: SessionContext, user: string, uri: string, callId: string, digest?: DigestClient) {
    const contactFor: SessionContext['contactFor'] = (flow) => context.contactFor(flow, isSecureUri(uri));
    this.context = { ...context, contactFor };
    this.digest = digest;
    this.user = user;
    this.callId = callId;
    this.timers = new TimerSet(context.clock);
    this.timer = new SessionTimer(this.timers, {
      refresh: (headers) => void this.negotiation.refresh(headers),
      expire: () => {
        this.#sendBye('SIP;cause=408;text="Session expired"');
        this.end({ by: 'lost', cause: 'session-expired' });
      },
      glareDelayMs: () => glareDelayMs(this.ownsCallId, (context.random ?? Math.random)()),
    });
    this.negotiation = new Negotiation(this.#host());
  }

  get state(): SessionState {
    return this.machine.state;
  }

  get phase(): SessionPhase {
    if (this.machine.is('starting')) return this.#rings ? 'early' : 'trying';
    return this.machine.is('ended') ? 'terminated' : 'confirmed';
  }

  get dialogId(): string | undefined {
    return this.dialog?.id;
  }

  /** Flow that the session is on now. */
  get flow(): SipFlow | undefined {
    return this.dialog?.flow;
  }

  /** Where the far end said it is reached; empty before there is a dialog. */
  get remoteTarget(): string {
    return this.dialog?.remoteTarget ?? '';
  }

  /** Whether this is the dialog that is named; who named it may have seen it from either end (RFC 3891 3). */
  isDialog(named: Replaces): boolean {
    if (this.dialog === undefined || named.callId !== this.callId) return false;
    return hasTags(named, this.dialog.localTag, this.dialog.remoteTag);
  }

  setEvents(events: SessionEvents): void {
    this.#events = events;
  }

  /** Hangs up. `reason` is a Reason header value (RFC 3326), e.g. `Q.850;cause=16`. */
  bye(reason: string): void {
    if (this.machine.is('unacknowledged')) {
      if (this.#byeOnAck === undefined) this.#byeOnAck = reason;
      this.notifyEnded({ by: 'local', cause: 'bye' });
      return;
    }
    if (!this.machine.is('confirmed')) return;
    this.#sendBye(reason);
    this.end({ by: 'local', cause: 'bye' });
  }

  /** A request of this dialog from the far end; ACK comes with a null transaction. */
  handleRequest(request: SipRequest, transaction: ServerTransaction | null, flow: SipFlow): void {
    const dialog = this.dialog;
    if (dialog === undefined || this.machine.is('ended')) {
      transaction?.respond(createResponse(request, 481));
      return;
    }
    this.#adoptFlow(flow);
    if (request.method === 'ACK') {
      this.#handleAck();
      return;
    }
    if (transaction === null) return;
    // RFC 3261 12.2.2: a lower sequence number is out of order.
    if (!dialog.accept(request)) {
      transaction.respond(createResponse(request, 500, { reason: 'Out of order' }));
      return;
    }
    switch (request.method) {
      case 'BYE':
        transaction.respond(createResponse(request, 200));
        this.end({ by: 'remote', cause: 'bye' });
        return;
      case 'INVITE':
      case 'UPDATE':
        this.negotiation.handle(request, transaction, flow);
        return;
      case 'INFO': {
        const known = this.#events?.onInfo(request.contentType, request.body) ?? false;
        const accept = ['Accept', 'application/dtmf-relay, application/dtmf'] as const;
        transaction.respond(known ? createResponse(request, 200) : createResponse(request, 415, { headers: [accept] }));
        return;
      }
      case 'REFER':
        this.#handleRefer(request, transaction);
        return;
      case 'OPTIONS':
        transaction.respond(createResponse(request, 200, { headers: [['Allow', ALLOWED_METHODS]] }));
        return;
      default:
        transaction.respond(createResponse(request, 405, { headers: [['Allow', ALLOWED_METHODS]] }));
    }
  }

  /** The connection is gone. An established session waits for it to come back; any other ends. */
  handleFlowClosed(flow: SipFlow): void {
    if (this.flow !== flow || this.machine.is('ended')) return;
    if (!this.machine.is('confirmed')) {
      this.end({ by: 'lost', cause: 'connection-lost' });
      return;
    }
    this.context.logger.log('info', 'sip.connection-lost', { user: this.user });
    this.timers.set('reconnect', this.context.reconnectGraceMs, () =>
      this.end({ by: 'lost', cause: 'connection-lost' }),
    );
  }

  /** The same phone (same Contact) registered on a new connection: requests to it go there now. */
  handleReRegistered(contact: string, flow: SipFlow): void {
    // JsSIP adds ";ob" to the Contact of a dialog, so parameters do not count.
    const [ours, theirs] = [parseSipUri(this.remoteTarget), parseSipUri(contact)];
    if (ours === undefined || theirs === undefined || this.machine.is('ended')) return;
    if (ours.user === theirs.user && ours.host === theirs.host) this.#adoptFlow(flow);
  }

  /** The whole server stops: there is no time to wait for an ACK or an answer. */
  abandon(): void {
    if (this.machine.is('unacknowledged', 'confirmed')) this.#sendBye(this.#byeOnAck ?? 'Q.850;cause=16');
    this.end({ by: 'local', cause: 'stopped' });
  }

  /** Retransmits a 2xx until its ACK comes (RFC 3261 13.3.1.4), on reliable transports too. */
  protected awaitAck(resend: () => void): void {
    this.timers.repeat('2xx', T1_MS, T2_MS, resend);
    this.timers.set('no-ack', 64 * T1_MS, () => {
      this.timers.cancel('2xx');
      if (this.machine.is('unacknowledged')) this.machine.transitionTo('confirmed');
      this.#sendBye('SIP;cause=408;text="No ACK"');
      this.end({ by: 'lost', cause: 'no-ack' });
    });
  }

  protected end(end: SessionEnd): void {
    if (this.machine.is('ended')) return;
    this.machine.transitionTo('ended');
    this.timers.clear();
    this.context.forget(this);
    this.context.noteChange?.(this);
    this.notifyEnded(end);
  }

  /** A phone rings now. */
  protected noteRinging(): void {
    if (this.#rings || !this.machine.is('starting')) return;
    this.#rings = true;
    this.context.noteChange?.(this);
  }

  protected notifyEnded(end: SessionEnd): void {
    const events = this.#events;
    this.#events = undefined;
    events?.onEnded(end);
  }

  #handleAck(): void {
    this.timers.cancel('2xx');
    this.timers.cancel('no-ack');
    if (!this.machine.is('unacknowledged')) return;
    this.machine.transitionTo('confirmed');
    if (this.#byeOnAck !== undefined) this.bye(this.#byeOnAck);
  }

  #host(): NegotiationHost {
    const session = this;
    return {
      context: this.context,
      user: this.user,
      timer: this.timer,
      get flow() {
        return session.flow;
      },
      get state() {
        return session.state;
      },
      offer: (sdp) => this.#events?.onOffer(sdp),
      awaitAck: (resend) => this.awaitAck(resend),
      send: (method, options, onResult) =>
        sendInDialog(this.#sender, method, options, (result) => this.machine.is('ended') || onResult(result)),
    };
  }

  #handleRefer(request: SipRequest, transaction: ServerTransaction): void {
    const events = this.machine.is('confirmed') ? this.#events : undefined;
    const contact = ['Contact', this.context.contactFor(transaction.flow)] as const;
    answerRefer(request, transaction, contact, {
      begin: (user, replaces) => events?.onRefer?.(user, replaces),
      notify: (headers, body) => {
        if (this.machine.is('confirmed')) sendInDialog(this.#sender, 'NOTIFY', { headers, body });
      },
    });
  }

  #adoptFlow(flow: SipFlow): void {
    const dialog = this.dialog;
    // A datagram may have come from anywhere; answers and requests go where the dialog began.
    if (dialog === undefined || !flow.isOpen || !flow.reliable) return;
    if (dialog.flow !== flow) {
      dialog.flow = flow;
      this.context.logger.log('info', 'sip.connection-restored', { user: this.user });
    }
    this.timers.cancel('reconnect');
  }

  #sendBye(reason: string): void {
    sendInDialog(this.#sender, 'BYE', { headers: [['Reason', reason]] });
  }

  get #sender(): DialogSender {
    return { context: this.context, dialog: this.dialog, digest: this.digest };
  }
}
