import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { CallFilter, CallPage, CallRecord, FlowCounts } from '../../../shared/bridge/calls.ts';
import type { TraceEntry } from '../../../shared/engine/events.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import { toRecord } from './call-rows.ts';
import { dayOf } from './call-writer.ts';

/** What a filter asks for, as SQL. */
interface Where {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/**
 * One page of the calls that fit, the newest first. The page begins after `cursor`, which names the last call of the
 * page before, so that calls that come meanwhile move nothing.
 */
export function listCalls(db: DatabaseSync, filter: CallFilter, cursor: string | undefined, limit: number): CallPage {
  const where = whereOf(filter);
  const [startedMs = 0, seq = 0] = (cursor ?? '').split('.').map(Number);
  const after: Where = cursor === undefined ? where : and(where, '(started_ms, seq) < (?, ?)', startedMs, seq);
  // The page is found in the index alone; only its rows are read from the table.
  const rows = db
    .prepare(
      `SELECT * FROM calls WHERE seq IN (
         SELECT seq FROM calls INDEXED BY calls_by_time WHERE ${after.sql}
         ORDER BY started_ms DESC, seq DESC LIMIT ?
       ) ORDER BY started_ms DESC, seq DESC`,
    )
    .all(...after.values, limit + 1);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  // Where one page holds them all, they are counted: what few calls fit takes the longest to find.
  const total = cursor === undefined && !last ? rows.length : countCalls(db, where);
  return {
    calls: rows.slice(0, limit).map(toRecord),
    cursor: last ? `${last.started_ms}.${last.seq}` : null,
    total,
  };
}

/** Every call that fits, the newest first, one at a time. */
export function* eachCall(db: DatabaseSync, filter: CallFilter, limit: number): Generator<CallRecord> {
  const where = whereOf(filter);
  const rows = db
    .prepare(`SELECT * FROM calls WHERE ${where.sql} ORDER BY started_ms DESC, seq DESC LIMIT ?`)
    .iterate(...where.values, limit);
  for (const row of rows) yield toRecord(row);
}

/** How many calls fit. */
export function totalCalls(db: DatabaseSync, filter: CallFilter): number {
  return countCalls(db, whereOf(filter));
}

/** One call with its trace. @throws DialtreeError `calls/unknown` */
export function getCall(db: DatabaseSync, callId: string): { call: CallRecord; trace: TraceEntry[] } {
  const row = db.prepare('SELECT calls.*, entries FROM calls JOIN traces ON call_seq = seq WHERE id = ?').get(callId);
  if (!row) throw unknownCall(callId);
  return { call: toRecord(row), trace: JSON.parse(String(row.entries)) as TraceEntry[] };
}

/** The error for a call that is not in the log. */
export function unknownCall(callId: string): DialtreeError {
  return new DialtreeError({ code: 'calls/unknown', message: `There is no call ${callId}.` });
}

/** The last calls of a number that are over, the newest first. */
export function callsOfCaller(db: DatabaseSync, number: string, limit: number): CallRecord[] {
  return db
    .prepare('SELECT * FROM calls WHERE caller = ? AND ended_ms IS NOT NULL ORDER BY started_ms DESC LIMIT ?')
    .all(number, limit)
    .map(toRecord);
}

/** The counts of a flow from the day of `sinceMs` on. */
export function countsOf(db: DatabaseSync, flowId: string, sinceMs: number): FlowCounts {
  const rows = db
    .prepare(
      `SELECT node_id, output, kind, sum(count) AS count FROM counts WHERE flow_id = ? AND day >= ?
       GROUP BY node_id, output, kind ORDER BY node_id, output`,
    )
    .all(flowId, dayOf(sinceMs));
  const of = (kind: string) => rows.filter((row) => row.kind === kind);
  return {
    wires: of('taken').map(({ node_id, output, count }) => ({
      nodeId: String(node_id),
      output: String(output),
      count: Number(count),
    })),
    drops: of('dropped').map(({ node_id, count }) => ({ nodeId: String(node_id), count: Number(count) })),
  };
}

function countCalls(db: DatabaseSync, where: Where): number {
  const row = db
    .prepare(`SELECT count(*) AS total FROM calls INDEXED BY calls_by_time WHERE ${where.sql}`)
    .get(...where.values);
  return Number(row?.total ?? 0);
}

function whereOf(filter: CallFilter): Where {
  let where: Where = { sql: 'TRUE', values: [] };
  if (filter.fromMs !== undefined) where = and(where, 'started_ms >= ?', filter.fromMs);
  if (filter.toMs !== undefined) where = and(where, 'started_ms < ?', filter.toMs);
  if (filter.flowId !== undefined) where = and(where, 'flow_id = ?', filter.flowId);
  if (filter.queueId !== undefined) where = and(where, 'queue_id = ?', filter.queueId);
  if (filter.personId !== undefined) where = and(where, 'person_id = ?', filter.personId);
  if (filter.outcome !== undefined) where = and(where, 'outcome = ?', filter.outcome);
  if (filter.text) where = and(where, 'instr(search, ?) > 0', filter.text.toLowerCase());
  return where;
}

function and(where: Where, sql: string, ...values: SQLInputValue[]): Where {
  return { sql: `${where.sql} AND ${sql}`, values: [...where.values, ...values] };
}
