import { NativeSelect, TextInput } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type OperatorState, type ShownState, shownState } from '../../../../shared/bridge/desk.ts';
import type { PersonId, QueueId } from '../../../../shared/flow/ids.ts';
import type { Project } from '../../../../shared/flow/project.ts';
import { useProject } from '../../../store/react.tsx';
import classes from './board.module.css';
import { OperatorRow } from './operator-row.tsx';

const STATES: readonly ShownState[] = ['available', 'ringing', 'on-call', 'wrap-up', 'paused', 'logged-out', 'offline'];
const NO_QUEUES: readonly QueueId[] = [];

/** Everyone, with their state; by name, queue and state. */
export function OperatorBoard({ operators }: { readonly operators: Readonly<Record<PersonId, OperatorState>> }) {
  const { t } = useTranslation();
  const people = useProject((project) => project.people);
  const queues = useProject((project) => project.queues);
  const [fields, setFields] = useState({ text: '', queueId: '', state: '' });
  const text = useDeferredValue(fields.text.trim().toLowerCase());
  const queuesOf = useMemo(() => membership(queues), [queues]);
  const sorted = useMemo(() => Object.entries(people).sort(([, a], [, b]) => a.name.localeCompare(b.name)), [people]);
  const shown = sorted.filter(([personId, { name, extension }]) => {
    const operator = operators[personId];
    const state = operator === undefined ? 'offline' : shownState(operator);
    if (fields.state !== '' && fields.state !== state) return false;
    if (fields.queueId !== '' && queuesOf.get(personId)?.includes(fields.queueId) !== true) return false;
    return `${name} ${extension}`.toLowerCase().includes(text);
  });
  const columns = ['name', 'state', 'since', 'inQueues'] as const;
  const all = { value: '', label: t('board.all') };
  return (
    <>
      <div className={classes.filters}>
        <TextInput
          type="search"
          label={t('board.filterName')}
          value={fields.text}
          onChange={(event) => setFields({ ...fields, text: event.currentTarget.value })}
          data-own-undo
        />
        <NativeSelect
          label={t('board.filterQueue')}
          data={[all, ...Object.entries(queues).map(([value, { name }]) => ({ value, label: name }))]}
          value={fields.queueId}
          onChange={(event) => setFields({ ...fields, queueId: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('board.filterState')}
          data={[all, ...STATES.map((value) => ({ value, label: t(`desk.state.${value}`) }))]}
          value={fields.state}
          onChange={(event) => setFields({ ...fields, state: event.currentTarget.value })}
        />
      </div>
      {shown.length === 0 ? <p className={classes.quiet}>{t('board.nobody')}</p> : null}
      <div className={classes.scroll} hidden={shown.length === 0}>
        <table className={classes.table} aria-label={t('board.operators')}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th
                  key={column}
                  scope="col"
                  className={column === 'since' || column === 'inQueues' ? classes.number : undefined}
                >
                  {t(`board.${column}`)}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {shown.map(([personId, { name, extension }]) => (
              <OperatorRow
                key={personId}
                personId={personId}
                name={name}
                extension={extension}
                operator={operators[personId]}
                queueIds={queuesOf.get(personId) ?? NO_QUEUES}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** The queues of each person. */
function membership(queues: Project['queues']): ReadonlyMap<PersonId, readonly QueueId[]> {
  const of = new Map<PersonId, QueueId[]>();
  for (const [queueId, { members }] of Object.entries(queues)) {
    for (const personId of new Set(members.map((member) => member.personId))) {
      of.set(personId, [...(of.get(personId) ?? []), queueId]);
    }
  }
  return of;
}
