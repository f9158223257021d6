import type { NodeId } from '../../../shared/flow/ids.ts';
import type { ProblemMark } from '../derive.ts';
import type { Heat } from '../heat.ts';
import type { LivePath } from '../live-path.ts';
import type { Colours } from './colours.ts';
import { DOT_ZOOM } from './levels.ts';
import { type Looks, MIN_NAME_PX, onScreen, paintCard, paintDots } from './paint-cards.ts';
import { paintDrops, paintHeat } from './paint-heat.ts';
import { type Box, overlaps, type Scene, type SceneCard, type SceneNote, type SceneWire } from './scene.ts';
import { isSeen, traceWire } from './trace-wire.ts';
import { seenBox, type View } from './view.ts';

/** What is drawn onto the flow besides itself. */
export interface Marks {
  readonly selected: ReadonlySet<NodeId>;
  readonly selectedWires: ReadonlySet<string>;
  readonly problems: ReadonlyMap<NodeId, ProblemMark>;
  readonly path: LivePath;
  /** Connections to notice: no test goes through them, or they are not as they were. */
  readonly noted: ReadonlySet<string>;
  /** Nodes that two sides have changed differently. */
  readonly conflicts: ReadonlyMap<NodeId, number>;
  /** How nodes differ from the version that is compared with. */
  readonly compared: ReadonlyMap<NodeId, 'added' | 'changed'>;
  /** What a search has found. */
  readonly found: ReadonlySet<NodeId>;
  /** Cards and wires that are elements of the page: they are not drawn here. */
  readonly realCards: ReadonlySet<NodeId>;
  readonly realWires: ReadonlySet<string>;
  /** How many calls took each wire and ended at each node. */
  readonly heat: Heat;
}

/** What changes from moment to moment. */
export interface Pointing {
  readonly hovered: NodeId | null;
  readonly focused: NodeId | null;
}

const WIRES_A_STROKE = 64;

/** Draws what is in view. The context's unit is the CSS pixel. */
export function paintScene(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  view: View,
  colours: Colours,
  marks: Marks,
  pointing: Pointing,
  looks: Looks,
): void {
  ctx.clearRect(0, 0, view.width, view.height);
  const seen = seenBox(view, 60 / view.zoom);
  if (marks.realCards.size === 0) paintNotes(ctx, scene.notes, view, colours);
  paintWires(ctx, scene, view, colours, marks, seen);
  const isHot = (wire: SceneWire) => !marks.realWires.has(wire.id) && isSeen(wire, seen);
  const hot = marks.heat.wires.size === 0 ? [] : scene.wires.filter(isHot);
  paintHeat(ctx, hot, marks.heat, view, colours, marks.selectedWires);
  const cards: SceneCard[] = [];
  for (const card of scene.cards.values()) {
    if (!marks.realCards.has(card.id) && overlaps(card, seen)) cards.push(card);
  }
  if (view.zoom <= DOT_ZOOM) paintDots(ctx, cards, view, colours);
  else for (const card of cards) paintCard(ctx, card, view, colours, looks);
  for (const card of cards) paintMarks(ctx, card, view, colours, marks, pointing);
  // After the rings: none runs through a number.
  if (marks.heat.drops.size > 0) paintDrops(ctx, cards, marks.heat, view, colours);
  const hovered = pointing.hovered ?? pointing.focused;
  const named = hovered === null ? undefined : scene.cards.get(hovered);
  if (named && !marks.realCards.has(named.id)) paintName(ctx, named, view, colours, looks);
}

const NOTE_FONT_PX = 40;

function paintNotes(ctx: CanvasRenderingContext2D, notes: readonly SceneNote[], view: View, colours: Colours): void {
  for (const note of notes) {
    const { x, y, width, height } = onScreen(note, view);
    ctx.fillStyle = colours.note[note.colour];
    ctx.fillRect(x, y, width, height);
    const fontPx = NOTE_FONT_PX * view.zoom;
    if (fontPx < MIN_NAME_PX) continue;
    ctx.fillStyle = colours.text;
    ctx.font = `${fontPx}px ${colours.font}`;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'top';
    ctx.fillText(note.text.split('\n')[0] ?? '', x + 8 * view.zoom, y + 12 * view.zoom, width);
  }
}

interface Pen {
  readonly colour: string;
  readonly width: number;
  readonly dash: readonly number[];
}

function paintWires(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  view: View,
  colours: Colours,
  marks: Marks,
  seen: Box,
): void {
  const thick = Math.max(1, Math.min(1, view.zoom) * 3);
  const pens = {
    plain: { colour: colours.wire, width: Math.max(1, 1.75 * view.zoom), dash: [] },
    noted: { colour: colours.warning, width: Math.max(1, 1.75 * view.zoom), dash: [4, 3] },
    taken: { colour: colours.live, width: thick + 1, dash: [] },
    selected: { colour: colours.accent, width: thick + 1, dash: [] },
  } as const satisfies Record<string, Pen>;
  const wires: Record<keyof typeof pens, SceneWire[]> = { plain: [], noted: [], taken: [], selected: [] };
  for (const wire of scene.wires) {
    if (marks.realWires.has(wire.id) || !isSeen(wire, seen)) continue;
    const pen = marks.selectedWires.has(wire.id)
      ? 'selected'
      : marks.path.taken.has(wire.id)
        ? 'taken'
        : marks.noted.has(wire.id)
          ? 'noted'
          : 'plain';
    wires[pen].push(wire);
  }
  for (const name of ['plain', 'noted', 'taken', 'selected'] as const) {
    const { colour, width, dash } = pens[name];
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.setLineDash(dash);
    // Long paths take longer than their parts: what crosses itself is worked out over all of it.
    for (let at = 0; at < wires[name].length; at += WIRES_A_STROKE) {
      ctx.beginPath();
      for (const wire of wires[name].slice(at, at + WIRES_A_STROKE)) traceWire(ctx, wire, view);
      ctx.stroke();
    }
  }
  ctx.setLineDash([]);
}

function paintMarks(
  ctx: CanvasRenderingContext2D,
  card: SceneCard,
  view: View,
  colours: Colours,
  marks: Marks,
  pointing: Pointing,
): void {
  const { id } = card;
  const ring = (colour: string, widthPx: number, gapPx: number, dash: readonly number[] = []) => {
    const { x, y, width, height } = onScreen(card, view);
    ctx.strokeStyle = colour;
    ctx.lineWidth = widthPx;
    ctx.setLineDash([...dash]);
    ctx.strokeRect(x - gapPx, y - gapPx, width + 2 * gapPx, height + 2 * gapPx);
    ctx.setLineDash([]);
  };
  if (marks.path.visited.has(id)) ring(colours.live, 1.5, 0);
  if (marks.path.current === id) ring(colours.live, 4, 3);
  if (marks.conflicts.has(id)) ring(colours.danger, 2, 2, [2, 2]);
  const compared = marks.compared.get(id);
  // Told by the line, too: what is new has a whole one.
  if (compared) ring(compared === 'added' ? colours.ok : colours.warning, 3, 3, compared === 'added' ? [] : [6, 3]);
  if (marks.found.has(id)) ring(colours.warning, 2, 2, [4, 2]);
  if (marks.selected.has(id)) {
    // A card of the accent's own colour must be seen to be selected, too.
    ring(colours.raised, 2, 1);
    ring(colours.accent, 2.5, 3);
  }
  if (pointing.focused === id) ring(colours.accent, 2, 4);
  if (pointing.hovered === id) ring(colours.text, 1, 1);
  const problem = marks.problems.get(id);
  if (problem) paintProblem(ctx, card, view, problem.severity === 'error' ? colours.danger : colours.warning, colours);
}

/** A badge at the card's corner, told apart by its form as well: a disc is an error, a triangle a warning. */
function paintProblem(
  ctx: CanvasRenderingContext2D,
  card: SceneCard,
  view: View,
  colour: string,
  colours: Colours,
): void {
  const { x, y, width } = onScreen(card, view);
  const radius = Math.max(3, 18 * view.zoom);
  const atX = x + width;
  ctx.beginPath();
  if (colour === colours.danger) {
    ctx.arc(atX, y, radius, 0, 2 * Math.PI);
  } else {
    ctx.moveTo(atX, y - radius);
    ctx.lineTo(atX + radius, y + radius);
    ctx.lineTo(atX - radius, y + radius);
    ctx.closePath();
  }
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.strokeStyle = colours.canvas;
  ctx.lineWidth = 1;
  ctx.stroke();
}

/** The name of the card under the pointer or with the focus, readable at any zoom. */
function paintName(
  ctx: CanvasRenderingContext2D,
  card: SceneCard,
  view: View,
  colours: Colours,
  { nameOf }: Looks,
): void {
  const { x, y, width, height } = onScreen(card, view);
  const name = nameOf(card);
  ctx.font = `600 12px ${colours.font}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  const boxWidth = ctx.measureText(name).width + 16;
  const left = Math.max(4, Math.min(x + width / 2 - boxWidth / 2, view.width - boxWidth - 4));
  const top = y + height + 34 < view.height ? y + height + 8 : y - 32;
  ctx.beginPath();
  ctx.roundRect(left, top, boxWidth, 24, 6);
  ctx.fillStyle = colours.text;
  ctx.fill();
  ctx.fillStyle = colours.canvas;
  ctx.fillText(name, left + boxWidth / 2, top + 12.5);
}
