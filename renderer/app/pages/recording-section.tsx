import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LONGEST_KEPT_DAYS, type RecordingSettings, USUAL_NOTICES } from '../../../shared/flow/recording.ts';
import { lookup } from '../../../shared/lib/record.ts';
import { NumberField } from '../../inspector/fields.tsx';
import { languageOptions, useVoices } from '../../inspector/use-voices.ts';
import { withoutUndefined } from '../../inspector/without-undefined.ts';
import { useProject, useStores } from '../../store/react.tsx';
import classes from './page.module.css';
import { PageSection } from './page.tsx';

const USUAL_LANGUAGES = Object.keys(USUAL_NOTICES);

/** What both sides hear before they are recorded, and how long recordings are kept. */
export function RecordingSection() {
  const { t, i18n } = useTranslation();
  const { project } = useStores();
  const recording = useProject((document) => document.settings.recording) ?? {};
  const voices = useVoices();
  const options = languageOptions(voices, i18n.language);
  const notices = recording.notices ?? {};
  // A language that was just added, or whose text was taken out, keeps its field while it is written.
  const [fields, setFields] = useState<readonly string[]>(USUAL_LANGUAGES);
  const languages = [...new Set([...fields, ...Object.keys(notices)])];
  const nameOf = (tag: string) => options.find(({ value }) => value === tag)?.label ?? tag;

  /** What is as usual is not in the document. */
  function change(patch: { [Key in keyof RecordingSettings]: RecordingSettings[Key] | undefined }, typing: string) {
    const next = withoutUndefined<RecordingSettings>({ ...recording, ...patch });
    project.edit(
      (document) => {
        const { recording: _, ...others } = document.settings;
        document.settings = Object.keys(next).length === 0 ? others : { ...others, recording: next };
      },
      { coalesce: `settings:recording:${typing}` },
    );
  }

  function changeNotice(tag: string, text: string): void {
    setFields(languages);
    const { [tag]: _, ...others } = notices;
    const next = text.trim() === '' ? others : { ...others, [tag]: text };
    change({ notices: Object.keys(next).length === 0 ? undefined : next }, tag);
  }

  return (
    <PageSection title={t('recording.settings.title')}>
      <div className={classes.item}>
        {languages.map((tag) => (
          <TextInput
            key={tag}
            className={classes.full ?? ''}
            label={t('recording.settings.notice', { language: nameOf(tag) })}
            description={t('recording.settings.noticeHint')}
            value={lookup(notices, tag) ?? ''}
            placeholder={lookup(USUAL_NOTICES, tag) ?? USUAL_NOTICES.en}
            maxLength={500}
            lang={tag}
            onChange={(event) => changeNotice(tag, event.currentTarget.value)}
          />
        ))}
        <Select
          label={t('recording.settings.add')}
          data={options.filter(({ value }) => !languages.includes(value))}
          value={null}
          searchable
          onChange={(tag) => tag && setFields([...languages, tag])}
        />
        <NumberField
          label={t('recording.settings.keepDays')}
          description={t('recording.settings.keepDaysHint')}
          placeholder={t('recording.settings.forever')}
          suffix={t('recording.settings.days')}
          value={recording.keepDays}
          min={0}
          max={LONGEST_KEPT_DAYS}
          optional
          onChange={(keepDays) => change({ keepDays }, 'keep-days')}
        />
      </div>
    </PageSection>
  );
}
