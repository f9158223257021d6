import { createHash } from 'node:crypto';
import type { Conflict } from '../../../shared/analyze/merge/conflict.ts';
import type { SyncConflict } from '../../../shared/bridge/sync.ts';
import { type Project, ProjectSchema } from '../../../shared/flow/project.ts';
import { lookup } from '../../../shared/lib/record.ts';
import { stableJson } from '../../../shared/lib/stable-json.ts';
import { syncError } from './sync-errors.ts';

const asText = (value: unknown) => (value === undefined ? null : stableJson(value));

/** A conflict of a merge as it is kept and shown. */
export function toSyncConflict({ kind, path, base, ours, theirs, taken, message }: Conflict): SyncConflict {
  const values = { base: asText(base), ours: asText(ours), theirs: asText(theirs) };
  return identified({ kind, path: [...path], ...values, taken, message });
}

/** The id stands for the values too: a choice between values that are no longer those is none. */
function identified(conflict: Omit<SyncConflict, 'id'>): SyncConflict {
  const { kind, path, ours, theirs } = conflict;
  const id = createHash('sha256')
    .update(JSON.stringify([kind, path, ours, theirs]))
    .digest('hex')
    .slice(0, 16);
  return { ...conflict, id };
}

const placeOf = ({ path }: SyncConflict) => path.join('/');

/**
 * The conflicts that are open after a further merge: new ones take the place of older ones at the same path, older
 * ones follow what is there now, and those that both sides agree on by now are gone (RS10).
 */
export function carryOver(
  open: readonly SyncConflict[],
  added: readonly SyncConflict[],
  merged: Project,
  theirs: Project,
): SyncConflict[] {
  const replaced = new Set(added.map(placeOf));
  const older = open
    .filter((one) => !replaced.has(placeOf(one)))
    .map((one) => (one.taken === 'ours' ? identified({ ...one, theirs: asText(entryAt(theirs, one.path)) }) : one));
  return [...refreshed(older, merged), ...added];
}

/** Open conflicts after an edit here: what is in the document is what stands there now; equal values are no question. */
export function refreshed(open: readonly SyncConflict[], project: Project): SyncConflict[] {
  return open
    .map((one) => identified({ ...one, [one.taken]: asText(entryAt(project, one.path)) }))
    .filter(({ ours, theirs }) => ours !== theirs);
}

/**
 * The document with a person's choice in it (RS10). Choosing what is there already changes nothing.
 * @throws DialtreeError `sync/choice-not-possible` when the document as it is now cannot hold the other value.
 */
export function withChoice(project: Project, conflict: SyncConflict, pick: 'ours' | 'theirs'): Project {
  if (pick === conflict.taken) return project;
  const text = conflict[pick];
  const parsed = ProjectSchema.safeParse(
    withValue(project, conflict.path, text === null ? undefined : JSON.parse(text)),
  );
  if (parsed.success) return parsed.data;
  throw syncError({
    code: 'sync/choice-not-possible',
    message: 'The other value does not fit the project as it is now.',
    hint: 'Keep what is there and change it by hand.',
  });
}

/** The value at a path; an item of a list goes by its identity, else by its place. */
function entryAt(document: unknown, path: readonly string[]): unknown {
  let at = document;
  for (const member of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Array.isArray(at) ? at[placeIn(at, member)] : lookup(at as Readonly<Record<string, unknown>>, member);
  }
  return at;
}

/** Where in a list the item is that a path names; -1 when it is not there. */
function placeIn(list: readonly unknown[], member: string): number {
  const place = list.findIndex((item) => idOf(item) === member);
  return place < 0 && /^\d+$/.test(member) && Number(member) < list.length && idOf(list[0]) === undefined
    ? Number(member)
    : place;
}

/** A document with another value at a path; `undefined` takes the member away. Lists are taken as wholes. */
function withValue(document: unknown, [member, ...rest]: readonly string[], value: unknown): unknown {
  if (member === undefined) return value;
  if (typeof document !== 'object' || document === null) return document;
  if (Array.isArray(document)) {
    const index = placeIn(document, member);
    const next = withValue(document[index], rest, value);
    if (index < 0) return next === undefined ? document : [...document, next];
    return next === undefined ? document.toSpliced(index, 1) : document.with(index, next);
  }
  const members = document as Readonly<Record<string, unknown>>;
  const next = withValue(lookup(members, member), rest, value);
  const others = Object.entries(members).filter(([name]) => name !== member);
  return Object.fromEntries(next === undefined ? others : [...others, [member, next]]);
}

function idOf(item: unknown): unknown {
  if (typeof item !== 'object' || item === null) return typeof item === 'string' ? item : undefined;
  const { id, personId } = item as { id?: unknown; personId?: unknown };
  return id ?? personId;
}
