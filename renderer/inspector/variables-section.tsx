import { ActionIcon, Button, Select, Switch, TextInput } from '@mantine/core';
import { Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import {
  initialValue,
  VARIABLE_TYPES,
  type Value,
  type Variable,
  type VariableType,
} from '../../shared/flow/variables.ts';
import { useProject, useStores } from '../store/react.tsx';
import { freeVariableName, putVariable, removeVariable } from '../store/variable-edits.ts';
import { DraftInput } from '../ui/draft-input.tsx';
import { Section } from './fields.tsx';
import classes from './inspector.module.css';

/** What calls remember: the variables of the whole project. */
export function VariablesSection() {
  const { t } = useTranslation();
  const { project } = useStores();
  const variables = useProject((document) => document.variables);
  const current = () => project.state.getState().project;
  return (
    <Section title={t('variable.title')} hint={t('variable.hint')}>
      {Object.entries(variables).map(([name, variable]) => (
        <VariableCard key={name} name={name} variable={variable} />
      ))}
      <Button
        variant="default"
        leftSection={<Plus size={14} aria-hidden />}
        onClick={() => project.replace(putVariable(current(), freeVariableName(current(), 'value'), {}))}
      >
        {t('variable.add')}
      </Button>
    </Section>
  );
}

function VariableCard({ name, variable }: { name: string; variable: Variable }) {
  const { t } = useTranslation();
  const { project } = useStores();
  const current = () => project.state.getState().project;
  const change = (part: Partial<Variable>) => project.replace(putVariable(current(), name, part));
  return (
    <fieldset className={classes.card} aria-label={name}>
      <div className={classes.cardHead}>
        <code className={classes.orderName}>{name}</code>
        <ActionIcon
          size={24}
          aria-label={t('variable.remove', { name })}
          onClick={() => project.replace(removeVariable(current(), name))}
        >
          <Trash2 size={14} />
        </ActionIcon>
      </div>
      <div className={classes.pair}>
        <Select
          label={t('variable.type')}
          data={VARIABLE_TYPES.map((value) => ({ value, label: t(`variable.types.${value}`) }))}
          value={variable.type}
          allowDeselect={false}
          onChange={(type) => type && change({ type })}
        />
        <InitialField variable={variable} onChange={(initial) => change({ initial })} />
      </div>
      <TextInput
        label={t('variable.description')}
        value={variable.description}
        maxLength={200}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
      <Switch
        label={t('variable.secret')}
        checked={variable.secret}
        onChange={(event) => change({ secret: event.currentTarget.checked })}
      />
    </fieldset>
  );
}

function InitialField({ variable, onChange }: { variable: Variable; onChange: (value: Value) => void }) {
  const { t } = useTranslation();
  const label = t('variable.initial');
  const value = initialValue(variable);
  if (variable.type === 'yes-no') {
    return (
      <Select
        label={label}
        data={[
          { value: 'true', label: t('variable.yes') },
          { value: 'false', label: t('variable.no') },
        ]}
        value={String(value)}
        allowDeselect={false}
        onChange={(chosen) => onChange(chosen === 'true')}
      />
    );
  }
  return (
    <DraftInput
      label={label}
      value={String(value)}
      maxLength={1000}
      check={(text) => (read(text, variable.type) === null ? t('variable.notANumber') : undefined)}
      commit={(text) => onChange(read(text, variable.type) ?? '')}
    />
  );
}

function read(text: string, type: VariableType): string | number | null {
  if (type === 'text') return text;
  // Not finished while it ends in a point: that stays in the field until it is.
  return /^-?\d{1,15}([.,]\d{1,15})?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : null;
}
