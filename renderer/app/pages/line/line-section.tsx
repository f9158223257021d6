import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStores } from '../../../store/react.tsx';
import classes from '../page.module.css';
import { PageSection } from '../page.tsx';
import { LineState } from './line-state.tsx';

/** The outside line among the settings: how it stands, and the way to its page. */
export function LineSection() {
  const { t } = useTranslation();
  const { ui } = useStores();
  return (
    <PageSection title={t('line.title')}>
      <div className={classes.item}>
        <LineState />
        <Button className={classes.end ?? ''} mt={0} variant="default" onClick={() => ui.setState({ page: 'line' })}>
          {t('line.setUp')}
        </Button>
      </div>
    </PageSection>
  );
}
