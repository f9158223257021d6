import type {
  CallFilter,
  CallPage,
  CallRecord,
  FlowCounts,
  PersonFigures,
  QueueChart,
  QueueFigures,
} from '../../shared/bridge/calls.ts';
import type { CallInput } from '../../shared/bridge/contract.ts';
import type { TraceEntry } from '../../shared/engine/events.ts';
import { DialtreeError } from '../../shared/lib/errors.ts';

/** The log of calls in memory; pages, filters and unknown calls behave as in the real one. */
export class FakeCallLog {
  calls: { call: CallRecord; trace: TraceEntry[] }[] = [];
  /** By flow. */
  readonly counts = new Map<string, FlowCounts>();
  csv = 'started,caller\r\n';
  leftOut = 0;
  /** Of everyone. */
  figures: PersonFigures = { answered: 0, missed: 0, talkMs: null, wrapUpMs: null };
  queues: QueueFigures[] = [];

  list(filter: CallFilter, cursor: string | undefined, limit: number): CallPage {
    const found = this.calls
      .map(({ call }, i) => ({ call, key: `${call.startedMs}.${i + 1}` }))
      .filter(({ call }) => fits(call, filter))
      .sort((a, b) => b.call.startedMs - a.call.startedMs);
    const from = cursor === undefined ? 0 : found.findIndex(({ key }) => key === cursor) + 1;
    const page = found.slice(from, from + limit);
    const isMore = from + limit < found.length;
    return {
      calls: page.map(({ call }) => call),
      cursor: isMore ? (page.at(-1)?.key ?? null) : null,
      total: found.length,
    };
  }

  chart({ queueId, edgesMs, withinMs }: CallInput<'callLog.chart'>): QueueChart {
    const all = this.calls.map(({ call }) => call);
    const figuresOf = (of: string | undefined, fromMs: number, toMs: number) => {
      const found = all.filter(
        (call) =>
          call.queueId !== null &&
          (of === undefined || call.queueId === of) &&
          call.startedMs >= fromMs &&
          call.startedMs < toMs,
      );
      const answered = found.filter(({ answeredMs }) => answeredMs !== null);
      const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
      return {
        answered: answered.length,
        abandoned: found.filter(({ outcome }) => outcome === 'missed').length,
        within: answered.filter((call) => call.waitedMs <= (withinMs[call.queueId ?? ''] ?? -1)).length,
        answerMs: sum(answered.map(({ waitedMs }) => waitedMs)),
        talkMs: sum(found.map(({ talkedMs }) => talkedMs)),
      };
    };
    const ids = new Set(all.flatMap((call) => call.queueId ?? []));
    return {
      stretches: edgesMs.slice(1).map((toMs, at) => figuresOf(queueId, edgesMs[at] ?? 0, toMs)),
      queues: [...ids]
        .filter((id) => queueId === undefined || id === queueId)
        .map((id) => ({ queueId: id, ...figuresOf(id, edgesMs[0] ?? 0, edgesMs.at(-1) ?? 0) })),
    };
  }

  get(callId: string): { call: CallRecord; trace: TraceEntry[] } {
    const found = this.calls.find(({ call }) => call.callId === callId);
    if (!found) throw new DialtreeError({ code: 'calls/unknown', message: `There is no call ${callId}.` });
    return found;
  }
}

function fits(call: CallRecord, filter: CallFilter): boolean {
  const { fromMs = 0, toMs = Number.POSITIVE_INFINITY, text = '' } = filter;
  const same = (['flowId', 'queueId', 'personId', 'outcome'] as const).every(
    (key) => filter[key] === undefined || call[key] === filter[key],
  );
  const searched = `${call.caller.number}\n${call.caller.name}\n${call.dialled}`.toLowerCase();
  return same && call.startedMs >= fromMs && call.startedMs < toMs && searched.includes(text.toLowerCase());
}

/** A call that was answered, for tests. */
export function callRecord(part: Partial<CallRecord> = {}): CallRecord {
  const startedMs = part.startedMs ?? 1_700_000_000_000;
  return {
    callId: 'call-1',
    startedMs,
    answeredMs: startedMs + 20_000,
    endedMs: startedMs + 80_000,
    caller: { number: '+48123456789', name: '' },
    dialled: '100',
    flowId: 'main',
    queueId: null,
    personId: null,
    endCause: 'far-end-hung-up',
    waitedMs: 15_000,
    talkedMs: 60_000,
    outcome: 'answered',
    note: null,
    wrapUpMs: null,
    ...part,
  };
}
