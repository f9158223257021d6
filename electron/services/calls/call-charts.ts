import type { DatabaseSync } from 'node:sqlite';
import type { QueueChart, QueueStretch } from '../../../shared/bridge/calls.ts';

interface ChartQuestion {
  /** All queues without it. */
  readonly queueId?: string | undefined;
  /** Wall-clock ms in order; each pair of neighbours is a stretch, its end not part of it. */
  readonly edgesMs: readonly number[];
  /** What is soon enough, by queue. */
  readonly withinMs: Readonly<Record<string, number>>;
}

const NOTHING: QueueStretch = { answered: 0, abandoned: 0, within: 0, answerMs: 0, talkMs: 0 };

/**
 * What became of the calls of queues in each stretch of time, and of each queue in all of them. A stretch of a queue is
 * one range of an index that holds all that is asked for: a year of a million calls takes as long as reading it once.
 */
export function queueChart(db: DatabaseSync, { queueId, edgesMs, withinMs }: ChartQuestion): QueueChart {
  const statement = db.prepare(
    `SELECT count(answered_ms) AS answered, total(outcome = 'missed') AS abandoned,
       total(answered_ms IS NOT NULL AND waited_ms <= :withinMs) AS within,
       total(iif(answered_ms IS NOT NULL, waited_ms, 0)) AS answerMs, total(talked_ms) AS talkMs
     FROM calls INDEXED BY calls_by_queue
     WHERE queue_id = :queueId AND started_ms >= :fromMs AND started_ms < :toMs`,
  );
  const stretches = edgesMs.slice(1).map(() => NOTHING);
  const queues = (queueId === undefined ? queuesOf(db) : [queueId]).map((id) => {
    let all = NOTHING;
    for (const [at, toMs] of edgesMs.slice(1).entries()) {
      const fromMs = edgesMs[at] ?? 0;
      // -1: without a limit nothing is soon enough.
      const row = statement.get({ queueId: id, withinMs: withinMs[id] ?? -1, fromMs, toMs }) as
        | QueueStretch
        | undefined;
      if (row === undefined || row.answered + row.abandoned === 0) continue;
      stretches[at] = sum(stretches[at] ?? NOTHING, row);
      all = sum(all, row);
    }
    return { queueId: id, ...all };
  });
  return { stretches, queues: queues.filter(({ answered, abandoned }) => answered + abandoned > 0) };
}

/** Every queue that the log knows, by steps from one to the next in the index. */
function queuesOf(db: DatabaseSync): string[] {
  return db
    .prepare(
      `WITH RECURSIVE ids (one) AS (
         SELECT min(queue_id) FROM calls
         UNION ALL SELECT (SELECT min(queue_id) FROM calls WHERE queue_id > one) FROM ids WHERE one IS NOT NULL
       ) SELECT one FROM ids WHERE one IS NOT NULL`,
    )
    .all()
    .map(({ one }) => String(one));
}

function sum(a: QueueStretch, b: QueueStretch): QueueStretch {
  return {
    answered: a.answered + b.answered,
    abandoned: a.abandoned + b.abandoned,
    within: a.within + b.within,
    answerMs: a.answerMs + b.answerMs,
    talkMs: a.talkMs + b.talkMs,
  };
}
