import type { PbxAccount } from '../../shared/bridge/pbx.ts';
import type { IncomingSession } from '../sip/session/incoming.ts';

/** Who a call shows as its caller; an empty number is a withheld one. */
export interface CallerIdentity {
  readonly number: string;
  readonly name: string;
}

const NUMBER = /^\+?[0-9*#]{1,20}$/;

/**
 * A person's call shows their extension. The tester's call shows whom it plays: the header `X-Dialtree-Caller`
 * (a number, or `anonymous`), else a number as display name of From, else `tester`.
 */
export function callerIdentity(session: IncomingSession, account: PbxAccount): CallerIdentity {
  if (account.personId !== undefined) return { number: account.user, name: account.displayName };
  const displayName = session.request.from.displayName.slice(0, 100);
  const wanted = session.request.headers.get('X-Dialtree-Caller')?.trim() ?? '';
  if (wanted.toLowerCase() === 'anonymous') return { number: '', name: '' };
  if (NUMBER.test(wanted)) return { number: wanted, name: displayName };
  const asNumber = displayName.replace(/[\s()-]/g, '');
  if (NUMBER.test(asNumber)) return { number: asNumber, name: '' };
  return { number: account.user, name: displayName === '' ? account.displayName : displayName };
}
