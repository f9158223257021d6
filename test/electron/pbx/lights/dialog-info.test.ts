// @vitest-environment jsdom
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dialogInfo } from '../../../../electron/pbx/lights/dialog-info.ts';

const alias = { callId: 'c', toTag: 't', fromTag: 'f' };
const parse = (text: string) => new DOMParser().parseFromString(text, 'application/xml');

test('[LD5] whatever a caller is called, the document can be read, and says it', () => {
  const text = fc.string({ unit: 'binary', maxLength: 20 });
  fc.assert(
    fc.property(text, text, (displayName, uri) => {
      const caller = { displayName, uri, params: new Map() };
      const call = { id: 'c1', direction: 'recipient', phase: 'early', caller, alias } as const;
      const document = parse(dialogInfo('sip:101@dialtree.test', 3, [call]));
      expect(document.querySelector('parsererror')).toBeNull();
      const identity = document.querySelector('remote identity');
      const isPlain = /^[\p{L}\p{N}\p{P}\p{S} ]*$/u.test(displayName + uri);
      if (isPlain && displayName !== '') expect(identity?.getAttribute('display')).toBe(displayName);
      if (isPlain) expect(identity?.textContent).toBe(uri);
      expect(document.querySelector('state')?.textContent).toBe('early');
    }),
  );
});

test('[LD2] local is the end of who is watched', () => {
  const call = { id: 'c1', phase: 'confirmed', caller: undefined, alias } as const;
  const of = (direction: 'initiator' | 'recipient') =>
    parse(dialogInfo('sip:101@dialtree.test', 0, [{ ...call, direction }])).querySelector('dialog');
  expect(of('recipient')?.getAttribute('local-tag')).toBe('t');
  expect(of('initiator')?.getAttribute('local-tag')).toBe('f');
});
