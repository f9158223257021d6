import type { NodeId } from '../../../shared/flow/ids.ts';
import { NEAR_ZOOM } from './levels.ts';
import { overlaps, type Scene } from './scene.ts';
import { seenBox, type View } from './view.ts';

/** How far out of view a card stays real, in screen pixels: a little back and forth costs nothing. */
const KEEP_PX = 320;
/** The view stands still when it has not moved for so long: between two moves of a mouse there are frames as well. */
const STILL_MS = 80;

/**
 * How many cards may become real in a frame. While the view moves none do, so that no frame is late: the far layer draws
 * what comes in, and the cards are there as soon as it stands still.
 * @param stillMs How long ago the view moved last.
 */
export function cardsAFrame(stillMs: number): number {
  return stillMs >= STILL_MS ? 3 : 0;
}

export interface Residents {
  readonly ids: ReadonlySet<NodeId>;
  /** Whether there are more cards in view that should be real: ask again in the next frame. */
  readonly more: boolean;
}

const NONE: ReadonlySet<NodeId> = new Set();

/**
 * Which cards should be elements of the page after those that are now: far out none, near those in view, nearest to the
 * middle first and at most `limit` new ones. The same set when nothing changes.
 */
export function nextResidents(scene: Scene, view: View, now: ReadonlySet<NodeId>, limit: number): Residents {
  if (view.zoom < NEAR_ZOOM) return { ids: now.size === 0 ? now : NONE, more: false };
  const seen = seenBox(view);
  const kept = seenBox(view, KEEP_PX / view.zoom);
  const next = new Set<NodeId>();
  for (const id of now) {
    const card = scene.cards.get(id);
    if (card && overlaps(card, kept)) next.add(id);
  }
  const middle = { x: seen.x + seen.width / 2, y: seen.y + seen.height / 2 };
  const missing: { id: NodeId; distance: number }[] = [];
  for (const card of scene.cards.values()) {
    if (next.has(card.id) || !overlaps(card, seen)) continue;
    const distance = Math.hypot(card.x + card.width / 2 - middle.x, card.y + card.height / 2 - middle.y);
    missing.push({ id: card.id, distance });
  }
  missing.sort((one, other) => one.distance - other.distance);
  for (const { id } of missing.slice(0, limit)) next.add(id);
  const same = next.size === now.size && missing.length === 0;
  return { ids: same ? now : next, more: missing.length > limit };
}

/** What comes with the real cards. */
export interface Attached {
  /** Wires that are elements, by `connectionId`. */
  readonly wires: ReadonlySet<string>;
  /** Cards that are not drawn but known to React Flow, as the other ends of such wires. */
  readonly hidden: ReadonlySet<NodeId>;
}

/** So many cards out of view may be known for the wires that lead to them; the far layer draws the other wires. */
const HIDDEN_LIMIT = 40;

/** The wires of real cards that should be real too: those among them, and those that lead out of view. */
export function attachedTo(scene: Scene, real: ReadonlySet<NodeId>): Attached {
  const wires = new Set<string>();
  const hidden = new Set<NodeId>();
  for (const id of real) {
    for (const { id: wireId, from, to } of scene.wiresOf.get(id) ?? []) {
      const other = from.id === id ? to.id : from.id;
      if (!real.has(other) && !hidden.has(other)) {
        if (hidden.size >= HIDDEN_LIMIT) continue;
        hidden.add(other);
      }
      wires.add(wireId);
    }
  }
  return { wires, hidden };
}
