import { Button } from '@mantine/core';
import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { freeNameAmong } from '../../store/flow-list-edits.ts';
import { useProject, useStores } from '../../store/react.tsx';
import { addSchedule } from '../../store/schedule-edits.ts';
import classes from './page.module.css';
import { Page, PageSection } from './page.tsx';
import { ScheduleItem } from './schedule-item.tsx';

/** The schedules that flows go by. */
export function SchedulesPage() {
  const { t } = useTranslation();
  const { project } = useStores();
  const schedules = Object.entries(useProject((document) => document.schedules));
  const current = () => project.state.getState().project;
  return (
    <Page title={t('schedules.title')} hint={t('schedules.hint')}>
      <PageSection
        title={t('schedules.list', { count: schedules.length })}
        action={
          <Button
            leftSection={<Plus size={14} aria-hidden />}
            onClick={() =>
              project.replace(addSchedule(current(), freeNameAmong(current().schedules, t('schedules.newSchedule'))))
            }
          >
            {t('schedules.add')}
          </Button>
        }
      >
        {schedules.length === 0 ? <p className={classes.empty}>{t('schedules.none')}</p> : null}
        <div className={classes.list}>
          {schedules.map(([id, schedule]) => (
            <ScheduleItem key={id} id={id} schedule={schedule} />
          ))}
        </div>
      </PageSection>
    </Page>
  );
}
