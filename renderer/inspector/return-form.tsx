import { useTranslation } from 'react-i18next';
import { ResultSchema } from '../../shared/flow/nodes/return.ts';
import { DraftInput } from '../ui/draft-input.tsx';
import { Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';

/** What the flow that called this one is told. */
export function ReturnForm({ node, change }: FormProps<'return'>) {
  const { t } = useTranslation();
  return (
    <Section title={t('return.title')} hint={t('return.hint')}>
      <DraftInput
        label={t('return.result')}
        value={node.data.result}
        maxLength={40}
        check={(text) => (ResultSchema.safeParse(text).success ? undefined : t('return.badResult'))}
        commit={(result) => change({ result }, 'result')}
      />
    </Section>
  );
}
