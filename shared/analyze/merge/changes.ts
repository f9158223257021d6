import type { Project } from '../../flow/project.ts';
import { lookup } from '../../lib/record.ts';
import { sameJson } from '../../lib/same-json.ts';
import { type Path, placeOf } from './conflict.ts';
import { identify } from './merge-list.ts';

/** One thing or field of a document that is not the same in another version of it. */
export interface Change {
  /** `reordered`: the same items in another order. */
  readonly kind: 'added' | 'removed' | 'changed' | 'reordered';
  readonly path: Path;
  readonly before: unknown;
  readonly after: unknown;
  /** In English. */
  readonly message: string;
}

/** Longer values are cut in sentences. */
const MAX_CHARACTERS = 60;

/** What stands differently in two versions of a project: things and fields, found by identity as a merge does (MG11). */
export function changesBetween(before: Project, after: Project): readonly Change[] {
  const versions = { base: before, ours: after, theirs: before };
  const changes: Change[] = [];
  const tell = (kind: Change['kind'], path: Path, was: unknown, is: unknown) => {
    const { thing, field } = placeOf(versions, path);
    const what = field === '' ? `The ${thing}` : `The ${thing}: ${field}`;
    const message = {
      added: `${what} is new${field === '' ? '' : `: ${shown(is)}`}.`,
      removed: `${what} is gone${field === '' ? '' : `; it was ${shown(was)}`}.`,
      changed: `${what} is ${shown(is)} instead of ${shown(was)}.`,
      reordered: `${what} is in another order.`,
    };
    changes.push({ kind, path, before: was, after: is, message: message[kind] });
  };
  const compare = (path: Path, was: unknown, is: unknown): void => {
    if (sameJson(was, is)) return;
    const [old, now] = [membersOf(was, is), membersOf(is, was)];
    if (was === undefined || is === undefined) {
      tell(was === undefined ? 'added' : 'removed', path, was, is);
    } else if (!old || !now || path.at(-1) === 'position') {
      tell('changed', path, was, is);
    } else {
      const told = changes.length;
      const members = new Set([...Object.keys(old), ...Object.keys(now)]);
      for (const member of members) compare([...path, member], lookup(old, member), lookup(now, member));
      if (changes.length === told) tell('reordered', path, was, is);
    }
  };
  compare([], before, after);
  return changes.sort((a, b) => (a.path.join('/') < b.path.join('/') ? -1 : 1));
}

/** The members of an object, or the items of a list by their identities; null for anything else. */
function membersOf(value: unknown, other: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value) !== Array.isArray(other) || typeof other !== 'object') return null;
  if (!Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  const [items] = identify(value, other as readonly unknown[]) ?? [];
  return items ? Object.fromEntries(items) : null;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS - 1)}…` : text;
}
