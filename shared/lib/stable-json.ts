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
  // Without a comparator it is by code units.
  const keys = Object.keys(value).sort();
  // Sorting is stable, so equal ranks stay alphabetical.
  if (rank.size > 0) keys.sort((a, b) => (rank.get(a) ?? rank.size) - (rank.get(b) ?? rank.size));
  const members = value as Readonly<Record<string, unknown>>;
  const result: Record<string, unknown> = {};
  for (const key of keys) {
    const member = ordered(members[key], rank);
    // An assignment would set the prototype.
    if (key === '__proto__') Object.defineProperty(result, key, { value: member, enumerable: true });
    else result[key] = member;
  }
  return result;
}
