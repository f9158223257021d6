import type { Dialog } from '../dialog.ts';
import type { DigestClient } from '../digest-client.ts';
import type { SipRequest } from '../message.ts';
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
  { context, dialog, digest }: DialogSender,
  method: string,
  options: { readonly headers: Headers; readonly body?: string },
  onResult: (result: RequestResult) => void = () => {},
): void {
  if (dialog === undefined || !dialog.flow.isOpen) {
    onResult('transport');
    return;
  }
  const send = (request: SipRequest): void => {
    const acknowledge = () => sendAck(context, dialog, request);
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
      ...(method === 'INVITE' ? { onRepeated2xx: acknowledge } : {}),
    });
  };
  send(dialog.createRequest(method, options));
}

/** RFC 3261 13.2.2.4: the ACK to a 2xx is no transaction; it goes to the transport as it is. */
export function sendAck(context: SessionContext, dialog: Dialog, invite: SipRequest): void {
  context.sendRaw(dialog.createRequest('ACK', { seq: invite.cseq.number }), dialog.flow);
}
