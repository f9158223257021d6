import type { ColleagueCall } from './lights-store.ts';

const NAMESPACE = 'urn:ietf:params:xml:ns:dialog-info';
const STATES = ['trying', 'proceeding', 'early', 'confirmed', 'terminated'] as const;

/** Calls that a document tells of, and whether these are all there are (RFC 4235 4.1). */
export interface DialogInfo {
  readonly isFull: boolean;
  readonly calls: readonly ColleagueCall[];
}

/** Reads `application/dialog-info+xml`; null when it cannot be read. */
export function parseDialogInfo(text: string): DialogInfo | null {
  const { documentElement: root } = new DOMParser().parseFromString(text, 'application/xml');
  if (root.namespaceURI !== NAMESPACE || root.localName !== 'dialog-info') return null;
  const dialogs = [...root.children].filter(({ localName }) => localName === 'dialog');
  return { isFull: root.getAttribute('state') === 'full', calls: dialogs.flatMap(readDialog) };
}

/** The calls that go on after a document, given those before it. */
export function callsAfter(before: readonly ColleagueCall[], { isFull, calls }: DialogInfo): readonly ColleagueCall[] {
  const kept = isFull ? [] : before.filter(({ id }) => !calls.some((call) => call.id === id));
  return [...kept, ...calls].filter(({ state }) => state !== 'terminated');
}

function readDialog(dialog: Element): ColleagueCall[] {
  const id = dialog.getAttribute('id');
  const state = STATES.find((name) => name === child(dialog, 'state')?.textContent?.trim());
  if (id === null || state === undefined) return [];
  const [callId, localTag, remoteTag] = ['call-id', 'local-tag', 'remote-tag'].map((name) => dialog.getAttribute(name));
  return [
    {
      id,
      state,
      isIncoming: dialog.getAttribute('direction') === 'recipient',
      caller: readCaller(child(child(dialog, 'remote'), 'identity')),
      // RFC 3891 6.1: seen from who is rung, the local tag is that of To.
      replaces: callId && localTag && remoteTag ? `${callId};to-tag=${localTag};from-tag=${remoteTag}` : null,
    },
  ];
}

function readCaller(identity: Element | undefined): ColleagueCall['caller'] {
  const uri = identity?.textContent?.trim() ?? '';
  if (uri === '') return null;
  const user = /^sips?:([^@;?]*)@/i.exec(uri)?.[1] ?? '';
  const name = identity?.getAttribute('display') ?? '';
  return { number: user === 'anonymous' ? '' : decoded(user), name: user === 'anonymous' ? '' : name };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function child(element: Element | undefined, name: string): Element | undefined {
  return element && [...element.children].find(({ localName }) => localName === name);
}
