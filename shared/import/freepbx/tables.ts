import { readSqlDump } from './sql-dump.ts';

/** A row of a table; every value as text, null as the empty one. */
export type Row = Readonly<Record<string, string>>;
/** Tables of FreePBX by their names in its database. */
export type Tables = ReadonlyMap<string, readonly Row[]>;

/** What modules call their tables in backups (`modulejson`), and the database. */
const NAMES: Readonly<Record<string, string>> = {
  ivrs: 'ivr_details',
  ivr_details: 'ivr_details',
  entries: 'ivr_entries',
  ivr_entries: 'ivr_entries',
  recordings: 'recordings',
  queues_config: 'queues_config',
  users: 'users',
  ringgroups: 'ringgroups',
  announcement: 'announcement',
  announcements: 'announcement',
  timeconditions: 'timeconditions',
  timegroups_details: 'timegroups_details',
  miscdests: 'miscdests',
  incoming: 'incoming',
};

/** The tables of a MySQL dump. */
export function tablesOfDump(text: string): Tables {
  return readSqlDump(text, new Set(Object.values(NAMES)));
}

/** The tables of JSON, wherever in it they are. */
export function tablesOfJson(json: unknown): Tables {
  const tables = new Map<string, Row[]>();
  const open: unknown[] = [json];
  for (const value of open) {
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, member] of Object.entries(value)) {
      const table = Object.hasOwn(NAMES, key) ? NAMES[key] : undefined;
      if (table !== undefined && Array.isArray(member)) {
        tables.set(table, [...(tables.get(table) ?? []), ...member.flatMap(rowOf)]);
      } else if (open.length < 100_000) open.push(member);
    }
  }
  return tables;
}

function rowOf(value: unknown): Row[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const text = (member: unknown) => (typeof member === 'string' || typeof member === 'number' ? String(member) : '');
  return [Object.fromEntries(Object.entries(value).map(([column, member]) => [column, text(member)]))];
}

/** The row whose column has that value. */
export function rowWith(tables: Tables, table: string, column: string, value: string): Row | undefined {
  return tables.get(table)?.find((row) => row[column] === value);
}
