import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CALLER_IDS } from '../../shared/flow/nodes/external.ts';
import { useProject } from '../store/react.tsx';
import { ExternalNumberInput } from '../ui/external-number-input.tsx';
import { NumberField, Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';
import { useFieldProblem } from './use-problem-text.ts';

/** The number outside, how long it rings, and what is shown there (S7). */
export function ExternalForm({ flowId, nodeId, node, change }: FormProps<'external'>) {
  const { t } = useTranslation();
  const ringMs = useProject((project) => project.settings.ringMs);
  const problem = useFieldProblem(flowId, nodeId, 'flow/no-number');
  const { data } = node;
  return (
    <Section title={t('external.title')} hint={t('external.hint')}>
      <ExternalNumberInput
        label={t('external.number')}
        value={data.number}
        problem={problem}
        commit={(number) => change({ number }, 'number')}
      />
      <NumberField
        label={t('external.rings')}
        description={t('employee.ringsHint', { seconds: (data.rings * ringMs) / 1000 })}
        value={data.rings}
        min={1}
        max={24}
        onChange={(rings) => change({ rings }, 'rings')}
      />
      <Select
        label={t('external.callerId')}
        description={t('external.callerIdHint')}
        data={CALLER_IDS.map((value) => ({ value, label: t(`external.callerIds.${value}`) }))}
        value={data.callerId}
        allowDeselect={false}
        onChange={(callerId) => callerId && change({ callerId })}
      />
    </Section>
  );
}
