import type { NodeType } from '../../../shared/flow/catalogue.ts';
import type { NodeId } from '../../../shared/flow/ids.ts';
import type { ProblemMark } from '../derive.ts';
import type { LivePath } from '../live-path.ts';
import type { Colours } from './colours.ts';
import { type Box, overlaps, runOf, type Scene, type SceneCard, type SceneNote, type SceneWire } from './scene.ts';

/** What is to be seen of the canvas: `screen = canvas * zoom + (x, y)`, in CSS pixels. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
}

/** What is drawn onto the flow besides itself. */
export interface Marks {
  readonly selected: ReadonlySet<NodeId>;
  readonly selectedWires: ReadonlySet<string>;
  readonly problems: ReadonlyMap<NodeId, ProblemMark>;
  readonly path: LivePath;
  /** Connections that no test goes through, while tests are looked at. */
  readonly uncovered: ReadonlySet<string>;
  /** Nodes that two sides have changed differently. */
  readonly conflicts: ReadonlyMap<NodeId, number>;
  /** What a search has found. */
  readonly found: ReadonlySet<NodeId>;
  /** Cards and wires that are elements of the page: they are not drawn here. */
  readonly realCards: ReadonlySet<NodeId>;
  readonly realWires: ReadonlySet<string>;
}

/** What changes from moment to moment. */
export interface Pointing {
  readonly hovered: NodeId | null;
  readonly focused: NodeId | null;
}

/** How cards are called and which icon they have. */
export interface Looks {
  readonly nameOf: (card: SceneCard) => string;
  readonly icons: Partial<Readonly<Record<NodeType, Path2D>>>;
}

/** Up to this zoom a card is a coloured dot and a wire a straight line. */
export const DOT_ZOOM = 0.13;
/** Name on a card as large as the far look of real cards has it, in canvas pixels. */
const NAME_PX = 27;
const MIN_NAME_PX = 7;
const TILE_PX = 44;
/** Of a card too small for its name. */
const LARGE_TILE_PX = 110;
const ICON_BOX_PX = 24;
const WIRES_A_STROKE = 64;
const OUT_PX = 28;

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
  const cards: SceneCard[] = [];
  for (const card of scene.cards.values()) {
    if (!marks.realCards.has(card.id) && overlaps(card, seen)) cards.push(card);
  }
  if (view.zoom <= DOT_ZOOM) paintDots(ctx, cards, view, colours);
  else for (const card of cards) paintCard(ctx, card, view, colours, looks);
  for (const card of cards) paintMarks(ctx, card, view, colours, marks, pointing);
  const hovered = pointing.hovered ?? pointing.focused;
  const named = hovered === null ? undefined : scene.cards.get(hovered);
  if (named && !marks.realCards.has(named.id)) paintName(ctx, named, view, colours, looks);
}

/** The part of the canvas in view, in canvas pixels, and so much more around it. */
export function seenBox({ x, y, zoom, width, height }: View, marginPx = 0): Box {
  return {
    x: -x / zoom - marginPx,
    y: -y / zoom - marginPx,
    width: width / zoom + 2 * marginPx,
    height: height / zoom + 2 * marginPx,
  };
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
    uncovered: { colour: colours.warning, width: Math.max(1, 1.75 * view.zoom), dash: [4, 3] },
    taken: { colour: colours.live, width: thick + 1, dash: [] },
    selected: { colour: colours.accent, width: thick + 1, dash: [] },
  } as const satisfies Record<string, Pen>;
  const wires: Record<keyof typeof pens, SceneWire[]> = { plain: [], uncovered: [], taken: [], selected: [] };
  for (const wire of scene.wires) {
    if (marks.realWires.has(wire.id) || !isSeen(wire, seen)) continue;
    const pen = marks.selectedWires.has(wire.id)
      ? 'selected'
      : marks.path.taken.has(wire.id)
        ? 'taken'
        : marks.uncovered.has(wire.id)
          ? 'uncovered'
          : 'plain';
    wires[pen].push(wire);
  }
  for (const name of ['plain', 'uncovered', 'taken', 'selected'] as const) {
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

/** Whether a wire may come through the box: by the box around both its cards and its way above them. */
function isSeen({ from, to }: SceneWire, seen: Box): boolean {
  const left = Math.min(from.x, to.x) - OUT_PX;
  const right = Math.max(from.x + from.width, to.x + to.width) + OUT_PX;
  const top = Math.min(from.y, to.y) - 2 * OUT_PX;
  const bottom = Math.max(from.y + from.height, to.y + to.height);
  return overlaps({ x: left, y: top, width: right - left, height: bottom - top }, seen);
}

function traceWire(ctx: CanvasRenderingContext2D, wire: SceneWire, { x, y, zoom }: View): void {
  const run = runOf(wire);
  const fromX = run.fromX * zoom + x;
  const fromY = run.fromY * zoom + y;
  const toX = run.toX * zoom + x;
  const toY = run.toY * zoom + y;
  ctx.moveTo(fromX, fromY);
  if (run.overY !== null) {
    const overY = run.overY * zoom + y;
    const out = OUT_PX * zoom;
    ctx.lineTo(fromX + out, fromY);
    ctx.lineTo(fromX + out, overY);
    ctx.lineTo(toX - out, overY);
    ctx.lineTo(toX - out, toY);
    ctx.lineTo(toX, toY);
  } else if (zoom <= DOT_ZOOM) {
    ctx.lineTo(toX, toY);
  } else {
    const middle = (fromX + toX) / 2;
    ctx.bezierCurveTo(middle, fromY, middle, toY, toX, toY);
  }
}

/** Cards as dots of their kind's colour, kind by kind: changing the colour is what takes time. */
function paintDots(ctx: CanvasRenderingContext2D, cards: readonly SceneCard[], view: View, colours: Colours): void {
  const byType = Map.groupBy(cards, ({ node }) => node.type);
  for (const [type, group] of byType) {
    ctx.fillStyle = colours.dot[type];
    for (const card of group) {
      const { x, y, width, height } = onScreen(card, view);
      ctx.fillRect(x, y, Math.max(2, width), Math.max(2, height));
    }
    ctx.fillStyle = colours.kind[type];
    for (const card of group) {
      const { x, y, height } = onScreen(card, view);
      ctx.fillRect(x, y, Math.max(1, Math.round(30 * view.zoom)), Math.max(2, height));
    }
  }
}

function paintCard(
  ctx: CanvasRenderingContext2D,
  card: SceneCard,
  view: View,
  colours: Colours,
  { nameOf, icons }: Looks,
): void {
  const { zoom } = view;
  const { x, y, width, height } = onScreen(card, view);
  const { type } = card.node;
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, 8 * zoom);
  ctx.fillStyle = colours.raised;
  ctx.fill();
  ctx.strokeStyle = colours.border;
  ctx.lineWidth = 1;
  ctx.stroke();
  const hasName = NAME_PX * zoom >= MIN_NAME_PX;
  const tile = hasName ? TILE_PX * zoom : Math.min(height * 0.7, LARGE_TILE_PX * zoom);
  const tileX = hasName ? x + 12 * zoom : x + (width - tile) / 2;
  const tileY = y + (height - tile) / 2;
  ctx.fillStyle = colours.soft[type];
  ctx.fillRect(tileX, tileY, tile, tile);
  const icon = icons[type];
  if (icon) {
    const scale = (tile * 0.62) / ICON_BOX_PX;
    ctx.save();
    ctx.translate(tileX + tile * 0.19, tileY + tile * 0.19);
    ctx.scale(scale, scale);
    ctx.strokeStyle = colours.kind[type];
    ctx.lineWidth = Math.max(2, 1 / scale);
    ctx.stroke(icon);
    ctx.restore();
  }
  if (!hasName) return;
  ctx.fillStyle = colours.text;
  ctx.font = `600 ${NAME_PX * zoom}px ${colours.font}`;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  const textX = tileX + tile + 10 * zoom;
  const roomPx = x + width - 10 * zoom - textX;
  // About how many letters go in: measuring each name in each frame takes too long.
  const letters = Math.max(1, Math.floor(roomPx / (NAME_PX * zoom * 0.56)));
  const name = nameOf(card);
  ctx.fillText(name.length > letters ? `${name.slice(0, letters - 1)}…` : name, textX, y + height / 2, roomPx);
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

function onScreen({ x, y, width, height }: Box, view: View): Box {
  return {
    x: x * view.zoom + view.x,
    y: y * view.zoom + view.y,
    width: width * view.zoom,
    height: height * view.zoom,
  };
}
