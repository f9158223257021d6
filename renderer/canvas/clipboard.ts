import { z } from 'zod';
import { type FlowNode, NodeSchema, withJumps } from '../../shared/flow/catalogue.ts';
import { IdSchema, type NodeId } from '../../shared/flow/ids.ts';
import type { Flow } from '../../shared/flow/project.ts';
import { freeName, type Position } from '../store/flow-edits.ts';

/** Nodes on the system clipboard: text, so that they go between windows and projects, and into an e-mail. */
const ClipSchema = z.strictObject({
  dialtree: z.literal('nodes'),
  version: z.literal(1),
  nodes: z.record(IdSchema, NodeSchema),
});
export type Clip = z.infer<typeof ClipSchema>;

/** Chosen nodes as clipboard text; null when there is nothing to copy. Start nodes are not copied. */
export function copyNodes(flow: Flow, ids: readonly NodeId[]): string | null {
  const nodes: Record<NodeId, FlowNode> = {};
  for (const id of ids) {
    const node = flow.nodes[id];
    if (node && node.type !== 'start') nodes[id] = node;
  }
  if (Object.keys(nodes).length === 0) return null;
  return JSON.stringify({ dialtree: 'nodes', version: 1, nodes } satisfies Clip, null, 2);
}

/** Reads clipboard text; null when it is something else. */
export function parseClip(text: string): Clip | null {
  if (!text.includes('"dialtree"')) return null;
  try {
    const parsed = ClipSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export interface Pasted {
  readonly flow: Flow;
  readonly ids: readonly NodeId[];
}

/**
 * Adds the clip's nodes under new ids, its top left corner at `at`. Connections among them are kept; those that led
 * elsewhere are dropped. Names that are taken get a number.
 */
export function pasteNodes(flow: Flow, clip: Clip, at: Position, newId: () => NodeId): Pasted {
  const copies = Object.entries(clip.nodes).filter(([, node]) => node.type !== 'start');
  const left = Math.min(...copies.map(([, node]) => node.position.x));
  const top = Math.min(...copies.map(([, node]) => node.position.y));
  const ids = new Map(copies.map(([id]) => [id, newId()]));
  /** A jump within the copy stays within it; another one is kept where its target is there. */
  const jump = (to: NodeId) => ids.get(to) ?? (flow.nodes[to] === undefined ? undefined : to);
  let result = flow;
  for (const [id, node] of copies) {
    const connections = Object.fromEntries(
      Object.entries(node.connections).flatMap(([output, to]) => {
        const copied = ids.get(to);
        return copied === undefined ? [] : [[output, copied]];
      }),
    );
    const position = {
      x: Math.round(at.x + node.position.x - left),
      y: Math.round(at.y + node.position.y - top),
    };
    const name = node.name === '' ? '' : freeName(result, node.name);
    result = {
      ...result,
      nodes: { ...result.nodes, [ids.get(id) as NodeId]: { ...withJumps(node, jump), name, position, connections } },
    };
  }
  return { flow: result, ids: [...ids.values()] };
}

/** Where the top left corner of some nodes is. */
export function cornerOf(flow: Flow, ids: readonly NodeId[]): Position {
  const positions = ids.flatMap((id) => flow.nodes[id]?.position ?? []);
  return {
    x: Math.min(...positions.map(({ x }) => x)),
    y: Math.min(...positions.map(({ y }) => y)),
  };
}
