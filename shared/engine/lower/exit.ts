import type { Lower } from './table.ts';

/** Leaves the flow for the default handling. */
export const lowerExit: Lower<'exit'> = (_node, scope) => ({ op: 'exit', origin: scope.origin });
