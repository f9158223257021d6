import { Dialog } from '../dialog.ts';
import type { SipRequest, SipResponse } from '../message.ts';
import type { SipFlow } from '../transport.ts';
import { ProvisionalAcks } from './provisional-acks.ts';
import { hasTags, type Replaces } from './replaces.ts';

/** A far end behind a forking proxy makes a few; more are not remembered. */
const MAX_DIALOGS = 20;

interface EarlyDialog {
  readonly dialog: Dialog;
  readonly acks: ProvisionalAcks;
  /** The answer that a reliable response brought; empty when none did. */
  answer: string;
}

/** The early dialogs of one INVITE that this side sent: one for each phone that answered provisionally (RFC 3261 12.1). */
export class EarlyDialogs {
  /** By To tag. */
  readonly #dialogs = new Map<string, EarlyDialog>();

  /**
   * Takes note of a provisional response. When it is to be acknowledged, gives the dialog and the value of RAck for the
   * PRACK (RFC 3262 4).
   */
  note(invite: SipRequest, response: SipResponse, flow: SipFlow): { dialog: Dialog; rack: string } | undefined {
    const { status, toTag, body } = response;
    if (status === 100 || toTag === undefined) return undefined;
    let early = this.#dialogs.get(toTag);
    if (early === undefined) {
      if (this.#dialogs.size >= MAX_DIALOGS) return undefined;
      early = { dialog: Dialog.fromResponse(invite, response, flow), acks: new ProvisionalAcks(), answer: '' };
      this.#dialogs.set(toTag, early);
    }
    const rack = early.acks.next(response);
    if (rack === undefined) return undefined;
    if (early.answer === '' && response.contentType === 'application/sdp') early.answer = body;
    return { dialog: early.dialog, rack };
  }

  /** The dialog of a 2xx, which goes on from its early form when it had one (RFC 3261 13.2.2.4), and the answer. */
  confirm(invite: SipRequest, response: SipResponse, flow: SipFlow): { dialog: Dialog; answer: string } {
    const early = this.#dialogs.get(response.toTag ?? '');
    this.#dialogs.clear();
    if (early === undefined) return { dialog: Dialog.fromResponse(invite, response, flow), answer: response.body };
    early.dialog.confirm(response);
    // RFC 3262 5: an answer that came reliably is the answer; a 2xx need not repeat it.
    return { dialog: early.dialog, answer: response.body === '' ? early.answer : response.body };
  }

  /** Whether that is one of them. */
  has(named: Replaces, localTag: string): boolean {
    return [...this.#dialogs.keys()].some((tag) => hasTags(named, localTag, tag));
  }

  /** The INVITE is sent anew, or is over. */
  clear(): void {
    this.#dialogs.clear();
  }
}
