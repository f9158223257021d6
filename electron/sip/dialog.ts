import { SipHeaders } from './headers.ts';
import { newBranch, newTag } from './ids.ts';
import { SipRequest, type SipResponse } from './message.ts';
import { parseNameAddr } from './name-addr.ts';
import type { SipFlow } from './transport.ts';

/** Everything a dialog is made of (RFC 3261 12). */
interface DialogState {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  /** From/To values of our side and theirs, without tag. */
  readonly local: string;
  readonly remote: string;
  readonly routeSet: readonly string[];
  remoteTarget: string;
  localSeq: number;
  remoteSeq: number | undefined;
  flow: SipFlow;
}

/** A peer-to-peer SIP relationship: numbering of requests, where they go, and which flow carries them. */
export class Dialog {
  readonly #state: DialogState;

  constructor(state: DialogState) {
    this.#state = state;
  }

  /** RFC 3261 12.1.1: a dialog from an INVITE, or a SUBSCRIBE (RFC 6665 4.4.1), that this side answers. */
  static fromInvite(invite: SipRequest, flow: SipFlow, localTag = newTag()): Dialog {
    return new Dialog({
      callId: invite.callId,
      localTag,
      remoteTag: invite.fromTag ?? '',
      local: withoutTag(invite.headers.get('To') ?? ''),
      remote: withoutTag(invite.headers.get('From') ?? ''),
      routeSet: invite.headers.list('Record-Route'),
      remoteTarget: contactUri(invite) ?? invite.from.uri,
      localSeq: 0,
      remoteSeq: invite.cseq.number,
      flow,
    });
  }

  /** RFC 3261 12.1.2: a dialog from the response to an INVITE that this side sent. */
  static fromResponse(invite: SipRequest, response: SipResponse, flow: SipFlow): Dialog {
    return new Dialog({
      callId: invite.callId,
      localTag: invite.fromTag ?? '',
      remoteTag: response.toTag ?? '',
      local: withoutTag(invite.headers.get('From') ?? ''),
      remote: withoutTag(invite.headers.get('To') ?? ''),
      routeSet: response.headers.list('Record-Route').reverse(),
      remoteTarget: contactUri(response) ?? invite.uri,
      localSeq: invite.cseq.number,
      remoteSeq: undefined,
      flow,
    });
  }

  get id(): string {
    return dialogId(this.#state.callId, this.#state.localTag, this.#state.remoteTag);
  }

  get callId(): string {
    return this.#state.callId;
  }

  get localTag(): string {
    return this.#state.localTag;
  }

  get remoteTag(): string {
    return this.#state.remoteTag;
  }

  get remoteTarget(): string {
    return this.#state.remoteTarget;
  }

  get flow(): SipFlow {
    return this.#state.flow;
  }

  set flow(flow: SipFlow) {
    this.#state.flow = flow;
  }

  /** RFC 3261 12.2.1.1: a request inside the dialog. `seq` only for an ACK, which reuses the INVITE's number. */
  createRequest(
    method: string,
    options: { body?: string; headers?: readonly (readonly [string, string])[]; seq?: number } = {},
  ): SipRequest {
    const state = this.#state;
    const seq = options.seq ?? ++state.localSeq;
    const via = `SIP/2.0/${state.flow.protocol} ${state.flow.localAddress};branch=${newBranch()};rport`;
    const headers = new SipHeaders()
      .append('Via', via)
      .append('Max-Forwards', '70')
      .append('From', `${state.local};tag=${state.localTag}`)
      .append('To', state.remoteTag === '' ? state.remote : `${state.remote};tag=${state.remoteTag}`)
      .append('Call-ID', state.callId)
      .append('CSeq', `${seq} ${method}`);
    for (const route of state.routeSet) headers.append('Route', route);
    for (const [name, value] of options.headers ?? []) headers.append(name, value);
    return new SipRequest(method, state.remoteTarget, headers, options.body ?? '');
  }

  /** A request of the dialog was sent with a number of its own: the next has a higher one. */
  noteSent(request: SipRequest): void {
    this.#state.localSeq = Math.max(this.#state.localSeq, request.cseq.number);
  }

  /**
   * RFC 3261 12.2.2: checks the order of a request from the far end and takes it into account.
   * False: its CSeq is lower than one already seen, answer 500.
   */
  accept(request: SipRequest): boolean {
    const state = this.#state;
    if (request.method !== 'ACK') {
      if (state.remoteSeq !== undefined && request.cseq.number <= state.remoteSeq) return false;
      state.remoteSeq = request.cseq.number;
    }
    // RFC 3261 12.2.2, RFC 3311 5.2, RFC 6665 4.4.1: these refresh the target.
    if (['INVITE', 'UPDATE', 'SUBSCRIBE'].includes(request.method)) {
      state.remoteTarget = contactUri(request) ?? state.remoteTarget;
    }
    return true;
  }
}

/** Key of a dialog as this side sees it (RFC 3261 12). */
export function dialogId(callId: string, localTag: string, remoteTag: string): string {
  return `${callId} ${localTag} ${remoteTag}`;
}

function withoutTag(value: string): string {
  const end = value.lastIndexOf('>');
  return value.slice(0, end + 1) + value.slice(end + 1).replace(/;\s*tag\s*=\s*[^;\s]*/i, '');
}

function contactUri(message: SipRequest | SipResponse): string | undefined {
  const first = message.headers.list('Contact')[0];
  return first === undefined ? undefined : parseNameAddr(first)?.uri;
}
