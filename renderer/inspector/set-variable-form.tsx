import { useTranslation } from 'react-i18next';
import { AssignmentsField } from './assignments-field.tsx';
import { Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';

/** What the call remembers from here on. */
export function SetVariableForm({ node, change }: FormProps<'set-variable'>) {
  const { t } = useTranslation();
  return (
    <Section title={t('setVariable.title')} hint={t('setVariable.hint')}>
      <AssignmentsField
        place="call"
        placeholder="count + 1"
        assignments={node.data.assignments}
        onChange={(assignments, typing) => change({ assignments }, typing)}
      />
    </Section>
  );
}
