import { invariant } from '../../../shared/lib/invariant.ts';
import { Dialog } from '../dialog.ts';
import type { SipRequest } from '../message.ts';
import { createResponse } from '../responses.ts';
import type { InviteServerTransaction } from '../transactions/server-invite.ts';
import type { SipFlow } from '../transport.ts';
import { ALLOWED_METHODS } from './capabilities.ts';
import { Session, type SessionContext } from './session.ts';
import { agreeAsServer } from './session-expires.ts';

/** A call that came in: ring, answer or reject it once (RFC 3261 13.3). */
export class IncomingSession extends Session {
  readonly request: SipRequest;
  protected readonly ownsCallId = false;
  readonly #transaction: InviteServerTransaction;

  constructor(context: SessionContext, user: string, transaction: InviteServerTransaction, flow: SipFlow) {
    super(context, user, transaction.request.uri, transaction.request.callId);
    this.request = transaction.request;
    this.#transaction = transaction;
    this.dialog = Dialog.fromInvite(transaction.request, flow);
    this.negotiation.notePeer(this.request);
    context.register(this);
    this.#respond(100);
    context.noteChange?.(this);
  }

  /** The flow that the call came by. */
  get signallingFlow(): SipFlow {
    return this.#transaction.flow;
  }

  /** 180: the caller's phone plays ringback by itself. */
  ring(): void {
    if (!this.machine.is('starting')) return;
    this.#respond(180, { headers: [this.#contact()] });
    this.noteRinging();
  }

  /** 200 with our answer. */
  answer(sdp: string): void {
    if (!this.machine.is('starting')) return;
    const { headers: agreed, plan } = agreeAsServer(this.request);
    const allow = ['Allow', ALLOWED_METHODS] as const;
    const headers = [this.#contact(), allow, ...agreed, ['Content-Type', 'application/sdp']] as const;
    this.machine.transitionTo('unacknowledged');
    this.context.noteChange?.(this);
    this.#respond(200, { headers, body: sdp });
    this.timer.begin(plan);
    this.awaitAck(() => this.#respond(200, { headers, body: sdp }));
  }

  /** A final error, e.g. 404, 480, 486, 488, 503, 603. */
  reject(status: number, reason?: string, headers: readonly (readonly [string, string])[] = []): void {
    if (!this.machine.is('starting')) return;
    invariant(status >= 300, `a rejection is 300–699, not ${status}`);
    this.#respond(status, { headers, ...(reason === undefined ? {} : { reason }) });
    this.end({ by: 'local', cause: `rejected-${status}` });
  }

  /** The caller gave up (RFC 3261 9.2): 487 unless it is already answered. */
  handleCancel(): void {
    if (!this.machine.is('starting')) return;
    this.#respond(487);
    this.end({ by: 'remote', cause: 'cancel' });
  }

  override bye(reason: string): void {
    if (this.machine.is('starting')) this.reject(480, undefined, [['Reason', reason]]);
    else super.bye(reason);
  }

  #contact(): readonly [string, string] {
    return ['Contact', this.context.contactFor(this.#transaction.flow)];
  }

  #respond(
    status: number,
    options: { reason?: string; headers?: readonly (readonly [string, string])[]; body?: string } = {},
  ): void {
    const toTag = this.dialog?.localTag ?? '';
    this.#transaction.respond(createResponse(this.request, status, { ...options, toTag }));
  }
}
