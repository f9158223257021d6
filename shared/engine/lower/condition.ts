import type { Lower } from './table.ts';

/** Asks about the caller's number, case by case. */
export const lowerCondition: Lower<'condition'> = ({ data }, scope) => {
  for (const one of data.cases) {
    if (one.kind !== 'withheld' && one.value === '') {
      const output = `case:${one.id}`;
      scope.report('flow/empty-case', 'A case has no number: it never holds.', { output }, output);
    }
  }
  return {
    op: 'condition',
    origin: scope.origin,
    cases: data.cases.map((test) => ({ test, exit: scope.exit(`case:${test.id}`) })),
    otherwise: scope.exit('otherwise'),
  };
};
