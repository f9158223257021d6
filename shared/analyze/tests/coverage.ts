import type { TraceEntry } from '../../engine/events.ts';
import { outputsOf } from '../../flow/catalogue.ts';
import type { FlowId, NodeId } from '../../flow/ids.ts';
import type { Project } from '../../flow/project.ts';
import { sortedEntries } from '../../lib/record.ts';

/** How often calls left a node by an output. */
export interface OutputCoverage {
  readonly nodeId: NodeId;
  readonly output: string;
  readonly taken: number;
}

/** What of one flow calls went through. */
export interface FlowCoverage {
  readonly flowId: FlowId;
  readonly name: string;
  /** Every output of every node, by node, then as they are drawn. */
  readonly outputs: readonly OutputCoverage[];
  readonly nodes: readonly { readonly nodeId: NodeId; readonly entered: number }[];
  /** Of the outputs, from 0 to 100; 100 for a flow without any. */
  readonly percent: number;
}

export interface Coverage {
  readonly flows: readonly FlowCoverage[];
  /** Different ways (nodes and outputs in their order) that the calls went. */
  readonly paths: number;
  /** Of all outputs of all flows, from 0 to 100. */
  readonly percent: number;
}

/** An output taken, as `flow/node output`, or a node entered, as `flow/node`: the way of a call in order. */
export function wayOf(trace: readonly TraceEntry[]): readonly string[] {
  const way: string[] = [];
  let at = { flowId: '', nodeId: '' };
  for (const entry of trace) {
    if (entry.type === 'node-entered') {
      at = entry;
      way.push(`${at.flowId}/${at.nodeId}`);
    } else if (entry.type === 'default-handling') {
      at = { flowId: '', nodeId: '' };
    } else if (entry.type === 'outcome' && entry.nodeId === at.nodeId) {
      way.push(`${at.flowId}/${at.nodeId} ${entry.output}`);
    }
  }
  return way;
}

/** What of a project's flows some calls went through, by their traces (SPEC.md, CV*). */
export function coverageOf(project: Project, traces: readonly (readonly TraceEntry[])[]): Coverage {
  const counts = new Map<string, number>();
  const paths = new Set<string>();
  for (const trace of traces) {
    const way = wayOf(trace);
    paths.add(way.join('\n'));
    for (const place of way) counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  const flows = sortedEntries(project.flows).map(([flowId, flow]): FlowCoverage => {
    const nodes = sortedEntries(flow.nodes);
    const outputs = nodes.flatMap(([nodeId, node]) =>
      outputsOf(node).map(({ id: output }) => ({
        nodeId,
        output,
        taken: counts.get(`${flowId}/${nodeId} ${output}`) ?? 0,
      })),
    );
    return {
      flowId,
      name: flow.name,
      outputs,
      nodes: nodes.map(([nodeId]) => ({ nodeId, entered: counts.get(`${flowId}/${nodeId}`) ?? 0 })),
      percent: percentOf(outputs),
    };
  });
  return { flows, paths: paths.size, percent: percentOf(flows.flatMap(({ outputs }) => outputs)) };
}

function percentOf(outputs: readonly OutputCoverage[]): number {
  const taken = outputs.filter(({ taken }) => taken > 0).length;
  return outputs.length === 0 ? 100 : Math.floor((taken / outputs.length) * 1000) / 10;
}
