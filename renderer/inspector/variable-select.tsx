import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Variable } from '../../shared/flow/variables.ts';
import { useProject, useStores } from '../store/react.tsx';
import { isFreeName, putVariable } from '../store/variable-edits.ts';

interface VariableSelectProps {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly value: string | undefined;
  readonly error?: string | undefined;
  /** What a variable that is added here is like. */
  readonly fresh?: Partial<Variable>;
  readonly onChange: (name: string) => void;
}

const NEW = '+';

/** Chooses a variable of the project, or adds one by typing its name. */
export function VariableSelect({ label, labelHidden, value, error, fresh = {}, onChange }: VariableSelectProps) {
  const { t } = useTranslation();
  const { project } = useStores();
  const variables = useProject((document) => document.variables);
  const [typed, setTyped] = useState('');
  const names = Object.keys(variables);
  const gone = value !== undefined && !Object.hasOwn(variables, value);
  const data = [...names, ...(gone ? [value] : [])].map((name) => ({ value: name, label: name }));
  const wanted = typed.trim().toLowerCase().replace(/\s+/g, '_');
  if (isFreeName({ variables }, wanted)) data.push({ value: NEW + wanted, label: t('variable.new', { name: wanted }) });
  return (
    <Select
      {...(labelHidden ? { 'aria-label': label } : { label })}
      placeholder={t('variable.choose')}
      data={data}
      value={value ?? null}
      allowDeselect={false}
      searchable
      searchValue={typed}
      nothingFoundMessage={t('variable.badName')}
      // What is typed may be a new name: it is offered though nothing else matches.
      filter={({ options }) =>
        options.filter(
          (option) =>
            'value' in option && (option.value.startsWith(NEW) || option.value.includes(wanted) || typed === value),
        )
      }
      error={error}
      onSearchChange={setTyped}
      onChange={(name) => {
        if (name === null) return;
        if (!name.startsWith(NEW)) return onChange(name);
        project.replace(putVariable(project.state.getState().project, name.slice(NEW.length), fresh));
        onChange(name.slice(NEW.length));
      }}
    />
  );
}
