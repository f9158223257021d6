import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { KEYS, KeySchema } from '../../shared/flow/ids.ts';
import { NumberField, SecondsField, Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';
import classes from './inspector.module.css';
import { OptionalSpeech } from './optional-speech.tsx';
import { SpeechEditor } from './speech-editor.tsx';
import { useFieldProblem } from './use-problem-text.ts';

/** Asking whether the call may be recorded: the question, its two keys, and how often it is asked. */
export function ConsentForm({ flowId, nodeId, node, change }: FormProps<'consent'>) {
  const { t } = useTranslation();
  const problem = useFieldProblem(flowId, nodeId, 'flow/empty-prompt', 'prompt');
  const { data } = node;
  return (
    <>
      <Section title={t('consent.title')} hint={t('consent.hint')}>
        <SpeechEditor
          label={t('consent.promptText')}
          placeholder={t('consent.promptPlaceholder', { agree: data.agreeKey, refuse: data.refuseKey })}
          use={data.prompt}
          error={problem}
          onChange={(prompt, part) => change({ prompt }, `prompt:${part}`)}
        />
        <div className={classes.pair}>
          <Select
            label={t('consent.agreeKey')}
            data={KEYS.filter((key) => key !== data.refuseKey)}
            value={data.agreeKey}
            allowDeselect={false}
            onChange={(key) => key !== null && change({ agreeKey: KeySchema.parse(key) })}
          />
          <Select
            label={t('consent.refuseKey')}
            data={KEYS.filter((key) => key !== data.agreeKey)}
            value={data.refuseKey}
            allowDeselect={false}
            onChange={(key) => key !== null && change({ refuseKey: KeySchema.parse(key) })}
          />
        </div>
      </Section>
      <Section title={t('consent.noAnswer')} hint={t('consent.noAnswerHint')}>
        <div className={classes.pair}>
          <SecondsField
            label={t('menu.firstDigit')}
            valueMs={data.firstDigitTimeoutMs}
            minMs={500}
            maxMs={60_000}
            onChangeMs={(firstDigitTimeoutMs) => change({ firstDigitTimeoutMs }, 'first-digit')}
          />
          <NumberField
            label={t('menu.attempts')}
            value={data.attempts}
            min={1}
            max={10}
            onChange={(attempts) => change({ attempts }, 'attempts')}
          />
        </div>
        <OptionalSpeech
          label={t('menu.noInputPrompt')}
          placeholder={t('menu.noInputPlaceholder')}
          use={data.noInputPrompt}
          onChange={(noInputPrompt, part) => change({ noInputPrompt }, `no-input-prompt:${part}`)}
        />
        <OptionalSpeech
          label={t('menu.invalidPrompt')}
          placeholder={t('menu.invalidPlaceholder')}
          use={data.invalidPrompt}
          onChange={(invalidPrompt, part) => change({ invalidPrompt }, `invalid-prompt:${part}`)}
        />
      </Section>
    </>
  );
}
