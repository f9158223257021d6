import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../i18n/error-text.ts';
import { useStores, useSync } from '../../store/react.tsx';
import { useConnection } from '../connection.tsx';
import classes from './frame.module.css';

/** What a person must know or decide before going on: no connection, a conflict, a project that cannot be saved. */
export function Banners() {
  const { t, i18n } = useTranslation();
  const { sync } = useStores();
  const connection = useConnection();
  const status = useSync((state) => state.status);
  const error = useSync((state) => state.error);

  if (connection === 'lost' || connection === 'refused') {
    return (
      <div className={classes.banner} role="alert">
        <strong>{t(connection === 'lost' ? 'sync.lost' : 'sync.refused')}</strong>
        {connection === 'lost' ? <span className={classes.bannerHint}>{t('sync.lostHint')}</span> : null}
      </div>
    );
  }
  // A failure of either choice leaves the conflict as it is, and is shown by the banner of its own.
  if (status === 'conflict') {
    return (
      <div className={classes.banner} role="alert">
        <strong>{t('sync.conflictText')}</strong>
        <span className={classes.bannerHint}>{t('sync.conflictHint')}</span>
        <Group gap="sm">
          <Button size="compact-xs" variant="default" onClick={() => void sync.takeTheirs().catch(() => {})}>
            {t('sync.takeTheirs')}
          </Button>
          <Button size="compact-xs" onClick={() => void sync.keepOurs().catch(() => {})}>
            {t('sync.keepOurs')}
          </Button>
        </Group>
      </div>
    );
  }
  if (status === 'error' && error !== null) {
    return (
      <div className={classes.banner} data-tone="danger" role="alert">
        <strong>{t('sync.errorText', { message: errorText(error, i18n) })}</strong>
        <Button size="compact-xs" color="red" variant="light" onClick={() => void sync.flush()}>
          {t('sync.retry')}
        </Button>
      </div>
    );
  }
  return null;
}
