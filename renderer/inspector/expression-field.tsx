import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Place } from '../../shared/engine/expression/environment.ts';
import { checkExpression } from '../../shared/engine/expression/expression.ts';
import type { VariableType } from '../../shared/flow/variables.ts';
import { useProject } from '../store/react.tsx';
import { GROWING } from './growing.ts';

interface ExpressionFieldProps {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly description?: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly place?: Place;
  /** The type that is needed here; anything, when not said. */
  readonly wanted?: VariableType | undefined;
  readonly onChange: (value: string) => void;
}

/** An expression, judged while it is typed. A wrong one is kept, so that nothing typed is lost, and marked. */
export function ExpressionField(props: ExpressionFieldProps) {
  const { label, labelHidden, description, placeholder, value, place = 'call', wanted, onChange } = props;
  const { t } = useTranslation();
  const variables = useProject((project) => project.variables);
  const error = value.trim() === '' ? null : checkExpression(value, variables, place, wanted);
  return (
    <Textarea
      {...(labelHidden ? { 'aria-label': label } : { label })}
      description={description}
      placeholder={placeholder}
      value={value}
      maxLength={1000}
      rows={1}
      spellCheck={false}
      classNames={GROWING}
      styles={{ input: { fontFamily: 'var(--dt-mono)', fontSize: 12 } }}
      error={
        value.trim() === ''
          ? t('expression.empty')
          : error && t(`expression.${error.reason}`, { message: error.message, interpolation: { escapeValue: false } })
      }
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
