import type { Lower } from './table.ts';

/** Sets variables that the project has; others have no meaning. */
export const lowerSetVariable: Lower<'set-variable'> = ({ data }, scope) => {
  if (data.assignments.length === 0) scope.report('flow/nothing-set', 'No variable is set here: nothing happens.');
  return {
    op: 'set',
    origin: scope.origin,
    assignments: scope.assignments(data.assignments, 'call'),
    next: scope.exit('next'),
    error: scope.exit('error'),
  };
};
