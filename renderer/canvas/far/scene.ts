import { type FlowNode, outputsOf } from '../../../shared/flow/catalogue.ts';
import type { NodeId } from '../../../shared/flow/ids.ts';
import type { NoteColour } from '../../../shared/flow/note.ts';
import type { Flow } from '../../../shared/flow/project.ts';
import type { Position } from '../../store/flow-edits.ts';
import { cardSize, outputY, type Size, TARGET_Y_PX } from '../card-geometry.ts';
import { connectionId } from '../connection-id.ts';
import { leadsBack } from '../wire-path.ts';

/** A card as the far layer knows it. It is moved in place while it is dragged, and resized once drawn. Canvas pixels. */
export interface SceneCard {
  readonly id: NodeId;
  readonly node: FlowNode;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface SceneWire {
  /** Its `connectionId`. */
  readonly id: string;
  readonly from: SceneCard;
  readonly to: SceneCard;
  /** Which of its card's outputs it leaves by, of how many. */
  readonly row: number;
  readonly rows: number;
}

/** A box in canvas pixels. */
export interface Box extends Position {
  readonly width: number;
  readonly height: number;
}

/** A note on the canvas. */
export interface SceneNote extends Box {
  readonly text: string;
  readonly colour: NoteColour;
}

/** Everything that is to be drawn of a flow, whether or not there is an element for it. */
export interface Scene {
  readonly cards: ReadonlyMap<NodeId, SceneCard>;
  readonly notes: readonly SceneNote[];
  readonly wires: readonly SceneWire[];
  /** Wires that begin or end at a card. */
  readonly wiresOf: ReadonlyMap<NodeId, readonly SceneWire[]>;
}

/** Lays a flow out for drawing and finding, by sizes as drawn where they are known. Linear in nodes and connections. */
export function buildScene(flow: Flow, sizes: Readonly<Record<NodeId, Size>>): Scene {
  const cards = new Map<NodeId, SceneCard>();
  for (const [id, node] of Object.entries(flow.nodes)) {
    const { width, height } = sizes[id] ?? cardSize(node);
    cards.set(id, { id, node, x: node.position.x, y: node.position.y, width, height });
  }
  const wires: SceneWire[] = [];
  const wiresOf = new Map<NodeId, SceneWire[]>();
  const note = (id: NodeId, wire: SceneWire) => {
    const known = wiresOf.get(id);
    if (known) known.push(wire);
    else wiresOf.set(id, [wire]);
  };
  for (const from of cards.values()) {
    const outputs = outputsOf(from.node);
    outputs.forEach(({ id: output }, row) => {
      const target = from.node.connections[output];
      const to = target === undefined ? undefined : cards.get(target);
      if (!to) return;
      const wire = { id: connectionId({ from: from.id, output }), from, to, row, rows: outputs.length };
      wires.push(wire);
      note(from.id, wire);
      if (to !== from) note(to.id, wire);
    });
  }
  const notes = Object.values(flow.notes ?? {}).map(({ position, ...note }) => ({ ...position, ...note }));
  return { cards, notes, wires, wiresOf };
}

/** The box around all cards and notes; undefined when there are none. */
export function boundsOfAll({ cards, notes }: Scene): Box | undefined {
  return boundsOf([...cards.values(), ...notes]);
}

/** The smallest box around boxes; undefined around none. */
export function boundsOf(boxes: Iterable<Box>): Box | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return left === Infinity ? undefined : { x: left, y: top, width: right - left, height: bottom - top };
}

export function overlaps(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

/** The topmost card at a place, among those that `isThere`; later ones lie above earlier ones. */
export function cardAt(scene: Scene, at: Position, isThere: (id: NodeId) => boolean = () => true): SceneCard | null {
  let found: SceneCard | null = null;
  for (const card of scene.cards.values()) {
    const { x, y, width, height } = card;
    if (at.x >= x && at.x < x + width && at.y >= y && at.y < y + height && isThere(card.id)) found = card;
  }
  return found;
}

/** How a wire runs: its ends, and whether it goes around above the cards. */
export interface Run {
  readonly fromX: number;
  readonly fromY: number;
  readonly toX: number;
  readonly toY: number;
  /** Height of its way around above the cards; null when it leads straight on. */
  readonly overY: number | null;
}

const ABOVE_PX = 28;

export function runOf({ from, to, row, rows }: SceneWire): Run {
  const fromY = from.y + outputY(from.height, rows, row);
  const run = { fromX: from.x + from.width, fromY, toX: to.x, toY: to.y + TARGET_Y_PX };
  const back = leadsBack({ x: run.fromX, y: run.fromY }, { x: run.toX, y: run.toY });
  return { ...run, overY: back ? Math.min(from.y, to.y) - ABOVE_PX : null };
}

/** The wire within `reachPx` of a place that is nearest to it, among those that `isThere`. */
export function wireAt(
  scene: Scene,
  at: Position,
  reachPx: number,
  isThere: (id: string) => boolean = () => true,
): SceneWire | null {
  let best: { wire: SceneWire; distance: number } | null = null;
  for (const wire of scene.wires) {
    const distance = distanceTo(runOf(wire), at, reachPx);
    if (distance <= reachPx && (!best || distance < best.distance) && isThere(wire.id)) best = { wire, distance };
  }
  return best?.wire ?? null;
}

const CURVE_STEPS = 16;

/** Distance from a place to a wire; infinite for one that is surely further than `reachPx`. */
function distanceTo({ fromX, fromY, toX, toY, overY }: Run, at: Position, reachPx: number): number {
  const out = 28;
  const points: Position[] =
    overY === null
      ? []
      : [
          { x: fromX, y: fromY },
          { x: fromX + out, y: fromY },
          { x: fromX + out, y: overY },
          { x: toX - out, y: overY },
          { x: toX - out, y: toY },
          { x: toX, y: toY },
        ];
  if (overY === null) {
    const isFar =
      at.x < fromX - reachPx ||
      at.x > toX + reachPx ||
      at.y < Math.min(fromY, toY) - reachPx ||
      at.y > Math.max(fromY, toY) + reachPx;
    if (isFar) return Infinity;
    for (let step = 0; step <= CURVE_STEPS; step++) points.push(alongCurve(step / CURVE_STEPS, fromX, fromY, toX, toY));
  }
  let best = Infinity;
  for (let index = 1; index < points.length; index++) {
    best = Math.min(best, distanceToLine(at, points[index - 1] as Position, points[index] as Position));
  }
  return best;
}

/** A point of the curve that React Flow draws between two ends, control points half way. */
function alongCurve(share: number, fromX: number, fromY: number, toX: number, toY: number): Position {
  const rest = 1 - share;
  const middleX = (fromX + toX) / 2;
  const [first, both, last] = [rest ** 3, 3 * rest * share, share ** 3];
  return {
    x: first * fromX + both * middleX + last * toX,
    y: (first + both * rest) * fromY + (last + both * share) * toY,
  };
}

function distanceToLine(at: Position, from: Position, to: Position): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const along = ((at.x - from.x) * dx + (at.y - from.y) * dy) / (dx * dx + dy * dy || 1);
  const share = Math.max(0, Math.min(1, along));
  return Math.hypot(at.x - from.x - share * dx, at.y - from.y - share * dy);
}

/** Cards that are at least in part within a box. */
export function cardsIn(scene: Scene, box: Box): SceneCard[] {
  return [...scene.cards.values()].filter((card) => overlaps(card, box));
}
