import type { Project } from '../../../shared/flow/project.ts';

/** Hashes of all recordings that a project plays, wherever in it they stand. */
export function mediaOf(project: Project): readonly string[] {
  const found = new Set<string>();
  const open: unknown[] = [project];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (typeof at !== 'object' || at === null) continue;
    const { kind, sha256 } = at as { kind?: unknown; sha256?: unknown };
    if (kind === 'audio' && typeof sha256 === 'string') found.add(sha256);
    open.push(...Object.values(at));
  }
  return [...found].sort();
}
