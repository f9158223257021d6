/**
 * The value that a record itself holds under `key`. Ids come from documents and events, so `constructor` or
 * `toString` may be asked for: what every object inherits is never found.
 */
export function lookup<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Entries in the order of their keys' code units, whatever order they were written in. */
export function sortedEntries<Value>(record: Readonly<Record<string, Value>>): (readonly [string, Value])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
