/** A point in canvas pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

const OUT_PX = 28;
const ABOVE_PX = 28;
const RADIUS_PX = 14;

/** A wire that leads to the left would run behind cards: it goes around above them instead. */
export function leadsBack(source: Point, target: Point): boolean {
  return target.x < source.x + OUT_PX;
}

/**
 * SVG path of a wire that leads back: out to the right, up over both cards, and in from the left.
 * @param tops Upper edges of the two cards.
 */
export function backPath(source: Point, target: Point, tops: readonly [number, number]): string {
  const overY = Math.min(...tops) - ABOVE_PX;
  return roundedPath([
    source,
    { x: source.x + OUT_PX, y: source.y },
    { x: source.x + OUT_PX, y: overY },
    { x: target.x - OUT_PX, y: overY },
    { x: target.x - OUT_PX, y: target.y },
    target,
  ]);
}

/** SVG path along right-angled points, corners rounded as far as their sides allow. */
export function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const parts = [`M ${first.x} ${first.y}`];
  rest.forEach((corner, index) => {
    const before = points[index] ?? corner;
    const after = points[index + 2];
    if (!after) {
      parts.push(`L ${corner.x} ${corner.y}`);
      return;
    }
    const radius = Math.min(RADIUS_PX, distance(before, corner) / 2, distance(corner, after) / 2);
    const enter = towards(corner, before, radius);
    const leave = towards(corner, after, radius);
    parts.push(`L ${enter.x} ${enter.y}`, `Q ${corner.x} ${corner.y} ${leave.x} ${leave.y}`);
  });
  return parts.join(' ');
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

function towards(from: Point, to: Point, by: number): Point {
  const length = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * by) / length, y: from.y + ((to.y - from.y) * by) / length };
}
