import type { CallRecord } from '../../../shared/bridge/calls.ts';

const COLUMNS = [
  'started',
  'answered',
  'ended',
  'caller',
  'caller_name',
  'dialled',
  'flow_id',
  'queue_id',
  'person_id',
  'outcome',
  'end_cause',
  'waited_s',
  'talked_s',
  'code',
  'note',
  'wrap_up_s',
  'recordings',
  'call_id',
] as const;

/**
 * Calls as CSV (RFC 4180) with a head line; times are ISO 8601 in UTC. `recordings`: the names of the files of each call,
 * told with a space between.
 */
export function callsCsv(
  calls: Iterable<CallRecord>,
  recordings: ReadonlyMap<string, readonly string[]> = new Map(),
): string {
  const lines = [COLUMNS.join(',')];
  for (const call of calls) {
    const fields: Record<(typeof COLUMNS)[number], string> = {
      started: isoTime(call.startedMs),
      answered: isoTime(call.answeredMs),
      ended: isoTime(call.endedMs),
      caller: call.caller.number,
      caller_name: call.caller.name,
      dialled: call.dialled,
      flow_id: call.flowId ?? '',
      queue_id: call.queueId ?? '',
      person_id: call.personId ?? '',
      outcome: call.outcome ?? '',
      end_cause: call.endCause ?? '',
      waited_s: (call.waitedMs / 1000).toFixed(1),
      talked_s: (call.talkedMs / 1000).toFixed(1),
      code: call.note?.code ?? '',
      note: call.note?.note ?? '',
      wrap_up_s: call.wrapUpMs === null ? '' : (call.wrapUpMs / 1000).toFixed(1),
      recordings: (recordings.get(call.callId) ?? []).join(' '),
      call_id: call.callId,
    };
    lines.push(COLUMNS.map((column) => field(fields[column])).join(','));
  }
  return `${lines.join('\r\n')}\r\n`;
}

/**
 * Spreadsheets take what begins with these for a formula, and callers choose their own names; tabs and line ends are
 * skipped before it.
 */
function field(value: string): string {
  const safe = /^[\s]*[=+\-@]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function isoTime(ms: number | null): string {
  return ms === null ? '' : new Date(ms).toISOString();
}
