import type { SQLOutputValue } from 'node:sqlite';
import { type CallNote, CallOutcomeSchema, type CallRecord } from '../../../shared/bridge/calls.ts';

/** A row of the table `calls` as a record. */
export function toRecord(row: Readonly<Record<string, SQLOutputValue>>): CallRecord {
  return {
    callId: String(row.id),
    startedMs: Number(row.started_ms),
    answeredMs: numberOrNull(row.answered_ms),
    endedMs: numberOrNull(row.ended_ms),
    caller: { number: String(row.caller), name: String(row.caller_name) },
    dialled: String(row.dialled),
    flowId: textOrNull(row.flow_id),
    queueId: textOrNull(row.queue_id),
    personId: textOrNull(row.person_id),
    endCause: textOrNull(row.end_cause),
    waitedMs: Number(row.waited_ms),
    talkedMs: Number(row.talked_ms),
    outcome: CallOutcomeSchema.nullable().parse(row.outcome ?? null),
    note: noteOf(row),
    wrapUpMs: numberOrNull(row.wrap_up_ms),
  };
}

/** Nothing written is no note. */
function noteOf(row: Readonly<Record<string, SQLOutputValue>>): CallNote | null {
  const [code, note] = [textOrNull(row.code), textOrNull(row.note) ?? ''];
  return code === null && note === '' ? null : { code, note };
}

function numberOrNull(value: SQLOutputValue | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}

function textOrNull(value: SQLOutputValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
