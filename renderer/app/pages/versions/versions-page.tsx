import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '../page.module.css';
import { Page, PageSection } from '../page.tsx';
import { BackupRows } from './backup-rows.tsx';
import { PublishSection } from './publish-section.tsx';
import { useVersions } from './use-versions.ts';
import { VersionRow } from './version-row.tsx';
import versions from './versions.module.css';

/** What the project was: versions that were named or kept by themselves, compared and had back. */
export function VersionsPage() {
  const { t } = useTranslation();
  const given = useVersions();
  const { list } = given;
  const [open, setOpen] = useState<string | null>(null);
  return (
    <Page title={t('versions.title')} hint={t('versions.hint')}>
      <PublishSection versions={given} />
      <PageSection title={t('versions.list', { count: list?.versions.length ?? 0 })}>
        {list?.versions.length === 0 ? <p className={classes.empty}>{t('versions.none')}</p> : null}
        <ul className={versions.rows}>
          {list?.versions.map((version) => (
            <VersionRow
              key={version.id}
              version={version}
              versions={given}
              isOpen={open === version.id}
              onToggle={() => setOpen(open === version.id ? null : version.id)}
            />
          ))}
        </ul>
        {list && list.damaged.length > 0 ? (
          <p className={versions.damaged}>{t('versions.damaged', { files: list.damaged.join(', ') })}</p>
        ) : null}
      </PageSection>
      <BackupRows versions={given} />
    </Page>
  );
}
