import { useTranslation } from 'react-i18next';
import { outputsOf } from '../../shared/flow/catalogue.ts';
import { NumberField, SecondsField, Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';
import classes from './inspector.module.css';
import { KeyPad } from './key-pad.tsx';
import { MenuAdvanced } from './menu-advanced.tsx';
import { OptionalSpeech } from './optional-speech.tsx';
import { SpeechEditor } from './speech-editor.tsx';
import { TargetSelect } from './target-select.tsx';
import { useFieldProblem } from './use-problem-text.ts';

/** A menu: what is said, which keys there are and where they lead, and what happens without a right one. */
export function MenuForm(props: FormProps<'menu'>) {
  const { flowId, nodeId, node, change } = props;
  const { t } = useTranslation();
  const { data } = node;
  const promptProblem = useFieldProblem(flowId, nodeId, 'flow/empty-prompt');
  const outputs = outputsOf(node);
  const outcome = (id: string) => outputs.find((output) => output.id === id);
  const noInput = outcome('no-input');
  const invalid = outcome('invalid');
  return (
    <>
      <Section title={t('menu.prompt')}>
        <SpeechEditor
          label={t('menu.promptText')}
          placeholder={t('menu.promptPlaceholder')}
          use={data.prompt}
          error={promptProblem}
          onChange={(prompt, part) => change({ prompt }, `prompt:${part}`)}
        />
      </Section>
      <Section title={t('menu.keys')}>
        <KeyPad
          keys={data.keys}
          repeatKeys={data.repeatKeys}
          onChange={(keys, repeatKeys) => change({ keys, repeatKeys })}
        />
        <div className={classes.targets}>
          {outputs
            .filter((output) => output.kind === 'key')
            .map((output) => (
              <TargetSelect key={output.id} flowId={flowId} nodeId={nodeId} node={node} output={output} />
            ))}
        </div>
      </Section>
      <Section title={t('menu.noInput')} hint={t('menu.noInputHint', { count: data.noInputAttempts })}>
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
            value={data.noInputAttempts}
            min={1}
            max={10}
            onChange={(noInputAttempts) => change({ noInputAttempts }, 'no-input-attempts')}
          />
        </div>
        <OptionalSpeech
          label={t('menu.noInputPrompt')}
          placeholder={t('menu.noInputPlaceholder')}
          use={data.noInputPrompt}
          onChange={(noInputPrompt, part) => change({ noInputPrompt }, `no-input-prompt:${part}`)}
        />
        {noInput ? <TargetSelect flowId={flowId} nodeId={nodeId} node={node} output={noInput} /> : null}
      </Section>
      <Section title={t('menu.invalid')} hint={t('menu.invalidHint', { count: data.invalidAttempts })}>
        <NumberField
          label={t('menu.attempts')}
          value={data.invalidAttempts}
          min={1}
          max={10}
          onChange={(invalidAttempts) => change({ invalidAttempts }, 'invalid-attempts')}
        />
        <OptionalSpeech
          label={t('menu.invalidPrompt')}
          placeholder={t('menu.invalidPlaceholder')}
          use={data.invalidPrompt}
          onChange={(invalidPrompt, part) => change({ invalidPrompt }, `invalid-prompt:${part}`)}
        />
        {invalid ? <TargetSelect flowId={flowId} nodeId={nodeId} node={node} output={invalid} /> : null}
      </Section>
      <MenuAdvanced {...props} />
    </>
  );
}
