import { Button, Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useProject, useStores } from '../store/react.tsx';
import { Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';
import { useFieldProblem } from './use-problem-text.ts';

/** Whose operators call the caller back. */
export function CallbackForm({ flowId, nodeId, node, change }: FormProps<'callback'>) {
  const { t } = useTranslation();
  const { ui } = useStores();
  const queues = useProject((project) => project.queues);
  const problem = useFieldProblem(flowId, nodeId, 'flow/no-queue');
  const options = Object.entries(queues).map(([value, queue]) => ({ value, label: queue.name }));
  return (
    <Section title={t('callback.title')} hint={t('callback.hint')}>
      {options.length === 0 ? (
        <>
          <Text size="sm" c="dimmed">
            {t('queue.noneYet')}
          </Text>
          <Button variant="default" onClick={() => ui.setState({ page: 'team' })}>
            {t('queue.addQueue')}
          </Button>
        </>
      ) : (
        <Select
          label={t('callback.queue')}
          placeholder={t('queue.choose')}
          data={options}
          value={node.data.queueId ?? null}
          allowDeselect={false}
          searchable
          error={problem}
          onChange={(queueId) => change({ queueId: queueId ?? undefined })}
        />
      )}
    </Section>
  );
}
