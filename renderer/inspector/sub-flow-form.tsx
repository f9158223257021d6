import { Anchor, Button, Select, Text } from '@mantine/core';
import { UnfoldHorizontal } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { resultsOf } from '../../shared/flow/results.ts';
import { useFolding } from '../canvas/use-folding.ts';
import { useProject, useStores } from '../store/react.tsx';
import { AssignmentsField } from './assignments-field.tsx';
import { Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';
import { useFieldProblem } from './use-problem-text.ts';

/** Which flow is called. The outputs are the results that it returns; they follow it when asked to. */
export function SubFlowForm({ flowId, nodeId, node, change }: FormProps<'sub-flow'>) {
  const { t } = useTranslation();
  const { ui } = useStores();
  const { unfoldNode } = useFolding(flowId);
  const flows = useProject((project) => project.flows);
  const problem = useFieldProblem(flowId, nodeId, 'flow/no-sub-flow');
  const { data } = node;
  const called = data.flowId === undefined ? undefined : flows[data.flowId];
  const returned = called ? resultsOf(called) : [];
  const differs = called && returned.join('\n') !== [...data.results].sort().join('\n');
  return (
    <>
      <Section title={t('subFlow.title')} hint={t('subFlow.hint')}>
        <Select
          label={t('subFlow.flow')}
          placeholder={t('subFlow.choose')}
          data={Object.entries(flows).map(([value, { name }]) => ({ value, label: name }))}
          value={data.flowId ?? null}
          allowDeselect={false}
          searchable
          error={problem}
          onChange={(id) => {
            const flow = id === null ? undefined : flows[id];
            if (id !== null && flow) change({ flowId: id, results: [...resultsOf(flow)].slice(0, 20) });
          }}
        />
        {called && data.flowId !== undefined ? (
          <Anchor
            component="button"
            type="button"
            size="sm"
            ta="left"
            onClick={() => data.flowId !== undefined && ui.openFlow(data.flowId)}
          >
            {t('subFlow.open', { flow: called.name })}
          </Anchor>
        ) : null}
        {called && returned.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('subFlow.returnsNothing')}
          </Text>
        ) : null}
        {called ? (
          <Button
            variant="default"
            leftSection={<UnfoldHorizontal size={14} aria-hidden />}
            onClick={() => unfoldNode(nodeId)}
          >
            {t('fold.unfold')}
          </Button>
        ) : null}
        {differs ? (
          <Button variant="default" onClick={() => change({ results: [...returned].slice(0, 20) })}>
            {t('subFlow.takeOver')}
          </Button>
        ) : null}
      </Section>
      <Section title={t('subFlow.parameters')} hint={t('subFlow.parametersHint')}>
        <AssignmentsField
          place="call"
          placeholder="caller.number"
          assignments={data.parameters}
          onChange={(parameters, typing) => change({ parameters }, typing)}
        />
      </Section>
    </>
  );
}
