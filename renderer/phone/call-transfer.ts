import type { RTCSession } from 'jssip/lib/RTCSession';
import type { URI } from 'jssip/lib/URI';
import type { CallTransfer } from './phone-types.ts';

/** What JsSIP tells of a REFER: its refusal has a response, a NOTIFY's sipfrag a status line. */
interface ReferNews {
  readonly response?: { readonly status_code?: number } | null;
  readonly status_line?: { readonly status_code?: number };
}

/**
 * Asks the far end's server to connect the call to `address` (RFC 3515), which is `to` for people; with `replaces` to the far end of that other call
 * (RFC 3891). `tell` hears how it goes; the call itself stays until the server ends it.
 */
export function transferCall(
  session: RTCSession,
  { to, address }: { readonly to: string; readonly address: string | URI },
  tell: (transfer: CallTransfer) => void,
  replaces?: RTCSession,
): void {
  const fail = (status: number | undefined) => tell({ to, status: 'failed', failure: transferFailure(status) });
  tell({ to, status: 'asked', failure: null });
  session.refer(address, {
    ...(replaces === undefined ? {} : { replaces }),
    eventHandlers: {
      requestFailed: ({ response }: ReferNews) => fail(response?.status_code),
      accepted: () => tell({ to, status: 'done', failure: null }),
      failed: ({ status_line: line }: ReferNews) => fail(line?.status_code),
    },
  });
}

/** Why a transfer was not made, by the final status of the REFER or of the call that it asked for. */
export function transferFailure(status: number | undefined): NonNullable<CallTransfer['failure']> {
  switch (status) {
    case 486:
    case 600:
      return 'busy';
    case 408:
    case 480:
    case 487:
      return 'no-answer';
    case 404:
    case 484:
    case 603:
    case 604:
      return 'not-possible';
    case 481:
      return 'call-gone';
    default:
      return 'failed';
  }
}
