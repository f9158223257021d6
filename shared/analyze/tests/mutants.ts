import { type FlowNode, NodeSchema, outputsOf } from '../../flow/catalogue.ts';
import type { FlowId, NodeId } from '../../flow/ids.ts';
import type { Project } from '../../flow/project.ts';
import { lookup, sortedEntries } from '../../lib/record.ts';

/** A project with one small mistake in it. */
export interface Mutant {
  readonly kind: 'swap' | 'drop' | 'redirect' | 'attempts' | 'time';
  readonly flowId: FlowId;
  readonly nodeId: NodeId;
  /** In English: what was changed, as the end of a sentence. */
  readonly change: string;
  readonly project: Project;
}

type Change = Pick<Mutant, 'kind' | 'change'> & { readonly node: FlowNode };

/**
 * Every mistake of a few kinds that could be made in a project's nodes of any type (SPEC.md, MU1): two connections
 * exchanged, one dropped or led to another node, attempts one more or fewer, times twice as long. All are valid.
 */
export function* mutantsOf(project: Project): Generator<Mutant> {
  for (const [flowId, flow] of sortedEntries(project.flows)) {
    const others = sortedEntries(flow.nodes).filter(([, node]) => node.type !== 'start');
    for (const [nodeId, node] of sortedEntries(flow.nodes)) {
      const nameOf = (id: NodeId) => `"${lookup(flow.nodes, id)?.name || id}"`;
      for (const { kind, change, node: changed } of changesOf(node, nodeId, others, nameOf)) {
        const nodes = { ...flow.nodes, [nodeId]: changed };
        const flows = { ...project.flows, [flowId]: { ...flow, nodes } };
        yield { kind, flowId, nodeId, change, project: { ...project, flows } };
      }
    }
  }
}

type NodeEntry = readonly [NodeId, FlowNode];

function* changesOf(
  node: FlowNode,
  nodeId: NodeId,
  others: readonly NodeEntry[],
  nameOf: (id: NodeId) => string,
): Generator<Change> {
  const name = nameOf(nodeId);
  const led = outputsOf(node).flatMap(({ id }) => {
    const to = lookup(node.connections, id);
    return to === undefined ? [] : [{ output: id, to }];
  });
  const connect = (changes: Readonly<Record<string, NodeId>>) =>
    ({ ...node, connections: { ...node.connections, ...changes } }) as FlowNode;
  for (const [index, { output, to }] of led.entries()) {
    const next = led[index + 1];
    if (next && next.to !== to) {
      const change = `"${output}" and "${next.output}" of ${name} are exchanged`;
      yield { kind: 'swap', change, node: connect({ [output]: next.to, [next.output]: to }) };
    }
    const { [output]: _, ...connections } = node.connections;
    const dropped = { ...node, connections } as FlowNode;
    yield { kind: 'drop', change: `"${output}" of ${name} leads nowhere`, node: dropped };
    const other = after(others, to, nodeId);
    if (other !== undefined) {
      const change = `"${output}" of ${name} leads to ${nameOf(other)} instead of ${nameOf(to)}`;
      yield { kind: 'redirect', change, node: connect({ [output]: other }) };
    }
  }
  for (const [setting, value] of Object.entries(node.data)) {
    if (typeof value !== 'number') continue;
    const isAttempts = setting.endsWith('Attempts');
    if (!isAttempts && !setting.endsWith('Ms') && setting !== 'rings') continue;
    for (const changed of isAttempts ? [value + 1, value - 1] : [value * 2]) {
      const parsed = NodeSchema.safeParse({ ...node, data: { ...node.data, [setting]: changed } });
      if (!parsed.success) continue;
      const change = `${setting} of ${name} is ${changed} instead of ${value}`;
      yield { kind: isAttempts ? 'attempts' : 'time', change, node: parsed.data };
    }
  }
}

/** The node after one, in a circle; neither itself nor the node that leads there. */
function after(nodes: readonly NodeEntry[], to: NodeId, from: NodeId): NodeId | undefined {
  const ids = nodes.map(([id]) => id);
  const at = ids.indexOf(to);
  return [...ids.slice(at + 1), ...ids.slice(0, Math.max(at, 0))].find((id) => id !== to && id !== from);
}
