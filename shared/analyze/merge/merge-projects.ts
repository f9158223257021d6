import { type Project, ProjectSchema } from '../../flow/project.ts';
import { invariant } from '../../lib/invariant.ts';
import { lookup, sortedEntries } from '../../lib/record.ts';
import { sameJson } from '../../lib/same-json.ts';
import { type Conflict, type Path, placeOf, type Versions, valueAt } from './conflict.ts';
import { mergeValue, type Report } from './merge-value.ts';
import { keyOfUse, usesOf } from './uses.ts';

export interface Merged {
  readonly project: Project;
  /** By path; none: the merge is clean. */
  readonly conflicts: readonly Conflict[];
}

/**
 * Three-way merge of project documents by identity, down to single fields (SPEC.md, MG*). Total and pure: any three
 * projects that the schema accepts merge into one that it accepts. Where both sides want different things ours is
 * taken, or what was changed rather than removed, and a conflict says so: no edit of either side goes unmentioned.
 */
export function mergeProjects(base: Project, ours: Project, theirs: Project): Merged {
  const merging = new Merging({ base, ours, theirs });
  let draft = mergeValue([], { base, ours, theirs }, merging.report) as Project;
  // One side's document as it is needs no mending.
  if (![ours, theirs].some((side) => sameJson(side, draft))) {
    draft = merging.keepOneStart(draft);
    draft = merging.keepUsed(draft);
  }
  const project = merging.makeValid(draft);
  return { project, conflicts: merging.conflicts.sort(byPath) };
}

/** A thing before what lies in it. */
function byPath(a: Conflict, b: Conflict): number {
  return a.path.join('/') < b.path.join('/') ? -1 : 1;
}

class Merging {
  readonly #versions: Versions;
  readonly conflicts: Conflict[] = [];

  constructor(versions: Versions) {
    this.#versions = versions;
  }

  readonly report: Report = (kind, path, { base, ours, theirs }, taken) => {
    const { thing, field } = placeOf(this.#versions, path);
    const what = field === '' ? thing : `${thing}: ${field}`;
    const [keeper, remover] = taken === 'ours' ? ['we', 'they'] : ['they', 'we'];
    const sentences = {
      'both-changed': `The ${what} was changed by both sides differently; ours is kept.`,
      'removed-changed': `The ${what} was removed in one version (${remover} did) and changed in the other; it is kept as ${keeper} have it.`,
      'removed-used': `The ${what} was removed in one version (${remover} did) and is newly used in the other; it is kept.`,
      order: `The ${what} was put into another order by each side; our order is kept.`,
      'several-starts': `The ${what} is a second start of its flow, made by them; ours is kept, theirs is left out.`,
      'invalid-together': `The ${what} would not be allowed with the changes of both sides; ours is kept.`,
    };
    this.conflicts.push({ kind, path, base, ours, theirs, taken, message: sentences[kind] });
  };

  #tell(kind: Conflict['kind'], path: Path, taken: 'ours' | 'theirs'): void {
    const { base, ours, theirs } = this.#versions;
    const triple = { base: valueAt(base, path), ours: valueAt(ours, path), theirs: valueAt(theirs, path) };
    this.report(kind, path, triple, taken);
  }

  /** MG6: where each side alone gave a flow one start, both together do not give it two. */
  keepOneStart(draft: Project): Project {
    let result = draft;
    const startsOf = (project: Project, flowId: string) =>
      sortedEntries((valueAt(project, ['flows', flowId, 'nodes']) ?? {}) as Project['flows'][string]['nodes'])
        .filter(([, node]) => node.type === 'start')
        .map(([nodeId]) => nodeId);
    for (const flowId of Object.keys(draft.flows)) {
      const ours = startsOf(this.#versions.ours, flowId);
      if (ours.length !== 1 || startsOf(this.#versions.theirs, flowId).length !== 1) continue;
      const both = startsOf(draft, flowId);
      for (const nodeId of both.length > 1 ? both : []) {
        if (ours.includes(nodeId)) continue;
        const path = ['flows', flowId, 'nodes', nodeId];
        this.#tell('several-starts', path, 'ours');
        result = withValue(result, path, valueAt(this.#versions.ours, path)) as Project;
      }
    }
    return result;
  }

  /** MG7: what one side removed while the other began to use it is kept, and what that uses in its turn. */
  keepUsed(draft: Project): Project {
    const before = new Set(usesOf(this.#versions.base).map(keyOfUse));
    const restored = new Set<string>();
    let result = draft;
    for (let isDone = false; !isDone; ) {
      isDone = true;
      for (const use of usesOf(result)) {
        const isNew = !before.has(keyOfUse(use)) || restored.has(use.by.join('/'));
        if (!isNew || valueAt(result, use.of) !== undefined || valueAt(this.#versions.base, use.of) === undefined)
          continue;
        const side = (['ours', 'theirs'] as const).find((name) => valueAt(this.#versions[name], use.of) !== undefined);
        // Without its flow a node cannot come back; the flow's own uses are looked at first.
        if (side === undefined || valueAt(result, use.of.slice(0, -1)) === undefined) continue;
        this.#tell('removed-used', use.of, side);
        result = withValue(result, use.of, valueAt(this.#versions[side], use.of)) as Project;
        restored.add(use.of.join('/'));
        isDone = false;
      }
    }
    return result;
  }

  /** MG8: what the schema refuses of a merged thing is taken from ours, the thing as a whole. */
  makeValid(draft: Project): Project {
    let result: unknown = draft;
    for (let depth = 4; depth >= 0; depth--) {
      const parsed = ProjectSchema.safeParse(result);
      if (parsed.success) return parsed.data;
      const broken = parsed.error.issues.map(({ path }) => thingOf(path.map(String), depth));
      for (const path of new Map(broken.map((one) => [one.join('/'), one])).values()) {
        this.#tell('invalid-together', path, 'ours');
        result = withValue(result, path, valueAt(this.#versions.ours, path));
      }
    }
    const { success, data } = ProjectSchema.safeParse(result);
    invariant(success, 'our own document is valid');
    return data;
  }
}

/** The entry of a collection, or the node or note, that a place lies in; `depth` limits how far down it is looked for. */
function thingOf(path: Path, depth: number): Path {
  return path.slice(0, Math.min(depth, path[0] === 'flows' && (path[2] === 'nodes' || path[2] === 'notes') ? 4 : 2));
}

/** A document with another value at a path; `undefined` takes the member away. */
function withValue(document: unknown, [member, ...rest]: Path, value: unknown): unknown {
  if (member === undefined) return value;
  const members = document as Readonly<Record<string, unknown>>;
  const next = withValue(lookup(members, member), rest, value);
  const others = Object.entries(members).filter(([name]) => name !== member);
  return Object.fromEntries(next === undefined ? others : [...others, [member, next]]);
}
