import { useEffect, useState } from 'react';
import type { QueueStretch } from '../../../../../shared/bridge/calls.ts';
import type { CallInput, CallOutput } from '../../../../../shared/bridge/contract.ts';
import type { QueueId } from '../../../../../shared/flow/ids.ts';
import { ANSWER_WITHIN_MS, type Project } from '../../../../../shared/flow/project.ts';
import { useProject, useStores } from '../../../../store/react.tsx';
import { notifyFailure } from '../../../../ui/notify.ts';
import { type ChartEdges, edgesOf, hourEdges, type Period } from './chart-period.ts';

/** What the charts draw. */
export interface ChartData extends ChartEdges {
  readonly stretches: readonly QueueStretch[];
  readonly total: QueueStretch;
  /** Of the while before. */
  readonly previous: QueueStretch;
  readonly queues: CallOutput<'callLog.chart'>['queues'];
  /** Each hour of the last weeks: when it began, and how many callers waited in it for someone. */
  readonly hours: readonly { readonly startMs: number; readonly count: number }[];
}

export const NOTHING: QueueStretch = { answered: 0, abandoned: 0, within: 0, answerMs: 0, talkMs: 0 };
/** A log that changes all the time is asked this often. */
const REFRESH_MS = 5000;

/** The figures of a queue, or of all of them, in a period; null until they are there. They follow the log. */
export function useChart(queueId: QueueId | null, period: Period): ChartData | null {
  const { bridge, clock } = useStores();
  const queues = useProject((project) => project.queues);
  const [data, setData] = useState<ChartData | null>(null);
  useEffect(() => {
    let isOver = false;
    let cancel: (() => void) | undefined;
    const ask = async (): Promise<void> => {
      const edges = edgesOf(period, clock.wallMs());
      const hoursMs = hourEdges(clock.wallMs());
      const [from = 0] = edges.edgesMs;
      const question = (edgesMs: readonly number[]): CallInput<'callLog.chart'> => ({
        edgesMs: [...edgesMs],
        withinMs: limitsOf(queues),
        ...(queueId === null ? {} : { queueId }),
      });
      try {
        const [chart, before, busy] = await Promise.all([
          bridge.call('callLog.chart', question(edges.edgesMs)),
          bridge.call('callLog.chart', question([edges.previousFromMs, from])),
          bridge.call('callLog.chart', question(hoursMs)),
        ]);
        if (isOver) return;
        const hours = busy.stretches.map((one, at) => ({ startMs: hoursMs[at] ?? 0, count: offered(one) }));
        const [previous = NOTHING] = before.stretches;
        setData({ ...edges, ...chart, total: sumOf(chart.stretches), previous, hours });
      } catch (error) {
        if (!isOver) notifyFailure(error);
      }
    };
    void ask();
    const unsubscribe = bridge.on('callLog.changed', () => {
      cancel ??= clock.after(REFRESH_MS, () => {
        cancel = undefined;
        void ask();
      });
    });
    return () => {
      isOver = true;
      cancel?.();
      unsubscribe();
    };
  }, [bridge, clock, queues, queueId, period]);
  return data;
}

/** Callers who waited for someone and got an answer or gave up. */
export function offered({ answered, abandoned }: QueueStretch): number {
  return answered + abandoned;
}

function sumOf(stretches: readonly QueueStretch[]): QueueStretch {
  return stretches.reduce(
    (all, one) => ({
      answered: all.answered + one.answered,
      abandoned: all.abandoned + one.abandoned,
      within: all.within + one.within,
      answerMs: all.answerMs + one.answerMs,
      talkMs: all.talkMs + one.talkMs,
    }),
    NOTHING,
  );
}

function limitsOf(queues: Project['queues']): Record<QueueId, number> {
  return Object.fromEntries(
    Object.entries(queues).map(([queueId, { answerWithinMs = ANSWER_WITHIN_MS }]) => [queueId, answerWithinMs]),
  );
}
