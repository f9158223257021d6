import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LanguageSchema } from '../../shared/flow/speech.ts';
import { Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';
import { languageOptions, useVoices } from './use-voices.ts';

/** The language that the call is in from here on. */
export function LanguageForm({ node, change }: FormProps<'language'>) {
  const { t, i18n } = useTranslation();
  const { language } = node.data;
  const known = languageOptions(useVoices(), i18n.language).filter(
    ({ value }) => LanguageSchema.safeParse(value).success,
  );
  const options = known.some(({ value }) => value === language)
    ? known
    : [...known, { value: language, label: language }];
  return (
    <Section title={t('language.title')} hint={t('language.hint')}>
      <Select
        label={t('language.language')}
        data={options}
        value={language}
        allowDeselect={false}
        searchable
        onChange={(tag) => tag !== null && change({ language: tag })}
      />
    </Section>
  );
}
