import { Select, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { KEYS, KeySchema } from '../../shared/flow/ids.ts';
import type { DigitsData } from '../../shared/flow/nodes/digits.ts';
import { ExpressionField } from './expression-field.tsx';
import { NumberField, SecondsField, Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';
import classes from './inspector.module.css';
import { OptionalSpeech } from './optional-speech.tsx';
import { SpeechEditor } from './speech-editor.tsx';
import { useFieldProblem } from './use-problem-text.ts';
import { VariableSelect } from './variable-select.tsx';

const HASHES = ['terminator', 'ignored'] as const;

/** Asking for digits: what is said, how many, where they are kept, and whether they are read back. */
export function DigitsForm({ flowId, nodeId, node, change }: FormProps<'digits'>) {
  const { t } = useTranslation();
  const emptyPrompt = useFieldProblem(flowId, nodeId, 'flow/empty-prompt', 'prompt');
  const noVariable = useFieldProblem(flowId, nodeId, 'flow/no-variable');
  const { data } = node;
  return (
    <>
      <Section title={t('digits.prompt')}>
        <SpeechEditor
          label={t('digits.promptText')}
          placeholder={t('digits.promptPlaceholder')}
          use={data.prompt}
          error={emptyPrompt}
          onChange={(prompt, part) => change({ prompt }, `prompt:${part}`)}
        />
      </Section>
      <Section title={t('digits.entry')}>
        <VariableSelect
          label={t('digits.variable')}
          value={data.variable}
          error={noVariable}
          onChange={(variable) => change({ variable })}
        />
        <div className={classes.pair}>
          <NumberField
            label={t('digits.fewest')}
            value={data.minDigits}
            min={1}
            max={data.maxDigits}
            onChange={(minDigits) => change({ minDigits }, 'min-digits')}
          />
          <NumberField
            label={t('digits.most')}
            value={data.maxDigits}
            min={data.minDigits}
            max={32}
            onChange={(maxDigits) => change({ maxDigits }, 'max-digits')}
          />
        </div>
        <Select
          label={t('menu.hash')}
          data={HASHES.map((value) => ({ value, label: t(`menu.hashes.${value}`) }))}
          value={data.hash}
          allowDeselect={false}
          onChange={(hash) => hash && change({ hash })}
        />
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
      </Section>
      <Section title={t('digits.check')}>
        <Switch
          label={t('digits.valid')}
          checked={data.valid !== undefined}
          onChange={(event) =>
            change({ valid: event.currentTarget.checked ? `size(${data.variable ?? 'digits'}) > 0` : undefined })
          }
        />
        {data.valid === undefined ? null : (
          <ExpressionField
            label={t('digits.validExpression')}
            value={data.valid}
            wanted="yes-no"
            onChange={(valid) => change({ valid }, 'valid')}
          />
        )}
        <ConfirmFields data={data} change={change} />
      </Section>
      <Section title={t('digits.errors')}>
        <div className={classes.pair}>
          <NumberField
            label={t('extension.noInputAttempts')}
            value={data.noInputAttempts}
            min={1}
            max={10}
            onChange={(noInputAttempts) => change({ noInputAttempts }, 'no-input-attempts')}
          />
          <NumberField
            label={t('digits.invalidAttempts')}
            value={data.invalidAttempts}
            min={1}
            max={10}
            onChange={(invalidAttempts) => change({ invalidAttempts }, 'invalid-attempts')}
          />
        </div>
        <OptionalSpeech
          label={t('extension.noInputPrompt')}
          placeholder={t('digits.noInputPlaceholder')}
          use={data.noInputPrompt}
          onChange={(noInputPrompt, part) => change({ noInputPrompt }, `no-input-prompt:${part}`)}
        />
        <OptionalSpeech
          label={t('digits.invalidPrompt')}
          placeholder={t('digits.invalidPlaceholder')}
          use={data.invalidPrompt}
          onChange={(invalidPrompt, part) => change({ invalidPrompt }, `invalid-prompt:${part}`)}
        />
      </Section>
    </>
  );
}

/** Reading the digits back, with the keys that say yes and no. */
function ConfirmFields({ data, change }: { data: DigitsData; change: FormProps<'digits'>['change'] }) {
  const { t } = useTranslation();
  const { confirm } = data;
  const placeholder = t('digits.confirmPlaceholder', {
    place: `{${data.variable ?? 'digits'}:digits}`,
    interpolation: { escapeValue: false },
  });
  const keyField = (which: 'yesKey' | 'noKey', other: 'yesKey' | 'noKey') =>
    confirm && (
      <Select
        label={t(`digits.${which}`)}
        data={KEYS.map((key) => ({ value: key, label: key, disabled: key === confirm[other] }))}
        value={confirm[which]}
        allowDeselect={false}
        onChange={(key) => key !== null && change({ confirm: { ...confirm, [which]: KeySchema.parse(key) } })}
      />
    );
  return (
    <>
      <OptionalSpeech
        label={t('digits.confirm')}
        placeholder={placeholder}
        use={confirm?.prompt}
        onChange={(prompt, part) =>
          change({ confirm: prompt && { yesKey: '1', noKey: '2', ...confirm, prompt } }, `confirm-prompt:${part}`)
        }
      />
      {confirm === undefined ? null : (
        <div className={classes.pair}>
          {keyField('yesKey', 'noKey')}
          {keyField('noKey', 'yesKey')}
        </div>
      )}
    </>
  );
}
