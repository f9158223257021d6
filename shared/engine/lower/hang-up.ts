import type { Lower } from './table.ts';

/** Ends the call. */
export const lowerHangUp: Lower<'hang-up'> = ({ data }, scope) => ({
  op: 'hang-up',
  origin: scope.origin,
  cause: data.cause,
});
