import { MultiSelect, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useProject } from '../store/react.tsx';
import { NumberField, SecondsField, Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';
import classes from './inspector.module.css';
import { OptionalSpeech } from './optional-speech.tsx';
import { peopleOptions } from './people-options.ts';
import { SpeechEditor } from './speech-editor.tsx';
import { useFieldProblem } from './use-problem-text.ts';

const CHOICES = ['everyone', 'people'] as const;
const HASHES = ['terminator', 'key', 'ignored'] as const;

/** Asking for an employee's extension (S8): what is said, who can be reached, and how long each step may take. */
export function ExtensionForm({ flowId, nodeId, node, change }: FormProps<'extension'>) {
  const { t } = useTranslation();
  const people = useProject((project) => project.people);
  const problem = useFieldProblem(flowId, nodeId, 'flow/empty-prompt', 'prompt');
  const { data } = node;
  const { who } = data;
  const options = peopleOptions(people);
  return (
    <>
      <Section title={t('extension.prompt')}>
        <SpeechEditor
          label={t('extension.promptText')}
          placeholder={t('extension.promptPlaceholder')}
          use={data.prompt}
          error={problem}
          onChange={(prompt, part) => change({ prompt }, `prompt:${part}`)}
        />
      </Section>
      <Section title={t('extension.entry')}>
        <Select
          label={t('extension.who')}
          data={CHOICES.map((value) => ({
            value,
            label: t(`extension.whos.${value}`),
            // A choice of people needs someone to be in it.
            disabled: value === 'people' && options.length === 0,
          }))}
          value={who.kind}
          allowDeselect={false}
          onChange={(kind) => {
            const first = options[0]?.value;
            if (kind === 'everyone') change({ who: { kind } });
            else if (kind === 'people' && first !== undefined) change({ who: { kind, people: [first] } });
          }}
        />
        {who.kind === 'people' ? (
          <MultiSelect
            label={t('extension.people')}
            data={options}
            value={who.people}
            searchable
            // The last one cannot be taken out: nobody at all is no choice.
            onChange={(list) => list.length > 0 && change({ who: { kind: 'people', people: list } })}
          />
        ) : null}
        <div className={classes.pair}>
          <SecondsField
            label={t('extension.firstDigit')}
            valueMs={data.firstDigitTimeoutMs}
            minMs={500}
            maxMs={60_000}
            onChangeMs={(firstDigitTimeoutMs) => change({ firstDigitTimeoutMs }, 'first-digit')}
          />
          <SecondsField
            label={t('extension.interDigit')}
            valueMs={data.interDigitTimeoutMs}
            minMs={500}
            maxMs={60_000}
            onChangeMs={(interDigitTimeoutMs) => change({ interDigitTimeoutMs }, 'inter-digit')}
          />
        </div>
        <Select
          label={t('menu.hash')}
          data={HASHES.map((value) => ({ value, label: t(`menu.hashes.${value}`) }))}
          value={data.hash}
          allowDeselect={false}
          onChange={(hash) => hash && change({ hash })}
        />
        <NumberField
          label={t('extension.rings')}
          value={data.rings}
          min={1}
          max={24}
          onChange={(rings) => change({ rings }, 'rings')}
        />
      </Section>
      <Section title={t('extension.errors')}>
        <div className={classes.pair}>
          <NumberField
            label={t('extension.noInputAttempts')}
            value={data.noInputAttempts}
            min={1}
            max={10}
            onChange={(noInputAttempts) => change({ noInputAttempts }, 'no-input-attempts')}
          />
          <NumberField
            label={t('extension.invalidAttempts')}
            value={data.invalidAttempts}
            min={1}
            max={10}
            onChange={(invalidAttempts) => change({ invalidAttempts }, 'invalid-attempts')}
          />
        </div>
        <OptionalSpeech
          label={t('extension.noInputPrompt')}
          placeholder={t('extension.noInputPlaceholder')}
          use={data.noInputPrompt}
          onChange={(noInputPrompt, part) => change({ noInputPrompt }, `no-input-prompt:${part}`)}
        />
        <OptionalSpeech
          label={t('extension.invalidPrompt')}
          placeholder={t('extension.invalidPlaceholder')}
          use={data.invalidPrompt}
          onChange={(invalidPrompt, part) => change({ invalidPrompt }, `invalid-prompt:${part}`)}
        />
      </Section>
    </>
  );
}
