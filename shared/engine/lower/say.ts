import type { Lower } from './table.ts';

/** A message; one that cannot be played goes by `error`, which is never drawn. */
export const lowerSay: Lower<'say'> = ({ data }, scope) => ({
  op: 'play',
  origin: scope.origin,
  prompt: scope.prompt(data.prompt, 'prompt'),
  skippable: data.skippable,
  next: scope.exit('next'),
  error: { output: 'error', to: null },
});
