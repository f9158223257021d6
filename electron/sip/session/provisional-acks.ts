import type { SipResponse } from '../message.ts';

/** Which reliable provisional responses of one INVITE are acknowledged, in one dialog (RFC 3262 4). */
export class ProvisionalAcks {
  #last: number | undefined;

  /**
   * Value of RAck for the PRACK to send. Undefined: the response is not sent reliably, came before, or one before it
   * is missing; then it will come again.
   */
  next(response: SipResponse): string | undefined {
    const text = response.headers.get('RSeq') ?? '';
    if (response.status === 100 || !response.headers.list('Require').includes('100rel')) return undefined;
    if (!/^\d{1,10}$/.test(text) || Number(text) === 0) return undefined;
    const number = Number(text);
    if (this.#last !== undefined && number !== this.#last + 1) return undefined;
    this.#last = number;
    return `${number} ${response.cseq.number} INVITE`;
  }
}
