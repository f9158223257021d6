import { outputsOf } from '../../../shared/flow/catalogue.ts';
import type { NodeId } from '../../../shared/flow/ids.ts';
import type { Flow } from '../../../shared/flow/project.ts';
import type { Position } from '../../store/flow-edits.ts';
import { graphFacts } from '../graph.ts';

/** Size of a card that was never drawn, in pixels. */
export const CARD_SIZE = { width: 240, height: 140 } as const;
const HEAD_PX = 84;
const ROW_PX = 24;

export type Sizes = Readonly<Record<NodeId, { readonly width: number; readonly height: number }>>;

/** A graph for ELK: `https://eclipse.dev/elk/documentation/tooldevelopers/graphdatastructure/jsonformat.html`. */
export interface ElkGraph {
  readonly id: string;
  readonly layoutOptions: Readonly<Record<string, string>>;
  readonly children: readonly {
    readonly id: string;
    readonly width: number;
    readonly height: number;
    readonly layoutOptions: Readonly<Record<string, string>>;
    readonly ports: readonly {
      readonly id: string;
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly layoutOptions: Readonly<Record<string, string>>;
    }[];
  }[];
  readonly edges: readonly { readonly id: string; readonly sources: string[]; readonly targets: string[] }[];
}

const OPTIONS: Readonly<Record<string, string>> = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.layered.spacing.nodeNodeBetweenLayers': '96',
  'elk.spacing.nodeNode': '36',
  'elk.spacing.componentComponent': '72',
  'elk.layered.considerModelOrder.strategy': 'PREFER_NODES',
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.nodePlacement.favorStraightEdges': 'true',
};

/** The flow as ELK sees it: callers' order, outputs as ports in the order in which they are drawn. */
export function elkGraph(flow: Flow, sizes: Sizes): ElkGraph {
  const { order } = graphFacts(flow);
  const edges: { id: string; sources: string[]; targets: string[] }[] = [];
  const children = order.flatMap((id) => {
    const node = flow.nodes[id];
    if (!node) return [];
    const { width, height } = sizes[id] ?? CARD_SIZE;
    const outputs = outputsOf(node);
    for (const output of outputs) {
      const to = node.connections[output.id];
      if (to === undefined || flow.nodes[to] === undefined) continue;
      edges.push({ id: `${id}/${output.id}`, sources: [`${id}/${output.id}`], targets: [`${to}/in`] });
    }
    const firstRowPx = Math.max(HEAD_PX, height - outputs.length * ROW_PX);
    const port = (name: string, side: 'WEST' | 'EAST', y: number) => ({
      id: `${id}/${name}`,
      x: side === 'WEST' ? 0 : width,
      y,
      width: 0,
      height: 0,
      layoutOptions: { 'elk.port.side': side },
    });
    return [
      {
        id,
        width,
        height,
        layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
        ports: [
          port('in', 'WEST', ROW_PX),
          ...outputs.map((output, row) => port(output.id, 'EAST', firstRowPx + (row + 0.5) * ROW_PX)),
        ],
      },
    ];
  });
  return { id: 'flow', layoutOptions: OPTIONS, children, edges };
}

/** A flow with some of its nodes only, to be arranged by themselves. */
export function partOf(flow: Flow, ids: readonly NodeId[]): Flow {
  return { ...flow, nodes: Object.fromEntries(Object.entries(flow.nodes).filter(([id]) => ids.includes(id))) };
}

/**
 * Positions out of ELK's answer, on a 4 px grid, with the start node staying where it was; where it is not among them,
 * their top left corner does.
 */
export function positionsFrom(
  laidOut: readonly { readonly id: string; readonly x?: number; readonly y?: number }[],
  flow: Flow,
): Record<NodeId, Position> {
  const start = laidOut.find(({ id }) => flow.nodes[id]?.type === 'start');
  const fixed = start ? [start] : laidOut;
  const corner = (places: readonly { readonly x?: number; readonly y?: number }[]) => ({
    x: Math.min(...places.map(({ x = 0 }) => x)),
    y: Math.min(...places.map(({ y = 0 }) => y)),
  });
  const known = fixed.filter(({ id }) => flow.nodes[id]);
  const was = corner(known.flatMap(({ id }) => flow.nodes[id]?.position ?? []));
  const is = corner(known);
  const [dx, dy] = known.length === 0 ? [0, 0] : [was.x - is.x, was.y - is.y];
  const snap = (value: number) => Math.round(value / 4) * 4;
  return Object.fromEntries(laidOut.map(({ id, x = 0, y = 0 }) => [id, { x: snap(x + dx), y: snap(y + dy) }]));
}
