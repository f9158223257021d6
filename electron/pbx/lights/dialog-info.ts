import type { EventPackage } from '../../sip/subscriptions/event-package.ts';
import { formatSipUri } from '../../sip/uri.ts';
import type { BoardCall, CallBoard } from './call-board.ts';
import { element, XML_HEAD } from './xml.ts';

/** Name of the event (RFC 4235). */
export const DIALOG_EVENT = 'dialog';

export interface DialogPackageContext {
  readonly board: Pick<CallBoard, 'callsOf'>;
  readonly realm: string;
  readonly hasAccount: (user: string) => boolean;
}

/** The event package `dialog` (RFC 4235): the calls of a colleague, told to anyone who has an account here. */
export function dialogPackage({ board, realm, hasAccount }: DialogPackageContext): EventPackage {
  return {
    name: DIALOG_EVENT,
    contentType: 'application/dialog-info+xml',
    find: (_watcher, target) => (hasAccount(target) ? { resource: target } : { status: 404 }),
    writer(user) {
      const entity = formatSipUri({ user, host: realm });
      let version = 0;
      /** Calls that were told as going on: their end is told once. */
      let told: readonly BoardCall[] = [];
      return () => {
        const calls = board.callsOf(user);
        const ended = told
          .filter(({ id }) => !calls.some((call) => call.id === id))
          .map((call) => ({ ...call, phase: 'terminated' as const, caller: undefined }));
        told = calls;
        return dialogInfo(entity, version++, [...calls, ...ended]);
      };
    },
  };
}

/** A document with the full state (RFC 4235 4.1). */
export function dialogInfo(entity: string, version: number, calls: readonly BoardCall[]): string {
  const attributes = { xmlns: 'urn:ietf:params:xml:ns:dialog-info', version: String(version), state: 'full', entity };
  return `${XML_HEAD}${element('dialog-info', attributes, calls.map((call) => dialog(call, entity)).join(''))}\r\n`;
}

function dialog({ id, direction, phase, caller, alias }: BoardCall, entity: string): string {
  // Local is the end of who is watched: whom a call came to has given the To tag.
  const [localTag, remoteTag] = direction === 'recipient' ? [alias.toTag, alias.fromTag] : [alias.fromTag, alias.toTag];
  const attributes = { id, 'call-id': alias.callId, 'local-tag': localTag, 'remote-tag': remoteTag, direction };
  const remote =
    caller === undefined
      ? ''
      : element(
          'remote',
          {},
          element('identity', caller.displayName === '' ? {} : { display: caller.displayName }, { text: caller.uri }) +
            element('target', { uri: caller.uri }, ''),
        );
  const local = element(
    'local',
    {},
    element('identity', {}, { text: entity }) + element('target', { uri: entity }, ''),
  );
  return element('dialog', attributes, element('state', {}, { text: phase }) + local + remote);
}
