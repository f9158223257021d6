import { Button } from '@mantine/core';
import { History } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/dialog.tsx';
import { notify } from '../../../ui/notify.ts';
import classes from './versions.module.css';

/** Asks, then takes the project of `when` back. */
export function RestoreButton({ when, restore }: { when: string; restore: () => Promise<boolean> }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);

  async function restoreNow(): Promise<void> {
    setAsking(false);
    if (await restore()) notify({ message: t('versions.restored', { when }) });
  }

  return (
    <>
      <Button variant="default" leftSection={<History size={14} aria-hidden />} onClick={() => setAsking(true)}>
        {t('versions.restore')}
      </Button>
      <Dialog title={t('versions.restoreTitle')} opened={asking} onClose={() => setAsking(false)}>
        <p className={classes.question}>{t('versions.restoreText', { when })}</p>
        <div className={classes.actions}>
          <Button variant="default" onClick={() => setAsking(false)}>
            {t('versions.cancel')}
          </Button>
          <Button onClick={() => void restoreNow()}>{t('versions.restore')}</Button>
        </div>
      </Dialog>
    </>
  );
}
