import { useTranslation } from 'react-i18next';
import { useRemote } from '../../../store/react.tsx';
import { ConflictItem } from '../../../sync/conflict-item.tsx';
import syncClasses from '../../../sync/sync.module.css';
import { Page, PageSection } from '../page.tsx';
import { EndpointForm } from './endpoint-form.tsx';
import { SyncState } from './sync-state.tsx';

/** How the project and its endpoint stand, what waits for a choice, and which endpoint it is. */
export function SyncPage() {
  const { t } = useTranslation();
  const conflicts = useRemote((state) => state.conflicts);
  const settings = useRemote((state) => state.settings);
  return (
    <Page title={t('remote.title')} hint={t('remote.hint')}>
      <PageSection title={t('remote.state')}>
        <SyncState />
      </PageSection>
      {conflicts.length === 0 ? null : (
        <PageSection title={t('remote.conflicts', { count: conflicts.length })}>
          <ul className={syncClasses.conflicts}>
            {conflicts.map((conflict) => (
              <ConflictItem key={conflict.id} conflict={conflict} />
            ))}
          </ul>
        </PageSection>
      )}
      <PageSection title={t('remote.endpoint')}>
        {/* Another endpoint begins with another form. */}
        <EndpointForm key={JSON.stringify(settings)} settings={settings} />
      </PageSection>
    </Page>
  );
}
