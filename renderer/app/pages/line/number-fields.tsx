import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from '../page.module.css';
import { PageSection } from '../page.tsx';
import type { LineDraft, LineField } from './line-draft.ts';

export interface LineFieldsProps {
  readonly draft: LineDraft;
  /** What is wrong with a field, once saving was tried. */
  readonly errorOf: (field: LineField) => string | undefined;
  readonly onChange: (part: Partial<LineDraft>) => void;
}

const FORMATS = ['plus', 'double-zero', 'digits'] as const;

/** How numbers are written, and which one outside sees. */
export function NumberFields({ draft, errorOf, onChange }: LineFieldsProps) {
  const { t } = useTranslation();
  return (
    <PageSection title={t('line.numbers')}>
      <div className={classes.item}>
        <TextInput
          label={t('line.callerId')}
          description={t('line.callerIdHint')}
          inputMode="tel"
          autoComplete="off"
          value={draft.callerId}
          error={errorOf('callerId')}
          onChange={(event) => onChange({ callerId: event.currentTarget.value })}
        />
        <TextInput
          label={t('line.countryCode')}
          description={t('line.countryCodeHint')}
          inputMode="tel"
          autoComplete="off"
          leftSection="+"
          value={draft.countryCode}
          error={errorOf('countryCode')}
          onChange={(event) => onChange({ countryCode: event.currentTarget.value })}
        />
        <Select
          label={t('line.numberFormat')}
          description={t('line.numberFormatHint')}
          data={FORMATS.map((value) => ({ value, label: t(`line.numberFormats.${value}`) }))}
          value={draft.numberFormat}
          allowDeselect={false}
          onChange={(numberFormat) => numberFormat && onChange({ numberFormat })}
        />
      </div>
    </PageSection>
  );
}
