import type { Lower } from './table.ts';

/** Dials a number outside; without one, nobody is there. */
export const lowerExternal: Lower<'external'> = ({ data }, scope) => {
  const { number, callerId } = data;
  if (number === '') {
    scope.report('flow/no-number', 'No number is set: callers leave by "unavailable" at once.');
  }
  return {
    op: 'dial',
    origin: scope.origin,
    people: [],
    ...(number === '' ? {} : { external: { number, callerId } }),
    mode: 'in-order',
    ringMs: scope.ringMs(data.rings),
    noAnswer: scope.exit('no-answer'),
    busy: scope.exit('busy'),
    unavailable: scope.exit('unavailable'),
  };
};
