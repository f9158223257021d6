import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type CallFilter, CallOutcomeSchema } from '../../../../shared/bridge/calls.ts';
import { useProject } from '../../../store/react.tsx';
import { startOfDay } from './call-texts.ts';
import classes from './calls.module.css';

/** What the fields say; empty: everything. */
export interface FilterFields {
  readonly text: string;
  readonly from: string;
  readonly to: string;
  readonly flowId: string;
  readonly queueId: string;
  readonly personId: string;
  readonly outcome: string;
}

export const NO_FILTER: FilterFields = {
  text: '',
  from: '',
  to: '',
  flowId: '',
  queueId: '',
  personId: '',
  outcome: '',
};

/** The fields as the log takes them. Days are whole ones, where the window is. */
export function filterOf({ from, to, text, outcome, ...ids }: FilterFields): CallFilter {
  const chosen = Object.entries({ text: text.trim(), ...ids }).filter(([, value]) => value !== '');
  const fromMs = startOfDay(from);
  const toMs = startOfDay(to, 1);
  const known = CallOutcomeSchema.safeParse(outcome);
  return {
    ...Object.fromEntries(chosen),
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(toMs === undefined ? {} : { toMs }),
    ...(known.success ? { outcome: known.data } : {}),
  };
}

interface CallFiltersProps {
  readonly fields: FilterFields;
  readonly onChange: (fields: FilterFields) => void;
}

/** Which calls the list shows. */
export function CallFilters({ fields, onChange }: CallFiltersProps) {
  const { t } = useTranslation();
  const project = useProject((document) => document);
  const named = (things: Readonly<Record<string, { readonly name: string }>>) =>
    Object.entries(things).map(([value, { name }]) => ({ value, label: name }));
  const choices = [
    { field: 'flowId', label: t('calls.flow'), data: named(project.flows) },
    { field: 'queueId', label: t('calls.queue'), data: named(project.queues) },
    { field: 'personId', label: t('calls.person'), data: named(project.people) },
    {
      field: 'outcome',
      label: t('calls.outcome'),
      data: CallOutcomeSchema.options.map((value) => ({ value, label: t(`calls.outcomes.${value}`) })),
    },
  ] as const;
  const isEmpty = Object.values(fields).every((value) => value === '');
  return (
    <search className={classes.filters} aria-label={t('calls.filters')}>
      <TextInput
        type="search"
        className={classes.text ?? ''}
        label={t('calls.search')}
        maxLength={100}
        value={fields.text}
        onChange={(event) => onChange({ ...fields, text: event.currentTarget.value })}
        data-own-undo
      />
      {(['from', 'to'] as const).map((field) => (
        <TextInput
          key={field}
          type="date"
          label={t(`calls.${field}`)}
          value={fields[field]}
          onChange={(event) => onChange({ ...fields, [field]: event.currentTarget.value })}
          data-own-undo
        />
      ))}
      {choices.map(({ field, label, data }) => (
        <NativeSelect
          key={field}
          label={label}
          data={[{ value: '', label: t('calls.all') }, ...data]}
          value={fields[field]}
          onChange={(event) => onChange({ ...fields, [field]: event.currentTarget.value })}
        />
      ))}
      <Button variant="subtle" disabled={isEmpty} onClick={() => onChange(NO_FILTER)}>
        {t('calls.clear')}
      </Button>
    </search>
  );
}
