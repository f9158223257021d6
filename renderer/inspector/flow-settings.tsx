import { Anchor, Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FlowId } from '../../shared/flow/ids.ts';
import type { Flow } from '../../shared/flow/project.ts';
import { useProject, useStores } from '../store/react.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { Section } from './fields.tsx';
import { GROWING } from './growing.ts';
import classes from './inspector.module.css';
import { VariablesSection } from './variables-section.tsx';

/** Name and description of the flow, and which numbers lead into it. */
export function FlowSettings({ flowId, flow }: { flowId: FlowId; flow: Flow }) {
  const { t } = useTranslation();
  const { project, ui } = useStores();
  const numbers = useProject((document) => document.numbers);
  const used = Object.entries(numbers).filter(([, number]) => number.useVoiceMenu && number.flowId === flowId);
  const name = useDraft(flow.name, {
    isValid: (text) => text.trim() !== '' && text.length <= 100,
    commit: (text) =>
      project.editFlow(flowId, (current) => ({ ...current, name: text }), { coalesce: `flow:${flowId}:name` }),
  });
  return (
    <>
      <div className={classes.head}>
        <h2 className={classes.title}>{t('flow.settings')}</h2>
      </div>
      <div className={classes.scroll}>
        <TextInput
          label={t('inspector.name')}
          value={name.text}
          maxLength={100}
          error={name.valid ? undefined : t('field.required')}
          mb="md"
          onChange={(event) => name.change(event.currentTarget.value)}
          onBlur={name.settle}
        />
        <Textarea
          label={t('flow.description')}
          value={flow.description}
          maxLength={2000}
          classNames={GROWING}
          rows={3}
          mb="md"
          onChange={(event) => {
            const description = event.currentTarget.value;
            project.editFlow(flowId, (current) => ({ ...current, description }), {
              coalesce: `flow:${flowId}:description`,
            });
          }}
        />
        <Section title={t('flow.numbers')}>
          {used.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('flow.noNumbers')}
            </Text>
          ) : (
            <Text size="sm">{used.map(([, number]) => number.number).join(', ')}</Text>
          )}
          <Anchor component="button" type="button" size="sm" ta="left" onClick={() => ui.setState({ page: 'numbers' })}>
            {t('flow.toNumbers')}
          </Anchor>
        </Section>
        <VariablesSection />
        <Section title={t('flow.tips')}>
          <ul className={classes.tips}>
            <li>{t('flow.tipSlash')}</li>
            <li>{t('flow.tipWire')}</li>
            <li>{t('flow.tipKeys')}</li>
          </ul>
        </Section>
      </div>
    </>
  );
}
