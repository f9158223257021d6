import { lookup } from '../../lib/record.ts';
import { sameJson } from '../../lib/same-json.ts';
import type { ConflictKind, Path } from './conflict.ts';
import { identify, mergeOrder } from './merge-list.ts';

/** Members whose parts mean something only together (MG2). */
const WHOLE = ['position'];

type Members = Readonly<Record<string, unknown>>;

/** One value in its three versions; `undefined` stands for "is not there". */
export interface Triple {
  readonly base: unknown;
  readonly ours: unknown;
  readonly theirs: unknown;
}

/** Told of each conflict, with whose value was taken. */
export type Report = (kind: ConflictKind, path: Path, triple: Triple, taken: 'ours' | 'theirs') => void;

/** Merges one JSON value, down to its fields (SPEC.md, MG1–MG5). */
export function mergeValue(path: Path, triple: Triple, report: Report): unknown {
  const { base, ours, theirs } = triple;
  if (sameJson(ours, theirs) || sameJson(base, theirs)) return ours;
  if (sameJson(base, ours)) return theirs;
  // MG3: of what one side removed and the other changed, the change is kept.
  if (ours === undefined || theirs === undefined) {
    report('removed-changed', path, triple, ours === undefined ? 'theirs' : 'ours');
    return ours ?? theirs;
  }
  const last = path.at(-1);
  if (last !== undefined && WHOLE.includes(last)) return takeOurs(path, triple, report);
  if (isMembers(ours) && isMembers(theirs)) return mergeMembers(path, base, ours, theirs, report);
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    const merged = mergeList(path, Array.isArray(base) ? base : [], ours, theirs, report);
    if (merged) return merged;
  }
  return takeOurs(path, triple, report);
}

function takeOurs(path: Path, triple: Triple, report: Report): unknown {
  report('both-changed', path, triple, 'ours');
  return triple.ours;
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mergeMembers(path: Path, base: unknown, ours: Members, theirs: Members, report: Report): unknown {
  const was = isMembers(base) ? base : {};
  // MG2: of another kind, the other members have another meaning.
  if (ours.kind !== theirs.kind || (isMembers(base) && base.kind !== ours.kind)) {
    return takeOurs(path, { base, ours, theirs }, report);
  }
  const members = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  const result = new Map<string, unknown>();
  if (members.has('type') && (ours.type !== theirs.type || (isMembers(base) && base.type !== ours.type))) {
    // MG2: so too for a node of another type and its settings.
    const pair = ({ type, data }: Members) => ({ type, data });
    const triple = { base: isMembers(base) ? pair(was) : undefined, ours: pair(ours), theirs: pair(theirs) };
    const taken = mergeWhole(path, triple, report);
    for (const member of ['type', 'data'] as const) {
      members.delete(member);
      if (taken[member] !== undefined) result.set(member, taken[member]);
    }
  }
  for (const member of members) {
    const triple = { base: lookup(was, member), ours: lookup(ours, member), theirs: lookup(theirs, member) };
    const value = mergeValue([...path, member], triple, report);
    if (value !== undefined) result.set(member, value);
  }
  return Object.fromEntries(result);
}

interface TypedData {
  readonly type: unknown;
  readonly data: unknown;
}

function mergeWhole(path: Path, triple: { base: unknown; ours: TypedData; theirs: TypedData }, report: Report) {
  const { base, ours, theirs } = triple;
  if (sameJson(ours, theirs) || sameJson(base, theirs)) return ours;
  if (sameJson(base, ours)) return theirs;
  report('both-changed', path, triple, 'ours');
  return ours;
}

/** MG4: a list of identified things, item by item; null for one that is a value. */
function mergeList(
  path: Path,
  base: readonly unknown[],
  ours: readonly unknown[],
  theirs: readonly unknown[],
  report: Report,
): unknown[] | null {
  const [was, our, their] = identify(base, ours, theirs) ?? [];
  if (!was || !our || !their) return null;
  const kept = new Map<string, unknown>();
  for (const id of new Set([...our.keys(), ...their.keys()])) {
    const value = mergeValue([...path, id], { base: was.get(id), ours: our.get(id), theirs: their.get(id) }, report);
    if (value !== undefined) kept.set(id, value);
  }
  const { ids, inConflict } = mergeOrder(new Set(kept.keys()), was, our, their);
  if (inConflict) report('order', path, { base, ours, theirs }, 'ours');
  return ids.map((id) => kept.get(id));
}
