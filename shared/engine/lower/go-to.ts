import type { Lower } from './table.ts';

/** Jumps; to no node, it is an exit. */
export const lowerGoTo: Lower<'go-to'> = ({ data: { target } }, scope) => {
  const { origin } = scope;
  if (target.kind !== 'node') return { op: 'go-to', origin, target };
  const to = target.nodeId === undefined ? null : scope.node(target.nodeId);
  if (target.nodeId === undefined) {
    scope.report('flow/no-target', 'No node is chosen to go to: callers are passed on to the default handling.');
  } else if (to === null) {
    const message = 'The node to go to is gone: callers are passed on to the default handling.';
    scope.report('flow/unknown-target', message, { nodeId: target.nodeId });
  }
  return { op: 'go-to', origin, target: { kind: 'node', exit: { output: 'go-to', to } } };
};
