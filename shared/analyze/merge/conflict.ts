import type { Project } from '../../flow/project.ts';
import { lookup } from '../../lib/record.ts';

/** Where in the document: members from its root; an item of a list of identified things by its identity. */
export type Path = readonly string[];

export type ConflictKind =
  /** Both sides changed one value, differently. */
  | 'both-changed'
  /** One side removed what the other changed. */
  | 'removed-changed'
  /** One side removed what the other began to use. */
  | 'removed-used'
  /** Both sides put one list into different orders. */
  | 'order'
  /** Each side gave the flow a start of its own. */
  | 'several-starts'
  /** Each side's change is right, but both together are not allowed. */
  | 'invalid-together';

/** Something that a person should look at after a merge (SPEC.md, MG*). */
export interface Conflict {
  readonly kind: ConflictKind;
  readonly path: Path;
  /** What stood there; `undefined` where there was nothing. */
  readonly base: unknown;
  readonly ours: unknown;
  readonly theirs: unknown;
  /** Whose value is in the result. */
  readonly taken: 'ours' | 'theirs';
  /** In English: what is in conflict, and what was taken. */
  readonly message: string;
}

/** The three documents of a merge. */
export interface Versions {
  readonly base: Project;
  readonly ours: Project;
  readonly theirs: Project;
}

/** What a collection's entries are called; others go by the collection's own name. */
const NAMES: Readonly<Record<string, string>> = {
  numbers: 'number',
  people: 'person',
  queues: 'queue',
  prompts: 'prompt',
  schedules: 'schedule',
  flows: 'flow',
  variables: 'variable',
  nodes: 'node',
  notes: 'note',
  tests: 'test',
};

/** The value at a path of JSON; `undefined` where there is none. */
export function valueAt(document: unknown, path: Path): unknown {
  let at = document;
  for (const member of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = lookup(at as Readonly<Record<string, unknown>>, member);
  }
  return at;
}

/** A place as a person would say it: `node "Welcome" of the flow "Main menu"`, and the field, if it is one. */
export function placeOf(versions: Versions, path: Path): { readonly thing: string; readonly field: string } {
  const things: string[] = [];
  let used = 0;
  while (used + 1 < path.length) {
    const collection = path[used];
    const what = collection === undefined ? undefined : lookup(NAMES, collection);
    if (what === undefined) break;
    things.unshift(`${what} "${nameAt(versions, path.slice(0, used + 2))}"`);
    used += 2;
  }
  const thing = things.length === 0 ? 'project' : things.join(' of the ');
  return { thing, field: path.slice(used).join('.') };
}

/** The name that people know a thing by; its id where it has none. */
function nameAt({ ours, theirs, base }: Versions, path: Path): string {
  for (const version of [ours, theirs, base]) {
    const thing = valueAt(version, path);
    if (typeof thing !== 'object' || thing === null) continue;
    const { name, number } = thing as { name?: unknown; number?: unknown };
    for (const text of [name, number]) if (typeof text === 'string' && text !== '') return text;
  }
  return path.at(-1) ?? '';
}
