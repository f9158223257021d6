import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallRecord } from '../../../../shared/bridge/calls.ts';
import type { TraceEntry } from '../../../../shared/engine/events.ts';
import { useStores } from '../../../store/react.tsx';
import { notifyFailure } from '../../../ui/notify.ts';
import { flowsOfTrace, TraceLine } from '../../designer/trace-list.tsx';
import { CallRecordings } from './call-recordings.tsx';
import { causeText, durationText } from './call-texts.ts';
import classes from './calls.module.css';

interface CallDetailProps {
  readonly call: CallRecord;
  /** Grows when the log has changed: a call that lasts is asked for anew. */
  readonly changes: number;
}

/** When a call was answered and ended, and what happened in it, step by step; steps lead to their nodes. */
export function CallDetail({ call, changes }: CallDetailProps) {
  const { t, i18n } = useTranslation();
  const { bridge } = useStores();
  const [trace, setTrace] = useState<readonly TraceEntry[] | null>(null);
  const { callId, startedMs, answeredMs, endedMs, endCause } = call;
  const seen = endedMs === null ? changes : -1;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a call that lasts goes on
  useEffect(() => {
    let isWanted = true;
    bridge.call('callLog.get', { callId }).then(
      (found) => isWanted && setTrace(found.trace),
      (error: unknown) => isWanted && notifyFailure(error),
    );
    return () => {
      isWanted = false;
    };
  }, [bridge, callId, seen]);

  const time = (ms: number) => new Intl.DateTimeFormat(i18n.language, { timeStyle: 'medium' }).format(ms);
  const facts = [
    { name: t('calls.started'), value: time(startedMs) },
    { name: t('calls.answered'), value: answeredMs === null ? null : time(answeredMs) },
    { name: t('calls.ended'), value: endedMs === null ? null : time(endedMs) },
    { name: t('calls.endCause'), value: endCause === null ? null : causeText(endCause, t) },
    { name: t('calls.code'), value: call.note?.code ?? null },
    { name: t('calls.note'), value: call.note?.note || null },
    { name: t('calls.wrapUp'), value: call.wrapUpMs === null ? null : durationText(call.wrapUpMs) },
  ];
  if (!trace) return <p className={classes.quiet}>{t('calls.loadingCall')}</p>;
  const flowOf = flowsOfTrace(trace, call.flowId ?? '');
  return (
    <div className={classes.detail}>
      <dl className={classes.facts}>
        {facts.map(({ name, value }) =>
          value === null ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      <CallRecordings call={call} />
      {trace.length === 0 ? (
        <p className={classes.quiet}>{t('calls.noTimeline')}</p>
      ) : (
        <ol className={classes.timeline} aria-label={t('calls.timeline')}>
          {trace.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a trace only grows at its end
            <li key={index}>
              <TraceLine entry={entry} flowId={flowOf[index] ?? ''} />
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
