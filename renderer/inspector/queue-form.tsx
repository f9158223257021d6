import { Button, Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { KEYS, KeySchema } from '../../shared/flow/ids.ts';
import { useProject, useStores } from '../store/react.tsx';
import { SecondsField, Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';
import { useFieldProblem } from './use-problem-text.ts';

/** Which queue, how long at most, and a way out of it by key (S6). */
export function QueueForm({ flowId, nodeId, node, change }: FormProps<'queue'>) {
  const { t } = useTranslation();
  const { ui } = useStores();
  const queues = useProject((project) => project.queues);
  const problem = useFieldProblem(flowId, nodeId, 'flow/no-queue');
  const { data } = node;
  const chosen = data.queueId === undefined ? undefined : queues[data.queueId];
  const options = Object.entries(queues).map(([value, queue]) => ({ value, label: queue.name }));
  return (
    <Section title={t('queue.which')}>
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
          label={t('queue.queue')}
          placeholder={t('queue.choose')}
          data={options}
          value={data.queueId ?? null}
          allowDeselect={false}
          searchable
          error={problem}
          onChange={(queueId) => change({ queueId: queueId ?? undefined })}
        />
      )}
      <SecondsField
        label={t('queue.maxWait')}
        description={t('queue.maxWaitHint')}
        valueMs={data.maxWaitMs}
        minMs={1000}
        maxMs={7_200_000}
        step={10}
        optional
        placeholder={chosen ? t('queue.ownLimit', { seconds: chosen.maxWaitMs / 1000 }) : t('queue.queueLimit')}
        onChangeMs={(maxWaitMs) => change({ maxWaitMs }, 'max-wait')}
      />
      <Select
        label={t('queue.breakOut')}
        description={t('queue.breakOutHint')}
        placeholder={t('queue.noBreakOut')}
        data={[...KEYS]}
        value={data.breakOutKey ?? null}
        clearable
        onChange={(key) => change({ breakOutKey: key === null ? undefined : KeySchema.parse(key) })}
      />
    </Section>
  );
}
