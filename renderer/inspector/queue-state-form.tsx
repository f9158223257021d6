import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useProject } from '../store/react.tsx';
import { NumberField, Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';
import { useFieldProblem } from './use-problem-text.ts';

/** Which queue is looked at, and when it counts as crowded. */
export function QueueStateForm({ flowId, nodeId, node, change }: FormProps<'queue-state'>) {
  const { t } = useTranslation();
  const queues = useProject((project) => project.queues);
  const problem = useFieldProblem(flowId, nodeId, 'flow/no-queue');
  const options = Object.entries(queues).map(([value, queue]) => ({ value, label: queue.name }));
  return (
    <Section title={t('queueState.title')}>
      <Select
        label={t('queueState.queue')}
        placeholder={t('queue.choose')}
        data={options}
        value={node.data.queueId ?? null}
        allowDeselect={false}
        searchable
        error={problem}
        onChange={(queueId) => change({ queueId: queueId ?? undefined })}
      />
      <NumberField
        label={t('queueState.crowdedAt')}
        description={t('queueState.crowdedAtHint')}
        value={node.data.crowdedAt}
        min={1}
        max={10_000}
        optional
        placeholder={t('queueState.never')}
        onChange={(crowdedAt) => change({ crowdedAt }, 'crowded-at')}
      />
    </Section>
  );
}
