import { type Edge, type EdgeMarker, MarkerType, type Node } from '@xyflow/react';
import { type FlowNode, outputsOf } from '../../shared/flow/catalogue.ts';
import type { NodeId } from '../../shared/flow/ids.ts';
import type { Flow } from '../../shared/flow/project.ts';
import type { Position } from '../store/flow-edits.ts';
import type { Severity } from '../store/problems-store.ts';
import { estimateCard } from './card-geometry.ts';
import { connectionId } from './connection-id.ts';
import type { GraphFacts } from './graph.ts';
import type { WireHeat } from './heat.ts';
import type { LivePath } from './live-path.ts';
import type { NoteNode } from './note.tsx';

const NOTHING: ReadonlySet<string> = new Set();

/** What a card draws. */
export interface CardData extends Record<string, unknown> {
  readonly node: FlowNode;
  /** Depth of a menu, undefined for others. */
  readonly level: number | undefined;
  readonly problem: ProblemMark | undefined;
  /** How many places in it were changed here and remotely, and wait for a choice. */
  readonly conflicts: number;
  readonly live: 'current' | 'visited' | undefined;
  /** A search has found it. */
  readonly found: boolean;
  /** How it differs from the version that is compared with. */
  readonly compared: 'added' | 'changed' | undefined;
  /** How many callers hung up at it; undefined while that is not looked at. */
  readonly drops: number | undefined;
}

export interface ProblemMark {
  readonly severity: Severity;
  readonly count: number;
}

export type CardNode = Node<CardData, 'card'>;
export type CanvasNode = CardNode | NoteNode;

export interface WireData extends Record<string, unknown> {
  readonly taken: boolean;
  /** No test goes through it, while tests are looked at; it is not as it was, while versions are compared. */
  readonly noted: boolean;
  /** How many calls took it; undefined while that is not looked at. */
  readonly heat: WireHeat | undefined;
}
export type WireEdge = Edge<WireData, 'wire'>;

export interface CardsInput {
  readonly flow: Flow;
  readonly facts: GraphFacts;
  readonly problems: ReadonlyMap<NodeId, ProblemMark>;
  readonly conflicts: ReadonlyMap<NodeId, number>;
  readonly path: LivePath;
  readonly found?: ReadonlySet<NodeId>;
  readonly compared?: ReadonlyMap<NodeId, 'added' | 'changed'> | undefined;
  readonly drops?: ReadonlyMap<NodeId, number>;
  readonly selected: readonly NodeId[];
  /** Positions of nodes that are being dragged. */
  readonly dragged: Readonly<Record<NodeId, Position>>;
  /** Sizes as drawn, in pixels. */
  readonly measured: Readonly<Record<NodeId, { readonly width: number; readonly height: number }>>;
  /** Whether cards that were never drawn get an estimated size, so that they need not be drawn for it. */
  readonly estimate: boolean;
  /** Only these have cards; without it all. */
  readonly shown?: ReadonlySet<NodeId> | undefined;
  /** Of these, not to be drawn: they are there for the wires that lead to them. */
  readonly hidden?: ReadonlySet<NodeId> | undefined;
  /** Must give the same for the same node as when `before` was derived. */
  readonly label: (node: FlowNode) => string;
}

/**
 * The canvas's nodes from the document, in the order in which the Tab key visits them. A node of which nothing changed
 * is the very same object as in `before`, so that its card is not drawn again.
 */
export function deriveCards(input: CardsInput, before: readonly CardNode[]): CardNode[] {
  const known = new Map(before.map((card) => [card.id, card]));
  const selected = new Set(input.selected);
  const { shown, hidden = NOTHING, found = NOTHING } = input;
  const ids = shown ? input.facts.order.filter((id) => shown.has(id)) : input.facts.order;
  return ids.map((id) => {
    const node = input.flow.nodes[id] as FlowNode;
    const old = known.get(id);
    const data = keepIfSame(old?.data, {
      node,
      level: input.facts.menuLevels.get(id),
      problem: input.problems.get(id),
      conflicts: input.conflicts.get(id) ?? 0,
      live: id === input.path.current ? 'current' : input.path.visited.has(id) ? 'visited' : undefined,
      found: found.has(id),
      compared: input.compared?.get(id),
      drops: input.drops?.get(id),
    });
    const measured = input.measured[id];
    const position = input.dragged[id] ?? node.position;
    const isSelected = selected.has(id);
    const isDragging = input.dragged[id] !== undefined;
    const isHidden = hidden.has(id);
    if (
      old &&
      old.data === data &&
      old.position === position &&
      (measured === undefined ? old.handles !== undefined || old.measured === undefined : old.measured === measured) &&
      old.selected === isSelected &&
      old.dragging === isDragging &&
      (old.hidden ?? false) === isHidden
    ) {
      return old;
    }
    return {
      id,
      type: 'card',
      position,
      data,
      selected: isSelected,
      dragging: isDragging,
      ariaLabel: old && old.data === data && old.ariaLabel !== undefined ? old.ariaLabel : input.label(node),
      ...(isHidden ? { hidden: true } : {}),
      // What was measured has measured handles as long as React Flow has the card.
      ...(measured !== undefined && (!input.estimate || (old !== undefined && old.hidden !== true))
        ? { measured }
        : input.estimate
          ? estimateCard(node, measured)
          : {}),
    };
  });
}

/**
 * The canvas's edges from the document; unchanged ones (or the whole list) are the same objects as in `before`.
 * @param shown Only these connections; without it all.
 */
export function deriveWires(
  flow: Flow,
  path: LivePath,
  selected: readonly string[],
  before: readonly WireEdge[],
  noted: ReadonlySet<string> = NOTHING,
  shown?: ReadonlySet<string>,
  heat?: ReadonlyMap<string, WireHeat>,
): WireEdge[] {
  const known = new Map(before.map((wire) => [wire.id, wire]));
  const chosen = new Set(selected);
  const wires: WireEdge[] = [];
  for (const [from, node] of Object.entries(flow.nodes)) {
    for (const { id: output } of outputsOf(node)) {
      const to = node.connections[output];
      if (to === undefined || flow.nodes[to] === undefined) continue;
      const id = connectionId({ from, output });
      if (shown && !shown.has(id)) continue;
      const taken = path.taken.has(id);
      const isNoted = noted.has(id);
      const hot = heat?.get(id);
      const old = known.get(id);
      const isSame = old?.data?.taken === taken && old.data.noted === isNoted && sameHeat(old.data.heat, hot);
      if (old && isSame && old.target === to && old.selected === chosen.has(id)) {
        wires.push(old);
        continue;
      }
      wires.push({
        id,
        type: 'wire',
        source: from,
        sourceHandle: output,
        target: to,
        selected: chosen.has(id),
        data: { taken, noted: isNoted, heat: hot },
        // Taken and selected connections lie above the others.
        zIndex: taken || chosen.has(id) ? 1 : 0,
        markerEnd: arrow({ taken, selected: chosen.has(id), hot: hot !== undefined }),
      });
    }
  }
  // Later ones lie above earlier ones: busy wires and their counts are not crossed out by others.
  if (heat?.size) wires.sort((one, other) => (one.data?.heat?.share ?? 0) - (other.data?.heat?.share ?? 0));
  const unchanged = wires.length === before.length && wires.every((wire, index) => wire === before[index]);
  return unchanged ? (before as WireEdge[]) : wires;
}

/** In the colour that the wire has by its style. */
function arrow(wire: { readonly taken: boolean; readonly selected: boolean; readonly hot: boolean }): EdgeMarker {
  const type = MarkerType.ArrowClosed;
  if (wire.hot && !wire.selected) {
    // Not by the wire's width: the busiest would end in an arrow as large as a card's head.
    return { type, width: 32, height: 32, markerUnits: 'userSpaceOnUse', color: 'var(--dt-heat)' };
  }
  const color = wire.taken ? 'var(--dt-live)' : wire.selected ? 'var(--dt-accent)' : 'var(--dt-wire)';
  return { type, width: 14, height: 14, color };
}

function sameHeat(one: WireHeat | undefined, other: WireHeat | undefined): boolean {
  return one?.count === other?.count && one?.share === other?.share;
}

function keepIfSame(old: CardData | undefined, data: CardData): CardData {
  if (!old) return data;
  const same =
    old.node === data.node &&
    old.level === data.level &&
    old.conflicts === data.conflicts &&
    old.live === data.live &&
    old.found === data.found &&
    old.compared === data.compared &&
    old.drops === data.drops &&
    old.problem?.count === data.problem?.count &&
    old.problem?.severity === data.problem?.severity;
  return same ? old : data;
}

/** A box of which some is known otherwise than the document says: while it is dragged or resized. */
export type NoteDraft = Partial<Position> & { readonly width?: number; readonly height?: number };

/** The canvas's notes from the document, below the cards; unchanged ones are the same objects as in `before`. */
export function deriveNotes(
  flow: Flow,
  selected: readonly string[],
  drafts: Readonly<Record<string, NoteDraft>>,
  before: readonly NoteNode[],
  label: (text: string) => string,
): NoteNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  return Object.entries(flow.notes ?? {}).map(([id, note]) => {
    const old = known.get(id);
    const draft = drafts[id];
    const isSelected = selected.includes(id);
    if (old && !draft && old.data.note === note && old.selected === isSelected && old.dragging === false) return old;
    const width = draft?.width ?? note.width;
    const height = draft?.height ?? note.height;
    return {
      id,
      type: 'note',
      position: { x: draft?.x ?? note.position.x, y: draft?.y ?? note.position.y },
      width,
      height,
      measured: { width, height },
      data: old?.data.note === note ? old.data : { note },
      selected: isSelected,
      dragging: draft !== undefined,
      connectable: false,
      zIndex: -1,
      ariaLabel: label(note.text),
    };
  });
}
