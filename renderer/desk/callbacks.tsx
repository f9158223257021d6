import { ActionIcon, Tooltip } from '@mantine/core';
import type { TFunction } from 'i18next';
import { PhoneCall as CallIcon, Check, PhoneIncoming } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Callback, CallbackTries } from '../../shared/bridge/callbacks.ts';
import { usePhone } from '../phone/phone-context.tsx';
import { useStores } from '../store/react.tsx';
import classes from './desk.module.css';
import { useCallbacks } from './use-callbacks.ts';

/** Callers who wait to be called back, first come first; nothing when there are none. */
export function Callbacks() {
  const { t } = useTranslation();
  const callbacks = useCallbacks();
  if (callbacks.length === 0) return null;
  return (
    <section className={classes.history} aria-label={t('phone.desk.callbacks')}>
      <h2>{t('phone.desk.callbacks')}</h2>
      <ul>
        {callbacks.map((callback) => (
          <CallbackLine key={callback.id} callback={callback} />
        ))}
      </ul>
    </section>
  );
}

function CallbackLine({ callback }: { readonly callback: Callback }) {
  const { t, i18n } = useTranslation();
  const { bridge } = useStores();
  const session = usePhone();
  const { id, number, name, queue, language, requestedAtMs, tries } = callback;
  const format = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'short', timeStyle: 'short' });
  return (
    <li>
      <PhoneIncoming size={14} aria-hidden />
      <span className={classes.historyWho}>
        {name || number}
        <small> · {queue}</small>
        {language === undefined ? null : <small> · {language}</small>}
        {tries === undefined ? null : <small> · {triesText(t, tries)}</small>}
      </span>
      <time dateTime={new Date(requestedAtMs).toISOString()}>{format.format(requestedAtMs)}</time>
      <Tooltip label={t('phone.desk.callBack', { number })}>
        <ActionIcon aria-label={t('phone.desk.callBack', { number })} onClick={() => void session.call(number)}>
          <CallIcon size={14} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('phone.desk.callbackDone', { number })}>
        <ActionIcon
          aria-label={t('phone.desk.callbackDone', { number })}
          // It stays on the list when that fails: the list is told anew by its event only.
          onClick={() => void bridge.call('callbacks.done', { id }).catch(() => undefined)}
        >
          <Check size={14} />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}

/** How often it was tried, how it ended last, and whether that was all. */
function triesText(t: TFunction, { attempts, outcome, failed }: CallbackTries): string {
  const tried = t('phone.desk.callbackTried', { count: attempts, outcome: t(`phone.desk.callbackOutcome.${outcome}`) });
  return failed ? `${tried}; ${t('phone.desk.callbackFailed')}` : tried;
}
