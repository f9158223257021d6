import { ActionIcon, Button, SegmentedControl, Select, Text } from '@mantine/core';
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useProject, useStores } from '../store/react.tsx';
import { NumberField, Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';
import classes from './inspector.module.css';
import { peopleOptions } from './people-options.ts';
import { useFieldProblem } from './use-problem-text.ts';

/** Who is called, in which order and for how long (S5). */
export function EmployeeForm({ flowId, nodeId, node, change }: FormProps<'employee'>) {
  const { t } = useTranslation();
  const { ui } = useStores();
  const people = useProject((project) => project.people);
  const ringMs = useProject((project) => project.settings.ringMs);
  const problem = useFieldProblem(flowId, nodeId, 'flow/no-people');
  const { data } = node;
  const rest = peopleOptions(people).filter(({ value }) => !data.people.includes(value));
  const nobody = Object.keys(people).length === 0;

  function move(index: number, by: -1 | 1): void {
    const list = [...data.people];
    const [person] = list.splice(index, 1);
    if (person !== undefined) list.splice(index + by, 0, person);
    change({ people: list });
  }

  return (
    <Section title={t('employee.who')}>
      {nobody ? (
        <>
          <Text size="sm" c="dimmed">
            {t('employee.nobodyYet')}
          </Text>
          <Button variant="default" onClick={() => ui.setState({ page: 'team' })}>
            {t('employee.addPeople')}
          </Button>
        </>
      ) : (
        <Select
          label={t('employee.add')}
          placeholder={t('employee.choose')}
          data={rest}
          value={null}
          searchable
          error={problem}
          onChange={(person) => person !== null && change({ people: [...data.people, person] })}
        />
      )}
      <div className={classes.targets}>
        {data.people.map((id, index) => {
          const person = people[id];
          const name = person?.name ?? t('summary.unknownPerson');
          return (
            <div key={id} className={classes.orderItem}>
              <span className={classes.orderName}>
                {name} <span className={classes.extension}>{person?.extension}</span>
              </span>
              <ActionIcon
                size={24}
                aria-label={t('employee.earlier', { name })}
                disabled={index === 0}
                bg="transparent"
                onClick={() => move(index, -1)}
              >
                <ArrowUp size={14} />
              </ActionIcon>
              <ActionIcon
                size={24}
                aria-label={t('employee.later', { name })}
                disabled={index === data.people.length - 1}
                bg="transparent"
                onClick={() => move(index, 1)}
              >
                <ArrowDown size={14} />
              </ActionIcon>
              <ActionIcon
                size={24}
                aria-label={t('employee.remove', { name })}
                onClick={() => change({ people: data.people.filter((other) => other !== id) })}
              >
                <X size={14} />
              </ActionIcon>
            </div>
          );
        })}
      </div>
      {data.people.length > 1 ? (
        <SegmentedControl
          aria-label={t('employee.mode')}
          fullWidth
          value={data.mode}
          onChange={(mode) => change({ mode: mode === 'all' ? 'all' : 'in-order' })}
          data={[
            { value: 'in-order', label: t('employee.inOrder') },
            { value: 'all', label: t('employee.all') },
          ]}
        />
      ) : null}
      <NumberField
        label={t('employee.rings')}
        description={t('employee.ringsHint', { seconds: (data.rings * ringMs) / 1000 })}
        value={data.rings}
        min={1}
        max={24}
        onChange={(rings) => change({ rings }, 'rings')}
      />
    </Section>
  );
}
