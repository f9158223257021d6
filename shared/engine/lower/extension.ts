import { extensionMatches } from './extensions.ts';
import type { Lower } from './table.ts';

/** XT*: an entry with extensions only, and with ways out for the person who is rung. */
export const lowerExtension: Lower<'extension'> = ({ data }, scope) => {
  const matches = extensionMatches(data.who, scope, data.rings);
  if (matches.length === 0) {
    scope.report(
      'flow/no-extensions',
      'There is no extension that could be entered: whatever callers type is invalid.',
    );
  }
  return {
    op: 'gather',
    origin: scope.origin,
    prompt: scope.prompt(data.prompt, 'prompt'),
    ...(data.noInputPrompt && { noInputPrompt: scope.prompt(data.noInputPrompt, 'noInputPrompt') }),
    ...(data.invalidPrompt && { invalidPrompt: scope.prompt(data.invalidPrompt, 'invalidPrompt') }),
    replayAfterError: true,
    firstDigitTimeoutMs: data.firstDigitTimeoutMs,
    interDigitTimeoutMs: data.interDigitTimeoutMs,
    noInputAttempts: data.noInputAttempts,
    invalidAttempts: data.invalidAttempts,
    matchMode: 'instant',
    bargeIn: 'any',
    hash: data.hash,
    matches,
    noInput: scope.exit('no-input'),
    invalid: scope.exit('invalid'),
    error: { output: 'error', to: null },
    dialExits: {
      'no-answer': scope.exit('no-answer'),
      busy: scope.exit('busy'),
      unavailable: scope.exit('unavailable'),
    },
  };
};
