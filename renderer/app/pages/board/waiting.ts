import type { CallSummary } from '../../../../shared/bridge/pbx.ts';
import type { QueueId } from '../../../../shared/flow/ids.ts';
import type { LiveCallsState } from '../../../store/live-calls-store.ts';

/** A caller who waits in a queue. */
export interface WaitingCaller {
  readonly callId: string;
  readonly caller: CallSummary['caller'];
  /** Wall-clock ms. */
  readonly sinceMs: number;
}

export type WaitingCallers = ReadonlyMap<QueueId, readonly WaitingCaller[]>;

/** Who waits in each queue, the longest first. A queue where nothing has changed keeps its list from before. */
export function waitingCallers({ calls }: Pick<LiveCallsState, 'calls'>, before: WaitingCallers): WaitingCallers {
  const now = new Map<QueueId, WaitingCaller[]>();
  for (const { summary } of Object.values(calls)) {
    if (summary.phase !== 'queued' || summary.queueId === null) continue;
    const { callId, caller, queueId, waitingSinceMs: sinceMs = summary.startedAtMs } = summary;
    const list = now.get(queueId) ?? [];
    list.push({ callId, caller, sinceMs });
    now.set(queueId, list);
  }
  let isSame = now.size === before.size;
  const kept = new Map<QueueId, readonly WaitingCaller[]>();
  for (const [queueId, list] of now) {
    list.sort((a, b) => a.sinceMs - b.sinceMs);
    const old = before.get(queueId);
    const isOld = old !== undefined && sameCallers(old, list);
    isSame &&= isOld;
    kept.set(queueId, isOld ? old : list);
  }
  return isSame ? before : kept;
}

function sameCallers(one: readonly WaitingCaller[], other: readonly WaitingCaller[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ callId, sinceMs }, i) => callId === other[i]?.callId && sinceMs === other[i]?.sinceMs)
  );
}
