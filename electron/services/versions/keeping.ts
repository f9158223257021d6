import type { VersionFacts } from './version-file.ts';

const NEWEST = 20;
const DAYS = 30;

/** Versions that are taken away (VE5), of all of them, the newest first. Days are those of UTC. */
export function outdated(versions: readonly VersionFacts[]): readonly VersionFacts[] {
  const byThemselves = versions.filter(({ kind, published }) => kind !== 'named' && !published);
  const days = new Set<string>();
  return byThemselves.slice(NEWEST).filter(({ savedAtMs }) => {
    const day = new Date(savedAtMs).toISOString().slice(0, 10);
    const stays = !days.has(day) && days.size < DAYS;
    days.add(day);
    return !stays;
  });
}
