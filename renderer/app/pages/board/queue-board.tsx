import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OperatorState } from '../../../../shared/bridge/desk.ts';
import { shownState } from '../../../../shared/bridge/desk.ts';
import type { PersonId, QueueId } from '../../../../shared/flow/ids.ts';
import { ANSWER_WITHIN_MS, type Queue } from '../../../../shared/flow/project.ts';
import { useCallbacks } from '../../../desk/use-callbacks.ts';
import { dayStart, useLogAnswer } from '../../../desk/use-log-answer.ts';
import { useProject, useStores } from '../../../store/react.tsx';
import classes from './board.module.css';
import { QueueRow } from './queue-row.tsx';
import { useSettled } from './use-settled.ts';
import { type WaitingCaller, type WaitingCallers, waitingCallers } from './waiting.ts';

const NOBODY: readonly WaitingCaller[] = [];
const NONE: WaitingCallers = new Map();

/** Every queue: who waits, what became of today's calls, and who is there for it. */
export function QueueBoard({ operators }: { readonly operators: Readonly<Record<PersonId, OperatorState>> }) {
  const { t } = useTranslation();
  const { bridge, clock, live } = useStores();
  const queues = useProject((project) => project.queues);
  const waiting = useSettled(live, waitingCallers, NONE);
  const callbacks = useCallbacks();
  const [open, setOpen] = useState<ReadonlySet<QueueId>>(new Set());
  const figures = useLogAnswer(
    useCallback(() => {
      const limits = Object.entries(queues).map(([id, { answerWithinMs = ANSWER_WITHIN_MS }]) => [id, answerWithinMs]);
      const input = {
        sinceMs: dayStart(clock.wallMs()),
        withinMs: Object.fromEntries(limits) as Record<string, number>,
      };
      return bridge.call('callLog.queues', input);
    }, [bridge, clock, queues]),
  );
  const figuresOf = useMemo(() => new Map(figures?.queues.map((one) => [one.queueId, one])), [figures]);
  const toggle = useCallback((queueId: QueueId) => {
    setOpen(
      (before) => new Set(before.has(queueId) ? [...before].filter((id) => id !== queueId) : [...before, queueId]),
    );
  }, []);
  const columns = ['queue', 'waiting', 'longest', 'answered', 'abandoned', 'level', 'staff'] as const;
  const entries = Object.entries(queues);
  if (entries.length === 0) return <p className={classes.quiet}>{t('board.noQueues')}</p>;
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label={t('board.queues')}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" className={column === 'queue' ? undefined : classes.number}>
                {t(`board.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map(([queueId, queue]) => (
            <QueueRow
              key={queueId}
              queueId={queueId}
              name={queue.name}
              answerWithinMs={queue.answerWithinMs ?? ANSWER_WITHIN_MS}
              waiting={waiting.get(queueId) ?? NOBODY}
              callbacks={callbacks.filter((one) => one.queueId === queueId && one.tries?.failed !== true).length}
              {...staffOf(queueId, queue, operators)}
              figures={figuresOf.get(queueId)}
              isOpen={open.has(queueId)}
              onToggle={toggle}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How many members are there for a queue, paused or not, and how many of them it may ring (OS6). */
function staffOf(
  queueId: QueueId,
  { members }: Queue,
  operators: Readonly<Record<PersonId, OperatorState>>,
): { readonly here: number; readonly free: number } {
  let [here, free] = [0, 0];
  for (const personId of new Set(members.map((member) => member.personId))) {
    const operator = operators[personId];
    if (!operator?.hasPhone || operator.chosen.kind === 'logged-out' || operator.outOf.includes(queueId)) continue;
    here++;
    if (shownState(operator) === 'available') free++;
  }
  return { here, free };
}
