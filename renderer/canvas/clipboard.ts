import { z } from 'zod';
import { type FlowNode, NodeSchema, withJumps } from '../../shared/flow/catalogue.ts';
import { IdSchema, type NodeId } from '../../shared/flow/ids.ts';
import { NoteSchema } from '../../shared/flow/note.ts';
import type { Flow } from '../../shared/flow/project.ts';
import { freeName, type Position } from '../store/flow-edits.ts';

/** Nodes and notes on the system clipboard: text, so that they go between windows and projects, and into an e-mail. */
const ClipSchema = z.strictObject({
  dialtree: z.literal('nodes'),
  version: z.literal(1),
  nodes: z.record(IdSchema, NodeSchema),
  notes: z.record(IdSchema, NoteSchema).optional(),
});
export type Clip = z.infer<typeof ClipSchema>;

/** Chosen nodes and notes as clipboard text; null when there is nothing to copy. Start nodes are not copied. */
export function copyNodes(flow: Flow, ids: readonly NodeId[]): string | null {
  const nodes: Record<NodeId, FlowNode> = {};
  for (const id of ids) {
    const node = flow.nodes[id];
    if (node && node.type !== 'start') nodes[id] = node;
  }
  const notes = Object.fromEntries(Object.entries(flow.notes ?? {}).filter(([id]) => ids.includes(id)));
  const hasNotes = Object.keys(notes).length > 0;
  if (Object.keys(nodes).length === 0 && !hasNotes) return null;
  return JSON.stringify({ dialtree: 'nodes', version: 1, nodes, ...(hasNotes && { notes }) } satisfies Clip, null, 2);
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
 * Adds the clip's nodes and notes under new ids, its top left corner at `at`. Connections among them are kept; those that led
 * elsewhere are dropped. Names that are taken get a number.
 */
export function pasteNodes(flow: Flow, clip: Clip, at: Position, newId: () => NodeId): Pasted {
  const copies = Object.entries(clip.nodes).filter(([, node]) => node.type !== 'start');
  const corner = cornerOf({ nodes: Object.fromEntries(copies), notes: clip.notes });
  const placed = ({ x, y }: Position) => ({ x: Math.round(at.x + x - corner.x), y: Math.round(at.y + y - corner.y) });
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
    const position = placed(node.position);
    const name = node.name === '' ? '' : freeName(result, node.name);
    result = {
      ...result,
      nodes: { ...result.nodes, [ids.get(id) as NodeId]: { ...withJumps(node, jump), name, position, connections } },
    };
  }
  const notes = Object.entries(clip.notes ?? {}).map(([, note]) => {
    return [newId(), { ...note, position: placed(note.position) }] as const;
  });
  if (notes.length > 0) result = { ...result, notes: { ...result.notes, ...Object.fromEntries(notes) } };
  return { flow: result, ids: [...ids.values(), ...notes.map(([id]) => id)] };
}

/** Where the top left corner of nodes and notes is. */
export function cornerOf({ nodes, notes }: Pick<Clip, 'nodes' | 'notes'>): Position {
  const positions = Object.values({ ...nodes, ...notes }).map(({ position }) => position);
  return {
    x: Math.min(...positions.map(({ x }) => x)),
    y: Math.min(...positions.map(({ y }) => y)),
  };
}
