import { Badge, UnstyledButton } from '@mantine/core';
import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CallOutcome, CallRecord } from '../../../../shared/bridge/calls.ts';
import { useProject } from '../../../store/react.tsx';
import { CallDetail } from './call-detail.tsx';
import { callerText, durationText } from './call-texts.ts';
import classes from './calls.module.css';

export const COLUMNS = 8;

interface CallRowProps {
  readonly call: CallRecord;
  readonly isOpen: boolean;
  readonly changes: number;
  readonly onToggle: () => void;
}

/** A call in the table, and below it, when it is open, what happened in it. */
export function CallRow({ call, isOpen, changes, onToggle }: CallRowProps) {
  const { t, i18n } = useTranslation();
  const flow = useProject((project) =>
    call.flowId === null ? null : (project.flows[call.flowId]?.name ?? call.flowId),
  );
  const who = useProject((project) => {
    const queue = call.queueId === null ? [] : [project.queues[call.queueId]?.name ?? call.queueId];
    const person = call.personId === null ? [] : [project.people[call.personId]?.name ?? call.personId];
    return [...queue, ...person].join(' · ');
  });
  const when = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }).format(
    call.startedMs,
  );
  const caller = callerText(call, t);
  return (
    <>
      <tr data-open={isOpen || undefined}>
        <td>
          <UnstyledButton
            className={classes.toggle}
            aria-expanded={isOpen}
            aria-label={t('calls.details', { caller, when })}
            onClick={onToggle}
          >
            <ChevronRight size={14} aria-hidden />
            {when}
          </UnstyledButton>
        </td>
        <td className={classes.caller}>{caller}</td>
        <td>{call.dialled}</td>
        <td>{flow}</td>
        <td>{who}</td>
        <td>
          <Outcome outcome={call.outcome} />
        </td>
        <td className={classes.number}>{durationText(call.waitedMs)}</td>
        <td className={classes.number}>{durationText(call.talkedMs)}</td>
      </tr>
      {isOpen ? (
        <tr>
          <td colSpan={COLUMNS}>
            <CallDetail call={call} changes={changes} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

function Outcome({ outcome }: { readonly outcome: CallOutcome | null }) {
  const { t } = useTranslation();
  return (
    <Badge variant="default" size="sm" className={classes.outcome ?? ''} data-outcome={outcome ?? 'live'}>
      {outcome === null ? t('calls.live') : t(`calls.outcomes.${outcome}`)}
    </Badge>
  );
}
