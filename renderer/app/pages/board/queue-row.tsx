import { NativeSelect, UnstyledButton } from '@mantine/core';
import { ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueueFigures } from '../../../../shared/bridge/calls.ts';
import type { QueueId } from '../../../../shared/flow/ids.ts';
import { useProject, useStores } from '../../../store/react.tsx';
import { notifyFailure } from '../../../ui/notify.ts';
import classes from './board.module.css';
import { Elapsed } from './elapsed.tsx';
import type { WaitingCaller } from './waiting.ts';

export const QUEUE_COLUMNS = 7;

interface QueueRowProps {
  readonly queueId: QueueId;
  readonly name: string;
  readonly answerWithinMs: number;
  readonly waiting: readonly WaitingCaller[];
  readonly callbacks: number;
  readonly free: number;
  readonly here: number;
  readonly figures: QueueFigures | undefined;
  readonly isOpen: boolean;
  readonly onToggle: (queueId: QueueId) => void;
}

/** How one queue stands, and below it, when it is open, who waits. */
export const QueueRow = memo(function QueueRow(props: QueueRowProps) {
  const { t, i18n } = useTranslation();
  const { queueId, name, answerWithinMs, waiting, callbacks, free, here, figures, isOpen, onToggle } = props;
  const { answered = 0, abandoned = 0, within = 0 } = figures ?? {};
  const longest = waiting[0];
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 0 });
  return (
    <>
      <tr data-open={isOpen || undefined} data-waiting={waiting.length > 0 || undefined}>
        <th scope="row">
          <UnstyledButton
            className={classes.toggle}
            aria-expanded={isOpen}
            aria-label={t('board.show', { queue: name })}
            onClick={() => onToggle(queueId)}
          >
            <ChevronRight size={14} aria-hidden />
            {name}
          </UnstyledButton>
        </th>
        <td className={classes.number}>
          <strong>{waiting.length}</strong>
          {callbacks === 0 ? null : <small> {t('board.callbacks', { count: callbacks })}</small>}
        </td>
        <td className={classes.number}>
          {longest === undefined ? '–' : <Elapsed sinceMs={longest.sinceMs} limitMs={answerWithinMs} />}
        </td>
        <td className={classes.number}>{answered}</td>
        <td className={classes.number}>{abandoned}</td>
        <td className={classes.number}>
          {answered + abandoned === 0 ? '–' : percent.format(within / (answered + abandoned))}
          <small> {t('board.levelHint', { seconds: answerWithinMs / 1000 })}</small>
        </td>
        <td className={classes.number} data-nobody={(waiting.length > 0 && here === 0) || undefined}>
          {free} / {here}
        </td>
      </tr>
      {isOpen ? (
        <tr>
          <td colSpan={QUEUE_COLUMNS}>
            <Callers queueId={queueId} name={name} waiting={waiting} answerWithinMs={answerWithinMs} />
          </td>
        </tr>
      ) : null}
    </>
  );
});

type CallersProps = Pick<QueueRowProps, 'queueId' | 'name' | 'waiting' | 'answerWithinMs'>;

function Callers({ queueId, name, waiting, answerWithinMs }: CallersProps) {
  const { t } = useTranslation();
  const { bridge } = useStores();
  const queues = useProject((project) => project.queues);
  const others = Object.entries(queues).filter(([id]) => id !== queueId);
  if (waiting.length === 0) return <p className={classes.quiet}>{t('board.noCallers')}</p>;
  return (
    <ul className={classes.callers} aria-label={t('board.callers', { queue: name })}>
      {waiting.map(({ callId, caller, sinceMs }) => {
        const who = caller.name || caller.number || t('live.withheld');
        return (
          <li key={callId}>
            <span className={classes.who}>
              {who}
              {caller.name && caller.number ? <small> {caller.number}</small> : null}
            </span>
            <span className={classes.number}>
              {t('board.waitedFor')} <Elapsed sinceMs={sinceMs} limitMs={answerWithinMs} />
            </span>
            {others.length === 0 ? null : (
              <NativeSelect
                size="xs"
                aria-label={t('board.move', { caller: who })}
                value=""
                data={[
                  { value: '', label: t('board.moveTo') },
                  ...others.map(([value, queue]) => ({ value, label: queue.name })),
                ]}
                onChange={(event) => {
                  const to = event.currentTarget.value;
                  if (to !== '') void bridge.call('calls.move', { callId, queueId: to }).catch(notifyFailure);
                }}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}
