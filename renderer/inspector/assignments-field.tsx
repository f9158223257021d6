import { ActionIcon, Button } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Place } from '../../shared/engine/expression/environment.ts';
import type { Assignment } from '../../shared/flow/expression.ts';
import { useProject } from '../store/react.tsx';
import { ExpressionField } from './expression-field.tsx';
import classes from './inspector.module.css';
import { VariableSelect } from './variable-select.tsx';

interface AssignmentsFieldProps {
  readonly place: Place;
  readonly placeholder: string;
  readonly assignments: readonly Assignment[];
  readonly onChange: (assignments: Assignment[], typing?: string) => void;
}

/** Variables and what they are set to, in order. */
export function AssignmentsField({ place, placeholder, assignments, onChange }: AssignmentsFieldProps) {
  const { t } = useTranslation();
  const variables = useProject((project) => project.variables);
  const names = Object.keys(variables);

  function put(index: number, one: Assignment, typing?: string): void {
    onChange(
      assignments.map((other, at) => (at === index ? one : other)),
      typing,
    );
  }

  return (
    <>
      {assignments.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: assignments have no identity but their place
        <div key={index} className={classes.card}>
          <div className={classes.cardHead}>
            <VariableSelect
              label={t('variable.nth', { number: index + 1 })}
              labelHidden
              value={one.variable}
              onChange={(variable) => put(index, { ...one, variable })}
            />
            <ActionIcon
              size={24}
              aria-label={t('variable.removeAssignment', { variable: one.variable })}
              onClick={() => onChange(assignments.filter((_other, at) => at !== index))}
            >
              <X size={14} />
            </ActionIcon>
          </div>
          <ExpressionField
            label={t('variable.valueOf', { variable: one.variable })}
            labelHidden
            placeholder={placeholder}
            value={one.expression}
            place={place}
            wanted={variables[one.variable]?.type}
            onChange={(expression) => put(index, { ...one, expression }, `expression:${index}`)}
          />
        </div>
      ))}
      <Button
        variant="default"
        leftSection={<Plus size={14} aria-hidden />}
        disabled={assignments.length >= 20}
        onClick={() => onChange([...assignments, { variable: names[0] ?? 'value', expression: '' }])}
      >
        {t('variable.addAssignment')}
      </Button>
    </>
  );
}
