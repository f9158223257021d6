import type { CallOutcome, CallRecord } from '../../../shared/bridge/calls.ts';
import type { CallSummary } from '../../../shared/bridge/pbx.ts';
import type { TraceEntry } from '../../../shared/engine/events.ts';

/** Why a call ended that the PBX did not end itself. */
export const INTERRUPTED = 'interrupted';

/** Ends that are the fault of neither side. */
const BROKEN_OFF: readonly string[] = [INTERRUPTED, 'pbx-stopped'];

/** A call that is being written down: its last summary, what was made of all of them, and the trace. */
export interface TrackedCall {
  readonly summary: CallSummary;
  readonly record: CallRecord;
  readonly trace: TraceEntry[];
  /** When the phase of the summary began (wall clock). */
  readonly phaseSinceMs: number;
}

/** Takes a call's new state, which came at `atMs` (wall clock). */
export function takeSummary(known: TrackedCall | undefined, summary: CallSummary, atMs: number): TrackedCall {
  const before = known ?? begun(summary);
  const nowMs = Math.max(summary.endedAtMs ?? atMs, before.phaseSinceMs);
  const spentMs = nowMs - before.phaseSinceMs;
  const { phase } = before.summary;
  const record: CallRecord = {
    ...before.record,
    caller: summary.caller,
    dialled: summary.dialled,
    flowId: before.record.flowId ?? summary.flowId,
    queueId: summary.queueId ?? before.record.queueId,
    personId: summary.personId ?? before.record.personId,
    answeredMs: before.record.answeredMs ?? (summary.phase === 'talking' ? nowMs : null),
    waitedMs: before.record.waitedMs + (phase === 'queued' || phase === 'ringing' ? spentMs : 0),
    talkedMs: before.record.talkedMs + (phase === 'talking' ? spentMs : 0),
  };
  const ended = summary.phase === 'ended' ? end(record, nowMs, summary.endCause) : record;
  return { summary, record: ended, trace: before.trace, phaseSinceMs: nowMs };
}

/** A record whose call is over. */
export function end(record: CallRecord, endedMs: number, endCause: string | null): CallRecord {
  return { ...record, endedMs, endCause, outcome: outcomeOf(record, endCause) };
}

function outcomeOf(record: CallRecord, endCause: string | null): CallOutcome {
  if (record.answeredMs !== null) return 'answered';
  if (endCause !== null && BROKEN_OFF.includes(endCause)) return 'interrupted';
  return record.waitedMs > 0 || record.queueId !== null ? 'missed' : 'menu';
}

function begun(summary: CallSummary): TrackedCall {
  const record: CallRecord = {
    callId: summary.callId,
    startedMs: summary.startedAtMs,
    answeredMs: null,
    endedMs: null,
    caller: summary.caller,
    dialled: summary.dialled,
    flowId: summary.flowId,
    queueId: summary.queueId,
    personId: summary.personId,
    endCause: null,
    waitedMs: 0,
    talkedMs: 0,
    outcome: null,
    note: null,
    wrapUpMs: null,
  };
  return { summary, record, trace: [], phaseSinceMs: summary.startedAtMs };
}
