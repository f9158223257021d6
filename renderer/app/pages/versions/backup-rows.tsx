import { Badge, Button } from '@mantine/core';
import { GitCompareArrows } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageSection } from '../page.tsx';
import { RestoreButton } from './restore-button.tsx';
import { useBackups } from './use-backups.ts';
import { orNothing, type Versions } from './use-versions.ts';
import { VersionChanges } from './version-changes.tsx';
import classes from './versions.module.css';

/** Copies of the document, for when something went wrong that versions do not have. */
export function BackupRows({ versions }: { readonly versions: Versions }) {
  const { t, i18n } = useTranslation();
  const { backups, load } = useBackups();
  const [open, setOpen] = useState<string | null>(null);
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'medium' });
  if (backups.length === 0) return null;
  return (
    <PageSection title={t('versions.backups', { count: backups.length })}>
      <p className={classes.same}>{t('versions.backupsHint')}</p>
      <ul className={classes.rows}>
        {backups.map(({ name, kind, madeAtMs }) => (
          <li key={name} className={classes.row} aria-label={time.format(madeAtMs)}>
            <div className={classes.head}>
              <div className={classes.facts}>
                <span className={classes.when}>{time.format(madeAtMs)}</span>
                {kind === 'saved' ? null : (
                  <Badge variant="default" size="sm">
                    {t(`versions.backupKind.${kind}`)}
                  </Badge>
                )}
              </div>
              <Button
                variant="subtle"
                leftSection={<GitCompareArrows size={14} aria-hidden />}
                aria-expanded={open === name}
                onClick={() => setOpen(open === name ? null : name)}
              >
                {t('versions.compare')}
              </Button>
              <RestoreButton when={time.format(madeAtMs)} restore={() => versions.restoreFrom(() => load(name))} />
            </div>
            {open === name ? (
              <VersionChanges id={name} versions={{ get: orNothing(load) }} label={time.format(madeAtMs)} />
            ) : null}
          </li>
        ))}
      </ul>
    </PageSection>
  );
}
