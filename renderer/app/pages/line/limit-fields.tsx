import { Text, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NumberField } from '../../../inspector/fields.tsx';
import classes from '../page.module.css';
import { PageSection } from '../page.tsx';
import type { LineFieldsProps } from './number-fields.tsx';

/** Limits with their least and greatest value, as the settings allow them. */
const LIMITS = {
  maxMinutesPerCall: [1, 1440],
  maxCallsAtOnce: [0, 100],
  maxCallsPerHour: [0, 10_000],
  maxCallsPerDay: [0, 100_000],
} as const;
const NAMES = Object.keys(LIMITS) as (keyof typeof LIMITS)[];

/** What keeps strangers and mistakes from making expensive calls. */
export function LimitFields({ draft, errorOf, onChange }: LineFieldsProps) {
  const { t } = useTranslation();
  const prefixes = (field: 'allowed' | 'refused') => (
    <Textarea
      label={t(`line.${field}`)}
      description={t(`line.${field}Hint`)}
      autosize
      minRows={1}
      maxRows={6}
      autoComplete="off"
      spellCheck={false}
      value={draft[field]}
      error={errorOf(field)}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
    />
  );
  return (
    <PageSection title={t('line.limits')}>
      <div className={classes.item}>
        {prefixes('allowed')}
        {prefixes('refused')}
        <div className={classes.full} />
        {NAMES.map((name) => (
          <NumberField
            key={name}
            label={t(`line.limit.${name}`)}
            min={LIMITS[name][0]}
            max={LIMITS[name][1]}
            value={draft.limits[name]}
            onChange={(value) => value !== undefined && onChange({ limits: { ...draft.limits, [name]: value } })}
          />
        ))}
        <Text className={classes.full ?? ''} size="sm" c="dimmed">
          {t('line.emergencies')}
        </Text>
      </div>
    </PageSection>
  );
}
