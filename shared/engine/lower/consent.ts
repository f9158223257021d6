import type { Lower } from './table.ts';

/** CO*: a menu of two keys, which say whether the call may be recorded. */
export const lowerConsent: Lower<'consent'> = ({ data }, scope) => ({
  op: 'gather',
  origin: scope.origin,
  asksConsent: true,
  prompt: scope.prompt(data.prompt, 'prompt'),
  ...(data.noInputPrompt && { noInputPrompt: scope.prompt(data.noInputPrompt, 'noInputPrompt') }),
  ...(data.invalidPrompt && { invalidPrompt: scope.prompt(data.invalidPrompt, 'invalidPrompt') }),
  replayAfterError: true,
  firstDigitTimeoutMs: data.firstDigitTimeoutMs,
  interDigitTimeoutMs: data.firstDigitTimeoutMs,
  noInputAttempts: data.attempts,
  invalidAttempts: data.attempts,
  totalAttempts: data.attempts,
  matchMode: 'instant',
  bargeIn: 'any',
  hash: 'key',
  matches: [
    { digits: data.agreeKey, action: { kind: 'consent', given: true, exit: scope.exit('agreed') } },
    { digits: data.refuseKey, action: { kind: 'consent', given: false, exit: scope.exit('refused') } },
  ],
  noInput: scope.exit('no-input'),
  invalid: scope.exit('no-input'),
  error: { output: 'error', to: null },
});
