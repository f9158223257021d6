import type { Dialog } from '../dialog.ts';
import type { SipRequest } from '../message.ts';
import type { SessionContext } from './session.ts';
import type { Headers, RequestResult } from './session-timer.ts';

/** Sends a request of a dialog (RFC 3261 12.2.1); `onResult` hears how it ended, once. */
export function sendInDialog(
  context: SessionContext,
  dialog: Dialog | undefined,
  method: string,
  options: { readonly headers: Headers; readonly body?: string },
  onResult: (result: RequestResult) => void = () => {},
): void {
  if (dialog === undefined || !dialog.flow.isOpen) {
    onResult('transport');
    return;
  }
  const request = dialog.createRequest(method, options);
  const acknowledge = () => sendAck(context, dialog, request);
  context.layer.send(request, dialog.flow, {
    onFinal: (response) => {
      if (method === 'INVITE' && response.status < 300) acknowledge();
      onResult(response);
    },
    onFailed: onResult,
    ...(method === 'INVITE' ? { onRepeated2xx: acknowledge } : {}),
  });
}

/** RFC 3261 13.2.2.4: the ACK to a 2xx is no transaction; it goes to the transport as it is. */
export function sendAck(context: SessionContext, dialog: Dialog, invite: SipRequest): void {
  context.sendRaw(dialog.createRequest('ACK', { seq: invite.cseq.number }), dialog.flow);
}
