import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { CallerValueSchema, COMPARISONS, type ConditionCase } from '../../shared/flow/nodes/condition.ts';
import { useProject } from '../store/react.tsx';
import { DraftInput } from '../ui/draft-input.tsx';
import { ExpressionField } from './expression-field.tsx';
import { Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';
import { freeNumber } from './free-number.ts';
import classes from './inspector.module.css';
import { VariableSelect } from './variable-select.tsx';

const KINDS = [
  'begins-with',
  'equals',
  'withheld',
  'variable',
  'expression',
] as const satisfies readonly ConditionCase['kind'][];

/** Cases in their order. A case keeps its id, and so its output, wherever it stands. */
export function ConditionForm({ node, change }: FormProps<'condition'>) {
  const { t } = useTranslation();
  const { cases } = node.data;

  function put(index: number, one: ConditionCase, typing?: string): void {
    change({ cases: cases.map((other, at) => (at === index ? one : other)) }, typing);
  }

  function move(index: number, by: -1 | 1): void {
    const list = [...cases];
    list.splice(index + by, 0, ...list.splice(index, 1));
    change({ cases: list });
  }

  return (
    <Section title={t('condition.title')} hint={t('condition.hint')}>
      {cases.map((one, index) => {
        const name = { case: one.id };
        return (
          <div key={one.id} className={classes.card}>
            <div className={classes.cardHead}>
              <Select
                aria-label={t('condition.kind', name)}
                data={KINDS.map((value) => ({ value, label: t(`condition.kinds.${value}`) }))}
                value={one.kind}
                allowDeselect={false}
                onChange={(kind) => kind && put(index, asked(one, kind))}
              />
              <ActionIcon
                size={24}
                aria-label={t('condition.earlier', name)}
                disabled={index === 0}
                bg="transparent"
                onClick={() => move(index, -1)}
              >
                <ArrowUp size={14} />
              </ActionIcon>
              <ActionIcon
                size={24}
                aria-label={t('condition.later', name)}
                disabled={index === cases.length - 1}
                bg="transparent"
                onClick={() => move(index, 1)}
              >
                <ArrowDown size={14} />
              </ActionIcon>
              <ActionIcon
                size={24}
                aria-label={t('condition.remove', name)}
                onClick={() => change({ cases: cases.filter((_other, at) => at !== index) })}
              >
                <X size={14} />
              </ActionIcon>
            </div>
            <CaseFields one={one} onChange={(changed, typing) => put(index, changed, typing)} />
          </div>
        );
      })}
      <Button
        variant="default"
        leftSection={<Plus size={14} aria-hidden />}
        disabled={cases.length >= 50}
        onClick={() => change({ cases: [...cases, { id: freeNumber(cases), kind: 'begins-with', value: '' }] })}
      >
        {t('condition.add')}
      </Button>
    </Section>
  );
}

interface CaseFieldsProps {
  readonly one: ConditionCase;
  readonly onChange: (changed: ConditionCase, typing?: string) => void;
}

function CaseFields({ one, onChange }: CaseFieldsProps) {
  const { t } = useTranslation();
  const variables = useProject((project) => project.variables);
  const name = { case: one.id };
  const typing = `case:${one.id}`;
  switch (one.kind) {
    case 'withheld':
      return null;
    case 'equals':
    case 'begins-with':
      return (
        <DraftInput
          aria-label={t('condition.value', name)}
          placeholder="+48…"
          value={one.value}
          maxLength={21}
          check={(text) => (CallerValueSchema.safeParse(text).success ? undefined : t('condition.badValue'))}
          commit={(value) => onChange({ ...one, value }, typing)}
        />
      );
    case 'expression':
      return (
        <ExpressionField
          label={t('condition.expression', name)}
          labelHidden
          placeholder={'tier == "gold" && balance > 0'}
          value={one.expression}
          wanted="yes-no"
          onChange={(expression) => onChange({ ...one, expression }, typing)}
        />
      );
    case 'variable': {
      const type = one.variable === undefined ? undefined : variables[one.variable]?.type;
      return (
        <>
          <VariableSelect
            label={t('condition.variable', name)}
            labelHidden
            value={one.variable}
            onChange={(variable) => onChange({ ...one, variable })}
          />
          <div className={classes.pair}>
            <Select
              aria-label={t('condition.comparison', name)}
              data={COMPARISONS.map((value) => ({ value, label: t(`condition.comparisons.${value}`) }))}
              value={one.comparison}
              allowDeselect={false}
              onChange={(comparison) => comparison && onChange({ ...one, comparison })}
            />
            {type === 'yes-no' ? (
              <Select
                aria-label={t('condition.compared', name)}
                data={[
                  { value: 'true', label: t('variable.yes') },
                  { value: 'false', label: t('variable.no') },
                ]}
                value={one.value}
                allowDeselect={false}
                onChange={(value) => value && onChange({ ...one, value })}
              />
            ) : (
              <TextInput
                aria-label={t('condition.compared', name)}
                value={one.value}
                maxLength={200}
                onChange={(event) => onChange({ ...one, value: event.currentTarget.value }, typing)}
              />
            )}
          </div>
        </>
      );
    }
  }
}

/** The case asking something else; what was typed stays where it can. */
function asked(one: ConditionCase, kind: ConditionCase['kind']): ConditionCase {
  const { id } = one;
  switch (kind) {
    case 'withheld':
      return { id, kind };
    case 'equals':
    case 'begins-with':
      return { id, kind, value: one.kind === 'equals' || one.kind === 'begins-with' ? one.value : '' };
    case 'variable':
      return { id, kind, comparison: 'equals', value: '' };
    case 'expression':
      return { id, kind, expression: '' };
  }
}
