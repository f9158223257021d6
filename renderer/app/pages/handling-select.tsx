import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DefaultHandling } from '../../../shared/flow/project.ts';
import { MailboxSelect } from '../../inspector/mailbox-select.tsx';
import { peopleOptions } from '../../inspector/people-options.ts';
import { useProject } from '../../store/react.tsx';
import { ExternalNumberInput } from '../../ui/external-number-input.tsx';

interface HandlingSelectProps {
  readonly label: string;
  readonly value: DefaultHandling;
  readonly onChange: (value: DefaultHandling) => void;
}

/** What happens to a call that no menu takes: a queue, a person, a number outside, or the end of the call. */
export function HandlingSelect({ label, value, onChange }: HandlingSelectProps) {
  const { t } = useTranslation();
  const queues = useProject((project) => project.queues);
  const people = useProject((project) => project.people);
  const data = [
    {
      group: t('handling.queues'),
      items: Object.entries(queues).map(([id, queue]) => ({ value: `queue:${id}`, label: queue.name })),
    },
    {
      group: t('handling.people'),
      items: peopleOptions(people).map((option) => ({ value: `person:${option.value}`, label: option.label })),
    },
    {
      group: t('handling.other'),
      items: [
        { value: 'voicemail', label: t('handling.voicemail') },
        { value: 'external', label: t('handling.external') },
        { value: 'hang-up', label: t('handling.hangUp') },
      ],
    },
  ].filter((group) => group.items.length > 0);
  const chosen =
    value.kind === 'queue'
      ? `queue:${value.queueId}`
      : value.kind === 'person'
        ? `person:${value.personId}`
        : value.kind;
  const dangling = !data.some((group) => group.items.some((item) => item.value === chosen));
  const select = (
    <Select
      label={label}
      data={data}
      value={dangling ? null : chosen}
      error={dangling ? t('handling.gone') : undefined}
      allowDeselect={false}
      searchable
      onChange={(picked) => {
        if (picked === null) return;
        const [kind, id = ''] = picked.split(':');
        if (kind === 'queue') onChange({ kind: 'queue', queueId: id });
        else if (kind === 'person') onChange({ kind: 'person', personId: id });
        else if (kind === 'voicemail') onChange({ kind: 'voicemail', mailbox: { kind: 'general' } });
        else if (kind === 'external') onChange({ kind: 'external', number: '' });
        else onChange({ kind: 'hang-up' });
      }}
    />
  );
  if (value.kind === 'voicemail') {
    return (
      <div>
        {select}
        <MailboxSelect
          label={t('voicemailForm.mailbox')}
          value={value.mailbox}
          onChange={(mailbox) => onChange({ kind: 'voicemail', mailbox })}
        />
      </div>
    );
  }
  if (value.kind !== 'external') return select;
  return (
    <div>
      {select}
      <ExternalNumberInput
        label={t('handling.externalNumber')}
        value={value.number}
        problem={value.number === '' ? t('handling.noNumber') : undefined}
        commit={(number) => onChange({ kind: 'external', number })}
      />
    </div>
  );
}
