import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Conflict, valueAt } from '../../../../shared/analyze/merge/conflict.ts';
import { mergeProjects } from '../../../../shared/analyze/merge/merge-projects.ts';
import { type Project, ProjectSchema } from '../../../../shared/flow/project.ts';
import { sameJson } from '../../../../shared/lib/same-json.ts';
import { stableJson } from '../../../../shared/lib/stable-json.ts';
import { arbitraryProject } from '../../../support/arbitrary-project.ts';

/** Three projects that share most ids: a base and two sides, each with some collections and flows of another one. */
const versions = fc
  .tuple(arbitraryProject, arbitraryProject, arbitraryProject, fc.nat(0xffff), fc.nat(0xffff))
  .map(([base, one, other, seed, otherSeed]) => ({
    base,
    ours: mix(base, one, seed),
    theirs: mix(base, other, otherSeed),
  }));

/** The first project with some members, at any depth of things, from the second. */
function mix(base: Project, other: Project, seed: number): Project {
  let bits = seed;
  const next = () => {
    bits = (Math.imul(bits, 1103515245) + 12345) & 0x7fffffff;
    return (bits >>> 16) % 4;
  };
  const blend = (a: unknown, b: unknown): unknown => {
    if (!isMembers(a) || !isMembers(b) || a.kind !== b.kind || a.type !== b.type) return next() === 0 ? b : a;
    const entries = [...new Set([...Object.keys(a), ...Object.keys(b)])].map((key) => {
      const [mine, its] = [a, b].map((side) => (Object.hasOwn(side, key) ? side[key] : undefined));
      return [key, blend(mine, its)] as const;
    });
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  };
  const blended = ProjectSchema.safeParse(blend(base, other));
  return blended.success ? blended.data : other;
}

function isMembers(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

test('[MG1] what one side or both alike changed is taken as it is', () => {
  fc.assert(
    fc.property(arbitraryProject, arbitraryProject, (a, b) => {
      for (const [base, ours, theirs] of [
        [a, a, b],
        [a, b, a],
        [a, b, b],
      ] as const) {
        const merged = mergeProjects(base, ours, theirs);
        expect(merged.conflicts).toEqual([]);
        expect(stableJson(merged.project)).toBe(stableJson(b));
      }
    }),
    { numRuns: 60 },
  );
});

test('[MG8] the result is a valid project, and merging is pure', () => {
  fc.assert(
    fc.property(versions, ({ base, ours, theirs }) => {
      const before = stableJson([base, ours, theirs]);
      const { project } = mergeProjects(base, ours, theirs);
      expect(ProjectSchema.safeParse(project).success).toBe(true);
      expect(stableJson([base, ours, theirs])).toBe(before);
    }),
    { numRuns: 100 },
  );
});

test('[MG10] exchanging the sides changes only who wins', () => {
  fc.assert(
    fc.property(versions, ({ base, ours, theirs }) => {
      const one = mergeProjects(base, ours, theirs);
      const other = mergeProjects(base, theirs, ours);
      const fields = ({ conflicts }: typeof one) =>
        conflicts
          .filter(({ kind }) => kind === 'both-changed' || kind === 'removed-changed' || kind === 'order')
          .map(briefly);
      expect(fields(other)).toEqual(fields(one));
      if (one.conflicts.length === 0) expect(stableJson(other.project)).toBe(stableJson(one.project));
    }),
    { numRuns: 150 },
  );
});

const briefly = ({ kind, path }: Conflict) => `${kind} ${path.join('/')}`;

test('[MG9] no edit is lost', () => {
  fc.assert(
    fc.property(versions, ({ base, ours, theirs }) => {
      const { project, conflicts } = mergeProjects(base, ours, theirs);
      const told = conflicts.map(({ path }) => path.join('/'));
      const isTold = (path: string) =>
        told.some((one) => one === path || one === '' || path.startsWith(`${one}/`) || one.startsWith(`${path}/`));
      for (const side of [ours, theirs]) {
        for (const path of changes(base, side)) {
          const kept = isKept(valueAt(base, path), valueAt(side, path), valueAt(project, path));
          if (!kept && !isTold(path.join('/'))) expect.fail(`lost ${path.join('/')}`);
        }
      }
    }),
    { numRuns: 150 },
  );
});

/** Paths of what differs, down to what is no collection of members. */
function changes(base: unknown, side: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (sameJson(base, side)) return [];
  // Of a thing that is new, each member is; the other side may have made one of the same id.
  if (base === undefined && isMembers(side)) return changes({}, side, path);
  if (!isMembers(base) || !isMembers(side)) return [path];
  return [...new Set([...Object.keys(base), ...Object.keys(side)])].flatMap((key) =>
    changes(valueAt(base, [key]), valueAt(side, [key]), [...path, key]),
  );
}

/** Of a list it is enough that what was added is there and what was removed is not; its order is another matter. */
function isKept(before: unknown, now: unknown, merged: unknown): boolean {
  const was = before ?? [];
  if (!Array.isArray(was) || !Array.isArray(now) || !Array.isArray(merged)) return sameJson(now, merged);
  const has = (list: readonly unknown[], item: unknown) => list.some((one) => sameJson(one, item));
  const added = now.filter((item) => !has(was, item));
  const removed = was.filter((item) => !has(now, item));
  return added.every((item) => has(merged, item)) && removed.every((item) => !has(merged, item));
}
