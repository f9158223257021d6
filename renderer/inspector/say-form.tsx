import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';
import { SpeechEditor } from './speech-editor.tsx';
import { useFieldProblem } from './use-problem-text.ts';

/** A message that is played to the caller (S13). */
export function SayForm({ flowId, nodeId, node, change }: FormProps<'say'>) {
  const { t } = useTranslation();
  const problem = useFieldProblem(flowId, nodeId, 'flow/empty-prompt');
  return (
    <Section title={t('say.message')}>
      <SpeechEditor
        label={t('say.text')}
        use={node.data.prompt}
        error={problem}
        onChange={(prompt, part) => change({ prompt }, `prompt:${part}`)}
      />
      <Switch
        label={t('say.skippable')}
        checked={node.data.skippable}
        onChange={(event) => change({ skippable: event.currentTarget.checked })}
      />
    </Section>
  );
}
