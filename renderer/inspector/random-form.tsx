import { ActionIcon, Button, Input, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type RandomBranch, shareOf } from '../../shared/flow/nodes/random.ts';
import { NumberField, Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';
import { freeNumber } from './free-number.ts';
import classes from './inspector.module.css';
import { useFieldProblem } from './use-problem-text.ts';

/** The branches of a split by chance and their shares of the calls. */
export function RandomForm({ flowId, nodeId, node, change }: FormProps<'random'>) {
  const { t } = useTranslation();
  const problem = useFieldProblem(flowId, nodeId, 'flow/no-weight');
  const { branches } = node.data;

  function put(index: number, part: Partial<RandomBranch>, typing: string): void {
    change({ branches: branches.map((one, at) => (at === index ? { ...one, ...part } : one)) }, typing);
  }

  return (
    <Section title={t('random.title')} hint={t('random.hint')}>
      {branches.map((branch, index) => {
        const which = { branch: branch.name || branch.id };
        return (
          <div key={branch.id} className={classes.branch}>
            <TextInput
              aria-label={t('random.nameOf', which)}
              value={branch.name}
              maxLength={40}
              onChange={(event) => put(index, { name: event.currentTarget.value }, `name:${branch.id}`)}
            />
            <NumberField
              label={t('random.weightOf', which)}
              labelHidden
              value={branch.weight}
              min={0}
              max={1000}
              onChange={(weight) => weight !== undefined && put(index, { weight }, `weight:${branch.id}`)}
            />
            <span className={classes.share}>{shareOf(branch, branches)}</span>
            <ActionIcon
              size={24}
              aria-label={t('random.remove', which)}
              disabled={branches.length === 1}
              bg="transparent"
              onClick={() => change({ branches: branches.filter((_other, at) => at !== index) })}
            >
              <X size={14} />
            </ActionIcon>
          </div>
        );
      })}
      {problem === undefined ? null : <Input.Error>{problem}</Input.Error>}
      <Button
        variant="default"
        leftSection={<Plus size={14} aria-hidden />}
        disabled={branches.length >= 20}
        onClick={() => change({ branches: [...branches, { id: freeNumber(branches), name: '', weight: 10 }] })}
      >
        {t('random.add')}
      </Button>
    </Section>
  );
}
