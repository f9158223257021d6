import { Button, Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useProject, useStores } from '../store/react.tsx';
import { Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';
import { useFieldProblem } from './use-problem-text.ts';

/** By which schedule the call goes on; its hours are on their own page. */
export function ScheduleForm({ flowId, nodeId, node, change }: FormProps<'schedule'>) {
  const { t } = useTranslation();
  const { ui } = useStores();
  const schedules = useProject((project) => project.schedules);
  const problem = useFieldProblem(flowId, nodeId, 'flow/no-schedule');
  const options = Object.entries(schedules).map(([value, schedule]) => ({ value, label: schedule.name }));
  return (
    <Section title={t('schedule.which')}>
      {options.length === 0 ? (
        <>
          <Text size="sm" c="dimmed">
            {t('schedule.noneYet')}
          </Text>
          <Button variant="default" onClick={() => ui.setState({ page: 'schedules' })}>
            {t('schedule.add')}
          </Button>
        </>
      ) : (
        <Select
          label={t('schedule.schedule')}
          placeholder={t('schedule.choose')}
          data={options}
          value={node.data.scheduleId ?? null}
          allowDeselect={false}
          searchable
          error={problem}
          onChange={(scheduleId) => change({ scheduleId: scheduleId ?? undefined })}
        />
      )}
    </Section>
  );
}
