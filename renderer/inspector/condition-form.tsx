import { ActionIcon, Button, Select } from '@mantine/core';
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { CallerValueSchema, type ConditionCase } from '../../shared/flow/nodes/condition.ts';
import { DraftInput } from '../ui/draft-input.tsx';
import { Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';
import { freeNumber } from './free-number.ts';
import classes from './inspector.module.css';

const KINDS = ['begins-with', 'equals', 'withheld'] as const satisfies readonly ConditionCase['kind'][];

/** Cases about the caller's number, in their order. A case keeps its id, and so its output, wherever it stands. */
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
          <div key={one.id} className={classes.targets}>
            <div className={classes.orderItem}>
              <Select
                aria-label={t('condition.kind', name)}
                className={classes.orderName ?? ''}
                data={KINDS.map((value) => ({ value, label: t(`condition.kinds.${value}`) }))}
                value={one.kind}
                allowDeselect={false}
                onChange={(kind) => {
                  const value = one.kind === 'withheld' ? '' : one.value;
                  if (kind === 'withheld') put(index, { id: one.id, kind });
                  else if (kind) put(index, { id: one.id, kind, value });
                }}
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
            {one.kind === 'withheld' ? null : (
              <DraftInput
                aria-label={t('condition.value', name)}
                placeholder="+48…"
                value={one.value}
                maxLength={21}
                check={(text) => (CallerValueSchema.safeParse(text).success ? undefined : t('condition.badValue'))}
                commit={(value) => put(index, { ...one, value }, `case:${one.id}`)}
              />
            )}
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
