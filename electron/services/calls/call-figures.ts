import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { PersonFigures, QueueFigures } from '../../../shared/bridge/calls.ts';

/** What one person did since a time. Who had a call last counts as who had it. */
export function personFigures(db: DatabaseSync, personId: string, sinceMs: number): PersonFigures {
  const row = db
    .prepare(
      `SELECT count(*) AS answered, avg(talked_ms) AS talk_ms, avg(wrap_up_ms) AS wrap_up_ms FROM calls
       WHERE started_ms >= ? AND person_id = ? AND answered_ms IS NOT NULL`,
    )
    .get(sinceMs, personId);
  const missed = db
    .prepare('SELECT count(*) AS missed FROM missed_rings WHERE person_id = ? AND at_ms >= ?')
    .get(personId, sinceMs);
  return {
    answered: Number(row?.answered ?? 0),
    missed: Number(missed?.missed ?? 0),
    talkMs: numberOrNull(row?.talk_ms),
    wrapUpMs: numberOrNull(row?.wrap_up_ms),
  };
}

/** What became of the calls of each queue since a time; `withinMs` says for each what is soon enough. */
export function queueFigures(
  db: DatabaseSync,
  sinceMs: number,
  withinMs: Readonly<Record<string, number>>,
): QueueFigures[] {
  return db
    .prepare(
      `SELECT queue_id, sum(answered_ms IS NOT NULL) AS answered, sum(outcome = 'missed') AS abandoned,
         sum(answered_ms IS NOT NULL AND waited_ms <= limits.value) AS within
       FROM calls LEFT JOIN json_each(?) AS limits ON limits.key = queue_id
       WHERE started_ms >= ? AND queue_id IS NOT NULL GROUP BY queue_id`,
    )
    .all(JSON.stringify(withinMs), sinceMs)
    .map((row) => ({
      queueId: String(row.queue_id),
      answered: Number(row.answered ?? 0),
      abandoned: Number(row.abandoned ?? 0),
      within: Number(row.within ?? 0),
    }));
}

function numberOrNull(value: SQLOutputValue | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
