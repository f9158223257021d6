import { Button, Group } from '@mantine/core';
import { RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { RemoteStatus } from '../../../../shared/bridge/sync.ts';
import { useRemote, useStores } from '../../../store/react.tsx';
import { RemoteError } from '../../../sync/remote-error.tsx';
import { STATUS_ICONS } from '../../../sync/remote-status.ts';
import syncClasses from '../../../sync/sync.module.css';
import { notifyFailure } from '../../../ui/notify.ts';
import classes from '../page.module.css';

const TONES = {
  off: 'none',
  synced: 'ok',
  waiting: 'none',
  offline: 'warning',
  conflict: 'warning',
  'sign-in': 'danger',
  blocked: 'danger',
} as const satisfies Record<RemoteStatus, string>;

/** What lies there cannot be used: a person may put the local copy in its place. */
const REPLACEABLE = ['project/not-json', 'project/wrong-format', 'project/invalid'];

/** State, since when and why, and what can be done about it. */
export function SyncState() {
  const { t } = useTranslation();
  const { bridge, sync } = useStores();
  const { status, busy, settings, error } = useRemote((state) => state);
  const Icon = STATUS_ICONS[status];
  const run = (work: () => Promise<unknown>) =>
    void work().catch((problem: unknown) => notifyFailure(problem, t('remote.failed')));
  return (
    <div className={classes.item}>
      <div className={syncClasses.state}>
        <span className={syncClasses.stateIcon} data-tone={TONES[status]}>
          <Icon size={20} aria-hidden />
        </span>
        <div className={syncClasses.stateText}>
          <p className={syncClasses.stateName} role="status">
            {t(`remote.status.${status}`)}
          </p>
          <p className={syncClasses.stateHint}>{t(`remote.statusHint.${status}`)}</p>
          {error === null || settings === null ? null : <RemoteError error={error} url={settings.url} />}
          <Times />
          {settings === null ? null : (
            <Group gap="sm" mt="md">
              <Button
                leftSection={<RefreshCw size={14} aria-hidden />}
                loading={busy}
                onClick={() =>
                  run(async () => {
                    await sync.flush();
                    await bridge.call('sync.now', {});
                  })
                }
              >
                {t('remote.syncNow')}
              </Button>
              {error !== null && REPLACEABLE.includes(error.code) ? (
                <Button color="red" variant="light" onClick={() => run(() => bridge.call('sync.overwriteRemote', {}))}>
                  {t('remote.overwrite')}
                </Button>
              ) : null}
              <Button variant="default" onClick={() => run(() => bridge.call('sync.disconnect', {}))}>
                {t('remote.disconnect')}
              </Button>
            </Group>
          )}
        </div>
      </div>
    </div>
  );
}

function Times() {
  const { t, i18n } = useTranslation();
  const { status, sinceMs, lastSyncAtMs, nextTryAtMs } = useRemote((state) => state);
  if (status === 'off') return null;
  const format = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'short', timeStyle: 'medium' });
  const away = status === 'offline' || status === 'sign-in' || status === 'blocked';
  return (
    <p className={syncClasses.times}>
      <span>{t('remote.since', { when: format.format(sinceMs) })}</span>
      {lastSyncAtMs === null ? null : <span>{t('remote.lastSync', { when: format.format(lastSyncAtMs) })}</span>}
      {away && nextTryAtMs !== null ? <span>{t('remote.nextTry', { when: format.format(nextTryAtMs) })}</span> : null}
    </p>
  );
}
