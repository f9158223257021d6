import { sortedEntries } from './record.ts';

/**
 * JSON text that is the same for equal values, whatever order their members were written in. `first` names members
 * that go ahead of the others, in that order. Members that are `undefined` are left out, as in JSON.
 */
export function stableJson(value: unknown, options: { indent?: number; first?: readonly string[] } = {}): string {
  const rank = new Map((options.first ?? []).map((key, index) => [key, index]));
  return JSON.stringify(ordered(value, rank), null, options.indent ?? 0);
}

function ordered(value: unknown, rank: ReadonlyMap<string, number>): unknown {
  if (Array.isArray(value)) return value.map((item) => ordered(item, rank));
  if (typeof value !== 'object' || value === null) return value;
  const entries = sortedEntries(value as Record<string, unknown>);
  if (rank.size > 0) {
    // Sorting is stable, so equal ranks stay alphabetical.
    entries.sort(([a], [b]) => (rank.get(a) ?? rank.size) - (rank.get(b) ?? rank.size));
  }
  return Object.fromEntries(entries.map(([key, member]) => [key, ordered(member, rank)]));
}
