import type { TraceEntry } from '../../shared/engine/events.ts';
import type { NodeId } from '../../shared/flow/ids.ts';
import type { Flow } from '../../shared/flow/project.ts';
import { connectionId } from './connection-id.ts';

/** The way of a call through one flow. */
export interface LivePath {
  readonly visited: ReadonlySet<NodeId>;
  /** Where the call is now; null when it has ended or left the flow. */
  readonly current: NodeId | null;
  /** Connections taken, by `connectionId`. */
  readonly taken: ReadonlySet<string>;
}

export const NO_PATH: LivePath = { visited: new Set(), current: null, taken: new Set() };

/** Reads the path out of a trace. A connection that the trace does not name is taken as such only when there is one. */
export function livePath(trace: readonly TraceEntry[], flowId: string, flow: Flow): LivePath {
  const visited = new Set<NodeId>();
  const taken = new Set<string>();
  let current: NodeId | null = null;
  let left: { nodeId: NodeId; output: string } | null = null;
  for (const entry of trace) {
    if (entry.type === 'outcome') {
      left = { nodeId: entry.nodeId, output: entry.output };
    } else if (entry.type === 'node-entered') {
      if (entry.flowId !== flowId) {
        // In a flow that it called, the call is at the node that called as well.
        if (current !== null && flow.nodes[current]?.type !== 'sub-flow') current = null;
        continue;
      }
      if (current !== null) {
        const output = left?.nodeId === current ? left.output : onlyOutputTo(flow, current, entry.nodeId);
        if (output !== undefined) taken.add(connectionId({ from: current, output }));
      }
      visited.add(entry.nodeId);
      current = entry.nodeId;
      left = null;
    } else if (entry.type === 'default-handling' || entry.type === 'ended') {
      current = null;
    }
  }
  return { visited, current, taken };
}

function onlyOutputTo(flow: Flow, from: NodeId, to: NodeId): string | undefined {
  const outputs = Object.entries(flow.nodes[from]?.connections ?? {}).filter(([, target]) => target === to);
  return outputs.length === 1 ? outputs[0]?.[0] : undefined;
}
