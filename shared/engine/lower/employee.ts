import type { Lower } from './table.ts';

/** Rings one person or several. */
export const lowerEmployee: Lower<'employee'> = ({ data }, scope) => {
  if (data.people.length === 0) {
    scope.report('flow/no-people', 'Nobody is chosen to be called: callers leave by "unavailable" at once.');
  }
  return {
    op: 'dial',
    origin: scope.origin,
    people: scope.people(data.people),
    mode: data.mode,
    ringMs: scope.ringMs(data.rings),
    noAnswer: scope.exit('no-answer'),
    busy: scope.exit('busy'),
    unavailable: scope.exit('unavailable'),
  };
};
