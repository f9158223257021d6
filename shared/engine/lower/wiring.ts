import { type FlowNode, outputsOf } from '../../flow/catalogue.ts';
import type { Flow } from '../../flow/project.ts';
import { lookup } from '../../lib/record.ts';
import type { NodeScope } from './scope.ts';

/** Reports outputs that lead nowhere, and connections that mean nothing (LW2). */
export function checkWiring(flow: Flow, node: FlowNode, scope: NodeScope): void {
  const outputs = outputsOf(node);
  for (const { id, need } of outputs) {
    if (need === 'required' && lookup(node.connections, id) === undefined) {
      const message = `The output "${id}" leads nowhere: callers are passed on to the default handling.`;
      scope.report('flow/open-output', message, { output: id }, id);
    }
  }
  for (const [output, to] of Object.entries(node.connections)) {
    const target = lookup(flow.nodes, to);
    if (!outputs.some(({ id }) => id === output)) {
      const message = `There is a connection from "${output}", which this node does not have: it is never taken.`;
      scope.report('flow/unknown-output', message, { output }, output);
    } else if (!target) {
      const message = `The output "${output}" leads to a node that is gone: callers are passed on to the default handling.`;
      scope.report('flow/dangling-connection', message, { output, to }, output);
    } else if (target.type === 'start') {
      const message = `The output "${output}" leads back to the start: nothing happens there a second time.`;
      scope.report('flow/into-start', message, { output }, output);
    }
  }
}
