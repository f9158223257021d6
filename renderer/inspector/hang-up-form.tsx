import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';

const CAUSES = ['normal', 'busy', 'rejected'] as const;

/** How the call is ended. */
export function HangUpForm({ node, change }: FormProps<'hang-up'>) {
  const { t } = useTranslation();
  return (
    <Section title={t('hangUp.title')}>
      <Select
        label={t('hangUp.cause')}
        data={CAUSES.map((value) => ({ value, label: t(`hangUp.causes.${value}`) }))}
        value={node.data.cause}
        allowDeselect={false}
        onChange={(cause) => cause && change({ cause })}
      />
    </Section>
  );
}
