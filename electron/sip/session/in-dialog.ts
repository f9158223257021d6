import type { Dialog } from '../dialog.ts';
import type { DigestClient } from '../digest-client.ts';
import type { SipRequest } from '../message.ts';
import { ProvisionalAcks } from './provisional-acks.ts';
import type { SessionContext } from './session.ts';
import type { Headers, RequestResult } from './session-timer.ts';

/** What requests of a dialog go through. */
export interface DialogSender {
  readonly context: SessionContext;
  readonly dialog: Dialog | undefined;
  /** Answers challenges of the far end: some providers ask who holds or hangs up, too (RFC 3261 22.3). */
  readonly digest: DigestClient | undefined;
}

/** Sends a request of a dialog (RFC 3261 12.2.1); `onResult` hears how it ended, once. */
export function sendInDialog(
  sender: DialogSender,
  method: string,
  options: { readonly headers: Headers; readonly body?: string },
  onResult: (result: RequestResult) => void = () => {},
): void {
  const { context, dialog, digest } = sender;
  if (dialog === undefined || !dialog.flow.isOpen) {
    onResult('transport');
    return;
  }
  const send = (request: SipRequest): void => {
    const acknowledge = () => sendAck(context, dialog, request);
    const acks = new ProvisionalAcks();
    context.layer.send(request, dialog.flow, {
      onFinal: (response) => {
        if (method === 'INVITE' && response.status < 300) acknowledge();
        const again = digest?.answer(request, response);
        if (again === undefined || !dialog.flow.isOpen) {
          onResult(response);
          return;
        }
        dialog.noteSent(again);
        send(again);
      },
      onFailed: onResult,
      onProvisional: (response) => {
        const rack = method === 'INVITE' ? acks.next(response) : undefined;
        if (rack !== undefined) sendPrack(sender, rack);
      },
      ...(method === 'INVITE' ? { onRepeated2xx: acknowledge } : {}),
    });
  };
  send(dialog.createRequest(method, options));
}

/** Acknowledges a reliable provisional response (RFC 3262 4); `rack` is the value of RAck. How it ends changes nothing. */
export function sendPrack(sender: DialogSender, rack: string): void {
  sendInDialog(sender, 'PRACK', { headers: [['RAck', rack]] });
}

/** RFC 3261 13.2.2.4: the ACK to a 2xx is no transaction; it goes to the transport as it is. */
export function sendAck(context: SessionContext, dialog: Dialog, invite: SipRequest): void {
  context.sendRaw(dialog.createRequest('ACK', { seq: invite.cseq.number }), dialog.flow);
}
