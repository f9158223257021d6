import { type FlowNode, outputsOf } from '../../../shared/flow/catalogue.ts';
import type { NodeId } from '../../../shared/flow/ids.ts';
import type { Flow } from '../../../shared/flow/project.ts';
import { lookup } from '../../../shared/lib/record.ts';
import { sameJson } from '../../../shared/lib/same-json.ts';
import { connectionId } from '../connection-id.ts';

/** A flow beside what it was: what the canvas marks. */
export interface FlowComparison {
  /** Nodes that are new, or say or do something else. Where they stand on the canvas does not count. */
  readonly nodes: ReadonlyMap<NodeId, 'added' | 'changed'>;
  /** Nodes that are gone, as they were. */
  readonly removed: readonly (readonly [NodeId, FlowNode])[];
  /** Connections, by `connectionId`, that are new or lead elsewhere. */
  readonly wires: ReadonlySet<string>;
}

/** `before` is undefined for a flow that is new: all of it is. */
export function compareFlows(before: Flow | undefined, after: Flow): FlowComparison {
  const old = before?.nodes ?? {};
  const nodes = new Map<NodeId, 'added' | 'changed'>();
  const wires = new Set<string>();
  for (const [id, node] of Object.entries(after.nodes)) {
    const was = lookup(old, id);
    if (!was) nodes.set(id, 'added');
    else if (!sameJson(settingsOf(was), settingsOf(node))) nodes.set(id, 'changed');
    for (const { id: output } of outputsOf(node)) {
      const to = lookup(node.connections, output);
      const led = was && lookup(was.connections, output);
      if (to === led) continue;
      if (to !== undefined) wires.add(connectionId({ from: id, output }));
      // A way that is open now has no wire to mark.
      else if (was && !nodes.has(id)) nodes.set(id, 'changed');
    }
  }
  const removed = Object.entries(old).filter(([id]) => lookup(after.nodes, id) === undefined);
  return { nodes, removed, wires };
}

const settingsOf = ({ type, name, data }: FlowNode) => ({ type, name, data });
