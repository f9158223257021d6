import { useTranslation } from 'react-i18next';
import { SecondsField, Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';
import classes from './inspector.module.css';
import { MailboxSelect } from './mailbox-select.tsx';
import { OptionalSpeech } from './optional-speech.tsx';

/** Leaving a message (S9): whose mailbox, the greeting, and how long. */
export function VoicemailForm({ node, change }: FormProps<'voicemail'>) {
  const { t } = useTranslation();
  const { data } = node;
  return (
    <>
      <Section title={t('voicemailForm.message')}>
        <MailboxSelect
          label={t('voicemailForm.mailbox')}
          value={data.mailbox}
          onChange={(mailbox) => change({ mailbox })}
        />
        <OptionalSpeech
          label={t('voicemailForm.greeting')}
          placeholder={t('voicemailForm.greetingPlaceholder')}
          use={data.greeting}
          onChange={(greeting, part) => change({ greeting }, `greeting:${part}`)}
        />
      </Section>
      <Section title={t('voicemailForm.length')} hint={t('voicemailForm.lengthHint')}>
        <SecondsField
          label={t('voicemailForm.longest')}
          valueMs={data.maxMs}
          minMs={5000}
          maxMs={600_000}
          step={10}
          onChangeMs={(maxMs) => change({ maxMs }, 'max')}
        />
        <div className={classes.pair}>
          <SecondsField
            label={t('voicemailForm.silence')}
            valueMs={data.silenceMs}
            minMs={1000}
            maxMs={30_000}
            onChangeMs={(silenceMs) => change({ silenceMs }, 'silence')}
          />
          <SecondsField
            label={t('voicemailForm.shortest')}
            valueMs={data.minMs}
            minMs={0}
            maxMs={10_000}
            onChangeMs={(minMs) => change({ minMs }, 'min')}
          />
        </div>
      </Section>
    </>
  );
}
