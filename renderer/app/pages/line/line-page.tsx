import { Button } from '@mantine/core';
import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLine, useStores } from '../../../store/react.tsx';
import pageClasses from '../page.module.css';
import { Page, PageSection } from '../page.tsx';
import classes from './line.module.css';
import { LineForm } from './line-form.tsx';
import { LineState } from './line-state.tsx';

/** The outside line of this computer: how it stands, and how it is set. */
export function LinePage() {
  const { t } = useTranslation();
  const { ui } = useStores();
  const settings = useLine((line) => line.settings);
  return (
    <Page title={t('line.title')} hint={t('line.hint')}>
      <Button
        className={classes.back ?? ''}
        size="compact-sm"
        variant="subtle"
        leftSection={<ArrowLeft size={14} aria-hidden />}
        onClick={() => ui.setState({ page: 'settings' })}
      >
        {t('line.back')}
      </Button>
      <PageSection title={t('line.state')}>
        <div className={pageClasses.item}>
          <LineState />
        </div>
      </PageSection>
      {/* What another window has saved begins with another form. */}
      <LineForm key={JSON.stringify(settings)} settings={settings} />
    </Page>
  );
}
