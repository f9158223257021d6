import type { GatherOp } from '../program.ts';
import { INNER } from '../program.ts';
import type { Lower } from './table.ts';

/** DG*: an entry of any digits; with a confirmation, a second operation that reads them back. */
export const lowerDigits: Lower<'digits'> = ({ data }, scope) => {
  const variable = scope.variableToSet(data.variable);
  const waits = {
    firstDigitTimeoutMs: data.firstDigitTimeoutMs,
    interDigitTimeoutMs: data.interDigitTimeoutMs,
    noInputAttempts: data.noInputAttempts,
    invalidAttempts: data.invalidAttempts,
  };
  const exits = {
    noInput: scope.exit('no-input'),
    invalid: scope.exit('invalid'),
    error: { output: 'error', to: null },
  };
  const common = {
    op: 'gather',
    origin: scope.origin,
    replayAfterError: true,
    bargeIn: 'any',
    ...waits,
    ...exits,
  } as const;
  const prompts = {
    ...(data.noInputPrompt && { noInputPrompt: scope.prompt(data.noInputPrompt, 'noInputPrompt') }),
    ...(data.invalidPrompt && { invalidPrompt: scope.prompt(data.invalidPrompt, 'invalidPrompt') }),
  };
  let next = scope.exit('next');
  if (data.confirm) {
    const confirmation: GatherOp = {
      ...common,
      ...prompts,
      prompt: scope.prompt(data.confirm.prompt, 'confirm'),
      matchMode: 'instant',
      hash: 'key',
      matches: [
        { digits: data.confirm.yesKey, action: { kind: 'go', exit: next } },
        { digits: data.confirm.noKey, action: { kind: 'go', exit: { output: INNER, to: scope.opId } } },
      ],
    };
    next = scope.add('confirm', confirmation);
  }
  return {
    ...common,
    ...prompts,
    prompt: scope.prompt(data.prompt, 'prompt'),
    matchMode: 'instant',
    hash: data.hash,
    matches: [],
    entry: {
      variable,
      minDigits: data.minDigits,
      maxDigits: data.maxDigits,
      ...(data.valid === undefined ? {} : { valid: scope.expression(data.valid, 'yes-no', 'valid') }),
      next,
    },
  };
};
