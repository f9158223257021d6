import { outputsOf } from '../flow/catalogue.ts';
import type { NodeId } from '../flow/ids.ts';
import type { Flow } from '../flow/project.ts';

/** Canvas pixels: cards are 240 wide, with a head and one row for each output. */
const COLUMN_PX = 340;
const HEAD_PX = 120;
const ROW_PX = 24;
const GAP_PX = 40;

/**
 * Places for all nodes of a flow, in columns by their distance from the start and in each column in the order in which
 * callers come to them; what no call comes to stands in a last column. Plain on purpose: it needs no library, and
 * people arrange what they import.
 */
export function placed(flow: Flow): Flow {
  const columns = columnsOf(flow);
  const positions = new Map<NodeId, { x: number; y: number }>();
  columns.forEach((ids, column) => {
    let y = 0;
    for (const id of ids) {
      positions.set(id, { x: column * COLUMN_PX, y });
      const node = flow.nodes[id];
      y += HEAD_PX + (node ? outputsOf(node).length * ROW_PX : 0) + GAP_PX;
    }
  });
  const nodes = Object.entries(flow.nodes).map(([id, node]) => [
    id,
    { ...node, position: positions.get(id) ?? node.position },
  ]);
  return { ...flow, nodes: Object.fromEntries(nodes) };
}

function columnsOf(flow: Flow): readonly (readonly NodeId[])[] {
  const columns: NodeId[][] = [];
  const seen = new Set<NodeId>();
  let column = Object.entries(flow.nodes).flatMap(([id, { type }]) => (type === 'start' ? [id] : []));
  while (column.length > 0) {
    for (const id of column) seen.add(id);
    columns.push(column);
    const next = column.flatMap((id) => {
      const node = flow.nodes[id];
      return node ? outputsOf(node).flatMap(({ id: output }) => node.connections[output] ?? []) : [];
    });
    column = [...new Set(next)].filter((id) => !seen.has(id) && flow.nodes[id] !== undefined);
  }
  const lost = Object.keys(flow.nodes).filter((id) => !seen.has(id));
  return lost.length === 0 ? columns : [...columns, lost];
}
