import { ActionIcon, Tooltip } from '@mantine/core';
import { PhoneCall as CallIcon, PhoneIncoming, PhoneMissed, PhoneOutgoing } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../phone/phone-context.tsx';
import type { PhoneCall } from '../phone/phone-types.ts';
import { formatDuration } from '../phone/use-seconds.ts';
import classes from './desk.module.css';

/** Calls of this session, newest first; missed, declined and answered elsewhere are told apart. */
export function History({ calls }: { readonly calls: readonly PhoneCall[] }) {
  const { t } = useTranslation();
  return (
    <section className={classes.history} aria-label={t('phone.desk.history')}>
      <h2>{t('phone.desk.history')}</h2>
      {calls.length === 0 ? <p className={classes.none}>{t('phone.desk.noHistory')}</p> : null}
      <ul>
        {[...calls].reverse().map((call) => (
          <HistoryLine key={call.id} call={call} />
        ))}
      </ul>
    </section>
  );
}

function HistoryLine({ call }: { readonly call: PhoneCall }) {
  const { t, i18n } = useTranslation();
  const session = usePhone();
  const Icon = call.end === 'missed' ? PhoneMissed : call.direction === 'incoming' ? PhoneIncoming : PhoneOutgoing;
  const name = call.remote.name || call.remote.number || t('phone.unknownCaller');
  const time = new Intl.DateTimeFormat(i18n.language, { hour: '2-digit', minute: '2-digit' }).format(call.startedAtMs);
  return (
    <li data-end={call.end ?? undefined}>
      <Icon size={14} aria-hidden />
      <span className={classes.historyWho}>
        {name}
        {call.context?.queue ? <small> · {call.context.queue}</small> : null}
        <small className={classes.historyEnd}>
          {t(`phone.end.${call.end ?? 'failed'}`)}
          {call.answeredAtMs === null ? '' : ` · ${formatDuration((call.endedAtMs ?? 0) - call.answeredAtMs)}`}
        </small>
      </span>
      <time>{time}</time>
      <Tooltip label={t('phone.desk.callBack', { number: call.remote.number })}>
        <ActionIcon
          aria-label={t('phone.desk.callBack', { number: call.remote.number })}
          disabled={call.remote.number === ''}
          onClick={() => void session.call(call.remote.number)}
        >
          <CallIcon size={14} />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}
