import { KEYS, type Key } from '../../flow/ids.ts';
import { sameJson } from '../../lib/same-json.ts';

/** Members that name an item of a list, whatever its place. */
const IDENTITIES = ['id', 'personId'] as const;

/** A list's items by what names them, in the list's order. */
export type Identified = ReadonlyMap<string, unknown>;

/**
 * The three lists by their items' identities: objects by `id` or `personId`, texts by themselves. Null where items
 * have none or share one: such lists are values (MG4).
 */
export function identify(...lists: readonly (readonly unknown[])[]): readonly Identified[] | null {
  const items = lists.flat();
  if (items.every((item) => typeof item === 'string')) return byIdentity(lists, String);
  for (const member of IDENTITIES) {
    const named = (item: unknown) =>
      typeof item === 'object' && item !== null && typeof (item as Record<string, unknown>)[member] === 'string';
    if (items.every(named)) return byIdentity(lists, (item) => String((item as Record<string, unknown>)[member]));
  }
  return null;
}

function byIdentity(lists: readonly (readonly unknown[])[], of: (item: unknown) => string) {
  const maps = lists.map((list) => new Map(list.map((item) => [of(item), item])));
  return maps.every((map, index) => map.size === lists[index]?.length) ? maps : null;
}

export interface Order {
  readonly ids: readonly string[];
  /** Whether both sides ordered what they share in different ways; ours was taken then. */
  readonly inConflict: boolean;
}

/**
 * MG5: the order of a merged list. What both sides have goes as the side that reordered it says; what one side only
 * has follows what it follows there. Keys of the telephone have no order of their own and stand as on the keypad.
 */
export function mergeOrder(kept: ReadonlySet<string>, base: Identified, ours: Identified, theirs: Identified): Order {
  if ([...kept].every((id) => KEYS.includes(id as Key)) && isPlain(ours) && isPlain(theirs)) {
    return { ids: KEYS.filter((key) => kept.has(key)), inConflict: false };
  }
  const shared = (list: Identified) => [...list.keys()].filter((id) => kept.has(id) && ours.has(id) && theirs.has(id));
  const [before, oursNow, theirsNow] = [shared(base), shared(ours), shared(theirs)];
  const oursMoved = !sameJson(before, oursNow);
  const inConflict = oursMoved && !sameJson(before, theirsNow) && !sameJson(oursNow, theirsNow);
  const backbone = oursMoved ? oursNow : theirsNow;
  const added = [insertions(kept, backbone, ours), insertions(kept, backbone, theirs)];
  const ids = [null, ...backbone].flatMap((after) => {
    const groups = added.map((groupsAfter) => groupsAfter.get(after) ?? []).filter((group) => group.length > 0);
    // Neither side has a say in what of both comes first; the same on both sides it must be.
    groups.sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
    return [...(after === null ? [] : [after]), ...groups.flat()];
  });
  return { ids, inConflict };
}

function isPlain(list: Identified): boolean {
  return [...list].every(([id, item]) => id === item);
}

/** What only one side has, by the shared item that it follows there (null: the beginning). */
function insertions(kept: ReadonlySet<string>, backbone: readonly string[], side: Identified) {
  const shared = new Set(backbone);
  const groups = new Map<string | null, string[]>();
  let after: string | null = null;
  for (const id of side.keys()) {
    if (shared.has(id)) after = id;
    else if (kept.has(id)) groups.set(after, [...(groups.get(after) ?? []), id]);
  }
  return groups;
}
