import type { Lower } from './table.ts';

/** Splits by chance; without any weight the first branch is taken. */
export const lowerRandom: Lower<'random'> = ({ data }, scope) => {
  const [first] = data.branches;
  if (data.branches.every(({ weight }) => weight === 0)) {
    scope.report('flow/no-weight', 'No branch has a share of the calls: all take the first one.');
  }
  return {
    op: 'random',
    origin: scope.origin,
    branches: data.branches.map(({ id, weight }) => ({ weight, exit: scope.exit(`branch:${id}`) })),
    otherwise: first ? scope.exit(`branch:${first.id}`) : { output: 'branch:', to: null },
  };
};
