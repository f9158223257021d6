import type { Lower } from './table.ts';

/** IM1: nothing happens in a step that nobody has translated yet; all calls go on by one of its ways. */
export const lowerImported: Lower<'imported'> = ({ data }, scope) => {
  const { kind, ways, goOn } = data;
  const message = `The imported step "${kind}" does nothing here yet: replace it by nodes that do the same.`;
  scope.report('flow/not-translated', message, { kind });
  const way = ways.find(({ id }) => id === goOn) ?? ways[0];
  if (!way) return { op: 'condition', origin: scope.origin, cases: [], otherwise: { output: 'next', to: null } };
  return {
    op: 'random',
    origin: scope.origin,
    branches: ways.map(({ id }) => ({ weight: id === way.id ? 1 : 0, exit: scope.exit(`way:${id}`) })),
    otherwise: scope.exit(`way:${way.id}`),
  };
};
