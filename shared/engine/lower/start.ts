import type { Lower } from './table.ts';

/** The start node answers the call. */
export const lowerStart: Lower<'start'> = (_node, scope) => ({
  op: 'answer',
  origin: scope.origin,
  next: scope.exit('next'),
});
