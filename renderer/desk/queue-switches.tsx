import { Switch } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonId } from '../../shared/flow/ids.ts';
import { useDesk, useProject, useStores } from '../store/react.tsx';
import { notifyFailure } from '../ui/notify.ts';
import classes from './desk.module.css';

const NONE: readonly string[] = [];

/** The queues that ring a person, each to be logged out of. Nothing for who is in none. */
export function QueueSwitches({ personId }: { readonly personId: PersonId }) {
  const { t } = useTranslation();
  const { bridge } = useStores();
  const all = useProject((project) => project.queues);
  const outOf = useDesk((state) => state.operators[personId]?.outOf ?? NONE);
  const queues = useMemo(
    () => Object.entries(all).filter(([, { members }]) => members.some((member) => member.personId === personId)),
    [all, personId],
  );
  if (queues.length === 0) return null;
  return (
    <section className={classes.block} aria-label={t('desk.queues')}>
      <h2>{t('desk.queues')}</h2>
      <div className={classes.switches}>
        {queues.map(([queueId, { name }]) => (
          <Switch
            key={queueId}
            size="sm"
            label={name}
            checked={!outOf.includes(queueId)}
            onChange={(event) => {
              const input = { personId, queueId, in: event.currentTarget.checked };
              void bridge.call('desk.setQueue', input).catch(notifyFailure);
            }}
          />
        ))}
      </div>
    </section>
  );
}
