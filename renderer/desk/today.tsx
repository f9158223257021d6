import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonId } from '../../shared/flow/ids.ts';
import { formatDuration } from '../phone/use-seconds.ts';
import { useStores } from '../store/react.tsx';
import classes from './desk.module.css';
import { dayStart, useLogAnswer } from './use-log-answer.ts';

/** What a person did today. */
export function Today({ personId }: { readonly personId: PersonId }) {
  const { t } = useTranslation();
  const { bridge, clock } = useStores();
  const figures = useLogAnswer(
    useCallback(
      () => bridge.call('callLog.person', { personId, sinceMs: dayStart(clock.wallMs()) }),
      [bridge, clock, personId],
    ),
  );
  const time = (ms: number | null | undefined) => (ms === null || ms === undefined ? '–' : formatDuration(ms));
  const shown = [
    { name: t('desk.today.answered'), value: figures?.answered ?? '–' },
    { name: t('desk.today.missed'), value: figures?.missed ?? '–' },
    { name: t('desk.today.talk'), value: time(figures?.talkMs) },
    { name: t('desk.today.wrapUp'), value: time(figures?.wrapUpMs) },
  ];
  return (
    <section aria-label={t('desk.today.title')}>
      <dl className={classes.figures}>
        {shown.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
