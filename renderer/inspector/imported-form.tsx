import { Code, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';

/** A step that an import left as it was: what it said, and how calls go on meanwhile. */
export function ImportedForm({ node, change }: FormProps<'imported'>) {
  const { t } = useTranslation();
  const { source, kind, original, ways, goOn } = node.data;
  return (
    <>
      <Section title={t('imported.title', { source: t(`imported.source.${source}`) })} hint={t('imported.hint')}>
        {ways.length < 2 ? null : (
          <Select
            label={t('imported.goOn')}
            description={t('imported.goOnHint')}
            value={goOn ?? ways[0]?.id ?? null}
            data={ways.map(({ id, name }) => ({ value: id, label: name || id }))}
            allowDeselect={false}
            onChange={(id) => id !== null && change({ goOn: id })}
          />
        )}
      </Section>
      <Section title={kind}>
        <Code
          block
          aria-label={t('imported.original')}
          mah={320}
          style={{ overflow: 'auto' }}
          tabIndex={0}
          role="region"
        >
          {original}
        </Code>
      </Section>
    </>
  );
}
