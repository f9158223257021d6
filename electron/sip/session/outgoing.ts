import { Dialog } from '../dialog.ts';
import type { DigestClient } from '../digest-client.ts';
import { SipHeaders } from '../headers.ts';
import { newBranch, newCallId, newTag } from '../ids.ts';
import { SipRequest, type SipResponse } from '../message.ts';
import { retryOf } from '../retry.ts';
import type { ClientTransaction } from '../transactions/layer.ts';
import type { SipFlow } from '../transport.ts';
import { ALLOWED_METHODS, SUPPORTED_OPTIONS } from './capabilities.ts';
import { hasTags, type Replaces } from './replaces.ts';
import { Session, type SessionContext } from './session.ts';
import { agreedAsClient, askForInterval, minIntervalOf } from './session-expires.ts';

/** Early dialogs that are remembered; a far end behind a forking proxy makes a few. */
const MAX_EARLY = 20;

/** How an outgoing call went on; exactly one of `onAnswered` and `onRejected` comes, once. */
export interface OutgoingEvents {
  onRinging(): void;
  onAnswered(sdp: string): void;
  /** A final error, or 408 for no answer at all and 503 for a lost connection (RFC 3261 8.1.3.1). */
  onRejected(status: number): void;
}

export interface InviteOptions {
  /** Request-URI: the Contact of the binding. */
  readonly target: string;
  /** From and To as name-addr without tag. */
  readonly from: string;
  readonly to: string;
  readonly sdp: string;
  readonly headers?: readonly (readonly [string, string])[];
  /** Answers challenges of the far end; without it they are rejections. */
  readonly digest?: DigestClient | undefined;
}

/** A call that this side makes, over the far end's own connection (RFC 3261 13.2). */
export class OutgoingSession extends Session {
  protected readonly ownsCallId = true;
  #askedAgain = false;
  /** To tags of provisional responses: each made an early dialog (RFC 3261 12.1). */
  readonly #earlyTags = new Set<string>();
  /** Who calls, as the far end is told: a name-addr without tag. */
  readonly from: string;
  readonly #flow: SipFlow;
  readonly #events: OutgoingEvents;
  /** The last that was sent: a challenge makes it be sent again with credentials. */
  #invite: SipRequest;
  #transaction: ClientTransaction | undefined;
  #provisional = false;
  #cancelReason: string | undefined;
  #cancelSent = false;

  constructor(context: SessionContext, user: string, flow: SipFlow, options: InviteOptions, events: OutgoingEvents) {
    const callId = newCallId();
    super(context, user, options.target, callId, options.digest);
    this.from = options.from;
    this.#flow = flow;
    this.#events = events;
    const headers = new SipHeaders()
      .append('Via', `SIP/2.0/${flow.protocol} ${flow.localAddress};branch=${newBranch()};rport`)
      .append('Max-Forwards', '70')
      .append('From', `${options.from};tag=${newTag()}`)
      .append('To', options.to)
      .append('Call-ID', callId)
      .append('CSeq', '1 INVITE')
      .append('Contact', this.context.contactFor(flow))
      .append('Allow', ALLOWED_METHODS)
      .append('Supported', SUPPORTED_OPTIONS.join(', '));
    for (const [name, value] of options.headers ?? []) headers.append(name, value);
    headers.append('Content-Type', 'application/sdp');
    this.#invite = new SipRequest('INVITE', options.target, headers, options.sdp);
  }

  /** Whether this is an early dialog that is named: a phone of the far end rings (RFC 3891 3). */
  isEarlyDialog(named: Replaces): boolean {
    if (!this.machine.is('starting') || named.callId !== this.callId) return false;
    return [...this.#earlyTags].some((tag) => hasTags(named, this.#invite.fromTag ?? '', tag));
  }

  override get flow(): SipFlow {
    return this.dialog?.flow ?? this.#flow;
  }

  start(): void {
    this.context.register(this);
    this.context.noteChange?.(this);
    this.#send();
  }

  /** Gives up before an answer. `reason`: Reason header, e.g. answered elsewhere. After an answer it hangs up. */
  cancel(reason: string): void {
    if (this.machine.is('confirmed')) {
      this.bye(reason);
      return;
    }
    if (!this.machine.is('starting') || this.#cancelReason !== undefined) return;
    this.#cancelReason = reason;
    // RFC 3261 9.1: no CANCEL before a provisional response; it is sent when one comes.
    if (this.#provisional) this.#sendCancel();
  }

  #send(): void {
    this.#transaction = this.context.layer.send(this.#invite, this.#flow, {
      onProvisional: (response) => this.#handleProvisional(response),
      onFinal: (response) => this.#handleFinal(response),
      onFailed: (why) => this.#fail(why === 'timeout' ? 408 : 503),
      onRepeated2xx: () => this.#acknowledge(),
    });
  }

  #sendAgain(invite: SipRequest): void {
    this.#invite = invite;
    this.#provisional = false;
    this.#send();
  }

  #handleProvisional(response: SipResponse): void {
    this.#provisional = true;
    if (response.status > 100 && response.toTag !== undefined && this.#earlyTags.size < MAX_EARLY) {
      this.#earlyTags.add(response.toTag);
    }
    if (this.#cancelReason !== undefined) this.#sendCancel();
    else if (response.status >= 180 && response.status < 190) {
      this.noteRinging();
      this.#events.onRinging();
    }
  }

  #handleFinal(response: SipResponse): void {
    if (response.status === 422 && this.#askAgain(minIntervalOf(response))) return;
    if (response.status >= 300) {
      // Who gave up meanwhile does not ask again.
      const again = this.#cancelReason === undefined ? this.digest?.answer(this.#invite, response) : undefined;
      if (again === undefined) {
        this.#fail(response.status);
        return;
      }
      this.#sendAgain(again);
      return;
    }
    this.dialog = Dialog.fromResponse(this.#invite, response, this.#flow);
    this.machine.transitionTo('confirmed');
    this.context.register(this);
    this.context.noteChange?.(this);
    this.negotiation.notePeer(response);
    this.timer.begin(agreedAsClient(response));
    this.#acknowledge();
    // The 200 crossed our CANCEL on the way: the call stands and must be ended by BYE (RFC 3261 9.1).
    if (this.#cancelReason !== undefined) this.bye(this.#cancelReason);
    else this.#events.onAnswered(response.body);
  }

  #acknowledge(): void {
    const ack = this.dialog?.createRequest('ACK', { seq: this.#invite.cseq.number });
    if (ack === undefined || this.dialog === undefined) return;
    // RFC 3261 13.2.2.4: the ACK to a 2xx is no transaction; it goes to the transport as it is.
    this.context.sendRaw(ack, this.dialog.flow);
  }

  /** RFC 4028 7.3: asks once more, with the interval that the far end wants at least. */
  #askAgain(minIntervalS: number): boolean {
    if (this.#askedAgain || minIntervalS === 0 || this.#cancelReason !== undefined) return false;
    this.#askedAgain = true;
    const again = retryOf(this.#invite);
    for (const [name, value] of askForInterval(minIntervalS, minIntervalS)) again.headers.set(name, value);
    this.digest?.authorize(again);
    this.#sendAgain(again);
    return true;
  }

  #fail(status: number): void {
    if (this.machine.is('ended')) return;
    this.end({ by: 'remote', cause: `rejected-${status}` });
    if (this.#cancelReason === undefined) this.#events.onRejected(status);
  }

  #sendCancel(): void {
    if (this.#cancelSent || this.#transaction === undefined) return;
    this.#cancelSent = true;
    const invite = this.#invite;
    const headers = new SipHeaders()
      .append('Via', invite.headers.get('Via') ?? '')
      .append('Max-Forwards', '70')
      .append('From', invite.headers.get('From') ?? '')
      .append('To', invite.headers.get('To') ?? '')
      .append('Call-ID', invite.callId)
      .append('CSeq', `${invite.cseq.number} CANCEL`)
      .append('Reason', this.#cancelReason ?? 'SIP;cause=487');
    const cancel = new SipRequest('CANCEL', invite.uri, headers);
    this.context.layer.send(cancel, this.#flow, { onFinal: () => {}, onFailed: () => {} });
    // RFC 3261 9.1: no final response within 64*T1 of the CANCEL: the INVITE is taken as cancelled.
    this.timers.set('cancelled', 32_000, () => {
      this.#transaction?.terminate();
      this.#fail(487);
    });
  }
}
