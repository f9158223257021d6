import { chmodSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DialtreeError } from '../../../shared/lib/errors.ts';

const VERSION = 2;
/** SQLite's result codes for a file that is damaged or none of its own. */
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

/**
 * `search` is what the text of a filter is looked for in. The index `calls_by_time` holds every column that a filter
 * asks for, so that counting what fits never reads the table itself; `calls_by_queue` does the same for charts.
 */
const TABLES = `
  CREATE TABLE IF NOT EXISTS calls (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    started_ms INTEGER NOT NULL,
    answered_ms INTEGER,
    ended_ms INTEGER,
    caller TEXT NOT NULL,
    caller_name TEXT NOT NULL,
    dialled TEXT NOT NULL,
    flow_id TEXT,
    queue_id TEXT,
    person_id TEXT,
    end_cause TEXT,
    waited_ms INTEGER NOT NULL,
    talked_ms INTEGER NOT NULL,
    outcome TEXT,
    search TEXT NOT NULL,
    code TEXT,
    note TEXT,
    wrap_up_ms INTEGER
  ) STRICT;
  CREATE INDEX IF NOT EXISTS calls_by_time
    ON calls (started_ms, seq, flow_id, queue_id, person_id, outcome, search);
  CREATE INDEX IF NOT EXISTS calls_unfinished ON calls (seq) WHERE ended_ms IS NULL;
  CREATE INDEX IF NOT EXISTS calls_by_caller ON calls (caller, started_ms);
  CREATE INDEX IF NOT EXISTS calls_by_queue
    ON calls (queue_id, started_ms, answered_ms, outcome, waited_ms, talked_ms);
  CREATE TABLE IF NOT EXISTS missed_rings (
    at_ms INTEGER NOT NULL,
    person_id TEXT NOT NULL,
    queue_id TEXT NOT NULL,
    call_id TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS missed_rings_by_person ON missed_rings (person_id, at_ms);
  CREATE TABLE IF NOT EXISTS traces (call_seq INTEGER PRIMARY KEY, entries TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS counts (
    flow_id TEXT NOT NULL,
    day TEXT NOT NULL,
    node_id TEXT NOT NULL,
    output TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('taken', 'dropped')),
    count INTEGER NOT NULL,
    PRIMARY KEY (flow_id, day, node_id, output, kind)
  ) STRICT, WITHOUT ROWID;
`;

/** What version 1 did not have yet. */
const FROM_1 = `
  ALTER TABLE calls ADD COLUMN code TEXT;
  ALTER TABLE calls ADD COLUMN note TEXT;
  ALTER TABLE calls ADD COLUMN wrap_up_ms INTEGER;
`;

/**
 * Opens the database of calls, made where there is none.
 * @throws DialtreeError `calls/newer-version`, and what SQLite says (see `isDamaged`).
 */
export function openTables(path: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true });
  const db = new DatabaseSync(path, { timeout: 500 });
  try {
    const found = db.prepare('PRAGMA user_version').get()?.user_version;
    if (typeof found === 'number' && found > VERSION) {
      throw new DialtreeError({
        code: 'calls/newer-version',
        message: `The log of calls was written by a newer version: ${path}`,
        hint: 'Update, or move the file away to begin a new log.',
        params: { path },
      });
    }
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    db.exec(`BEGIN; ${found === 1 ? FROM_1 : ''} ${TABLES} PRAGMA user_version = ${VERSION}; COMMIT;`);
    // Numbers of callers: for this user only.
    chmodSync(path, 0o600);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Whether SQLite says that the file is damaged. */
export function isDamaged(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
  return code === CORRUPT || code === NOT_A_DATABASE;
}

/** Moves a database away with its companions, so that someone can look at it. @returns Its new path. */
export function setAside(path: string, nowMs: number): string {
  const aside = `${path}.damaged-${nowMs}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(`${path}${suffix}`)) renameSync(`${path}${suffix}`, `${aside}${suffix}`);
  }
  return aside;
}
