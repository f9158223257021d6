import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CallNote, CallRecord } from '../../../shared/bridge/calls.ts';
import type { TraceEntry } from '../../../shared/engine/events.ts';
import { countSteps } from './call-counts.ts';
import { end, INTERRUPTED } from './call-record.ts';
import { toRecord } from './call-rows.ts';

const DAY_MS = 86_400_000;

/** A phone that rang for a queue to its end in vain. */
export interface MissedRing {
  readonly atMs: number;
  readonly personId: string;
  readonly queueId: string;
  readonly callId: string;
}

/** Writes calls to an open database. */
export class CallWriter {
  readonly #db: DatabaseSync;
  readonly #keep: StatementSync;
  readonly #keepTrace: StatementSync;
  readonly #count: StatementSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#keep = db.prepare(`
      INSERT INTO calls (id, started_ms, answered_ms, ended_ms, caller, caller_name, dialled, flow_id, queue_id,
        person_id, end_cause, waited_ms, talked_ms, outcome, search)
      VALUES (:id, :startedMs, :answeredMs, :endedMs, :caller, :callerName, :dialled, :flowId, :queueId,
        :personId, :endCause, :waitedMs, :talkedMs, :outcome, :search)
      ON CONFLICT (id) DO UPDATE SET answered_ms = excluded.answered_ms, ended_ms = excluded.ended_ms,
        caller = excluded.caller, caller_name = excluded.caller_name, dialled = excluded.dialled,
        flow_id = excluded.flow_id, queue_id = excluded.queue_id, person_id = excluded.person_id,
        end_cause = excluded.end_cause, waited_ms = excluded.waited_ms, talked_ms = excluded.talked_ms,
        outcome = excluded.outcome, search = excluded.search
      RETURNING seq`);
    this.#keepTrace = db.prepare(
      `INSERT INTO traces (call_seq, entries) VALUES (?, ?)
       ON CONFLICT (call_seq) DO UPDATE SET entries = excluded.entries`,
    );
    this.#count = db.prepare(
      `INSERT INTO counts (flow_id, day, node_id, output, kind, count) VALUES (?, ?, ?, ?, ?, 1)
       ON CONFLICT DO UPDATE SET count = count + 1`,
    );
  }

  /** All of it, or nothing when it throws. */
  inOne(work: () => void): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#db.exec('COMMIT');
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  /** Writes a call as it stands; one that is known already is written over. */
  keep(record: CallRecord, trace: readonly TraceEntry[]): void {
    const { caller, dialled } = record;
    const row = this.#keep.get({
      id: record.callId,
      startedMs: Math.round(record.startedMs),
      answeredMs: record.answeredMs === null ? null : Math.round(record.answeredMs),
      endedMs: record.endedMs === null ? null : Math.round(record.endedMs),
      caller: caller.number,
      callerName: caller.name,
      dialled,
      flowId: record.flowId,
      queueId: record.queueId,
      personId: record.personId,
      endCause: record.endCause,
      waitedMs: Math.round(record.waitedMs),
      talkedMs: Math.round(record.talkedMs),
      outcome: record.outcome,
      search: `${caller.number}\n${caller.name}\n${dialled}`.toLowerCase(),
    });
    this.#keepTrace.run(row?.seq ?? null, JSON.stringify(trace));
  }

  /** Writes what an operator noted. False: there is no such call. */
  note(callId: string, { code, note }: CallNote): boolean {
    return this.#db.prepare('UPDATE calls SET code = ?, note = ? WHERE id = ?').run(code, note, callId).changes > 0;
  }

  /** Writes how long the wrap-up took; an unknown call changes nothing. */
  wrapUp(callId: string, durationMs: number): void {
    this.#db.prepare('UPDATE calls SET wrap_up_ms = ? WHERE id = ?').run(Math.round(durationMs), callId);
  }

  /** Writes that a member's phone rang in vain. */
  missed(ring: MissedRing): void {
    this.#db
      .prepare('INSERT INTO missed_rings (at_ms, person_id, queue_id, call_id) VALUES (?, ?, ?, ?)')
      .run(Math.round(ring.atMs), ring.personId, ring.queueId, ring.callId);
  }

  /** Adds a call that is over to the counts; to be done once. */
  count(record: CallRecord, trace: readonly TraceEntry[]): void {
    const day = dayOf(record.startedMs);
    for (const step of countSteps(trace)) this.#count.run(step.flowId, day, step.nodeId, step.output, step.kind);
  }

  /** Closes calls that an earlier run left unfinished, at the last moment that is known of them. */
  endUnfinished(): number {
    const rows = this.#db
      .prepare(`SELECT calls.*, entries FROM calls JOIN traces ON call_seq = seq WHERE ended_ms IS NULL`)
      .all();
    for (const row of rows) {
      const trace = JSON.parse(String(row.entries)) as TraceEntry[];
      const open = toRecord(row);
      const record = end(open, open.startedMs + (trace.at(-1)?.atMs ?? 0), INTERRUPTED);
      this.keep(record, trace);
      this.count(record, trace);
    }
    return rows.length;
  }

  /** Removes what began before a time. */
  forgetBefore(ms: number): void {
    this.#db.prepare('DELETE FROM traces WHERE call_seq IN (SELECT seq FROM calls WHERE started_ms < ?)').run(ms);
    this.#db.prepare('DELETE FROM calls WHERE started_ms < ?').run(ms);
    this.#db.prepare('DELETE FROM missed_rings WHERE at_ms < ?').run(ms);
    this.#db.prepare('DELETE FROM counts WHERE day < ?').run(dayOf(ms));
  }
}

/** The UTC day of a time, e.g. `2026-01-05`. */
export function dayOf(ms: number): string {
  return new Date(Math.floor(ms / DAY_MS) * DAY_MS).toISOString().slice(0, 10);
}
