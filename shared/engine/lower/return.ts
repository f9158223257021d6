import type { Lower } from './table.ts';

/** Comes back from a sub-flow. */
export const lowerReturn: Lower<'return'> = ({ data }, scope) => ({
  op: 'return',
  origin: scope.origin,
  result: data.result,
});
