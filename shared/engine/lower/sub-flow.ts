import type { CalledFlow, NodeScope } from './scope.ts';
import type { Lower } from './table.ts';

/** Calls a flow; one that is not there or has no start is left by "otherwise". */
export const lowerSubFlow: Lower<'sub-flow'> = ({ data }, scope) => {
  const { flowId, results } = data;
  const called = flowId === undefined ? undefined : scope.calledFlow(flowId);
  if (flowId === undefined) {
    scope.report('flow/no-sub-flow', 'No flow is chosen: callers leave by "otherwise" at once.');
  } else if (!called) {
    const message = 'The flow is not in the project any more: callers leave by "otherwise" at once.';
    scope.report('flow/unknown-sub-flow', message, { flowId });
  } else {
    reportResults(called, results, scope);
  }
  return {
    op: 'call',
    origin: scope.origin,
    flow: flowId !== undefined && called && called.entry !== null ? { flowId, entry: called.entry } : null,
    parameters: scope.assignments(data.parameters, 'call'),
    error: scope.exit('error'),
    exits: results.map((result) => ({ result, exit: scope.exit(`result:${result}`) })),
    otherwise: scope.exit('otherwise'),
  };
};

function reportResults({ name: flow, results: returned }: CalledFlow, known: readonly string[], scope: NodeScope) {
  for (const result of returned) {
    if (known.includes(result)) continue;
    const message = `The flow "${flow}" returns "${result}", which has no output here: callers leave by "otherwise".`;
    scope.report('flow/result-without-output', message, { flow, result });
  }
  for (const result of known) {
    if (returned.includes(result)) continue;
    const message = `The flow "${flow}" never returns "${result}": this output is never taken.`;
    scope.report('flow/result-never-returned', message, { flow, result }, `result:${result}`);
  }
}
