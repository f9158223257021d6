import { KEYS } from '../../flow/ids.ts';
import type { MenuData } from '../../flow/nodes/menu.ts';
import type { GatherOp } from '../program.ts';
import { extensionMatches } from './extensions.ts';
import { DEFAULT_RINGS, type NodeScope } from './scope.ts';
import type { Lower } from './table.ts';

/** A menu: what may be entered, keys first, and every setting as it is. */
export const lowerMenu: Lower<'menu'> = ({ data }, scope) => {
  report(data, scope);
  return {
    op: 'gather',
    origin: scope.origin,
    ...(scope.keepsTrail && { trail: true }),
    prompt: scope.prompt(data.prompt, 'prompt'),
    ...(data.noInputPrompt && { noInputPrompt: scope.prompt(data.noInputPrompt, 'noInputPrompt') }),
    ...(data.invalidPrompt && { invalidPrompt: scope.prompt(data.invalidPrompt, 'invalidPrompt') }),
    ...(data.lastChancePrompt && { lastChancePrompt: scope.prompt(data.lastChancePrompt, 'lastChancePrompt') }),
    replayAfterError: data.replayAfterError,
    firstDigitTimeoutMs: data.firstDigitTimeoutMs,
    interDigitTimeoutMs: data.interDigitTimeoutMs,
    noInputAttempts: data.noInputAttempts,
    invalidAttempts: data.invalidAttempts,
    ...(data.totalAttempts !== undefined && { totalAttempts: data.totalAttempts }),
    matchMode: data.matchMode,
    bargeIn: data.bargeIn,
    hash: data.hash,
    matches: [...keyMatches(data, scope), ...directDialMatches(data, scope)],
    noInput: scope.exit('no-input'),
    invalid: scope.exit('invalid'),
    error: { output: 'error', to: null },
  };
};

function keyMatches(data: MenuData, scope: NodeScope): GatherOp['matches'] {
  return KEYS.flatMap((digits): GatherOp['matches'] => {
    if (data.keys.includes(digits)) return [{ digits, action: { kind: 'go', exit: scope.exit(`key:${digits}`) } }];
    return data.repeatKeys.includes(digits) ? [{ digits, action: { kind: 'repeat' } }] : [];
  });
}

function directDialMatches({ directDial }: MenuData, scope: NodeScope): GatherOp['matches'] {
  return directDial.kind === 'off' ? [] : extensionMatches(directDial, scope, DEFAULT_RINGS);
}

function report(data: MenuData, scope: NodeScope): void {
  if (data.keys.length + data.repeatKeys.length === 0 && data.directDial.kind === 'off') {
    scope.report('flow/menu-without-keys', 'The menu offers no key: whatever callers press is invalid.');
  }
  for (const key of new Set(data.repeatKeys)) {
    if (data.keys.includes(key)) {
      scope.report('flow/key-twice', `Key ${key} both repeats the menu and leads on: it leads on.`, { key });
    }
  }
  if (data.hash === 'ignored' && (data.keys.includes('#') || data.repeatKeys.includes('#'))) {
    scope.report('flow/hash-ignored', 'Key # has an action, but this menu ignores "#": it never happens.', {
      key: '#',
    });
  }
}
