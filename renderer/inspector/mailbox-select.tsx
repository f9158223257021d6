import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Mailbox } from '../../shared/flow/mailbox.ts';
import { useProject } from '../store/react.tsx';
import { peopleOptions } from './people-options.ts';

interface MailboxSelectProps {
  readonly label: string;
  readonly value: Mailbox;
  readonly onChange: (mailbox: Mailbox) => void;
}

/** Whose voicemail a message goes to. */
export function MailboxSelect({ label, value, onChange }: MailboxSelectProps) {
  const { t } = useTranslation();
  const people = useProject((project) => project.people);
  const queues = useProject((project) => project.queues);
  const data = [
    { group: t('handling.other'), items: [{ value: 'general', label: t('voicemail.general') }] },
    {
      group: t('handling.queues'),
      items: Object.entries(queues).map(([id, queue]) => ({ value: `queue:${id}`, label: queue.name })),
    },
    {
      group: t('handling.people'),
      items: peopleOptions(people).map((option) => ({ ...option, value: `person:${option.value}` })),
    },
  ].filter((group) => group.items.length > 0);
  const chosen = keyOf(value);
  const gone = !data.some((group) => group.items.some((item) => item.value === chosen));
  return (
    <Select
      label={label}
      data={data}
      value={gone ? null : chosen}
      error={gone ? t('handling.gone') : undefined}
      allowDeselect={false}
      searchable
      onChange={(picked) => {
        const [kind, id = ''] = (picked ?? '').split(':');
        if (kind === 'person') onChange({ kind, personId: id });
        else if (kind === 'queue') onChange({ kind, queueId: id });
        else if (kind === 'general') onChange({ kind });
      }}
    />
  );
}

function keyOf(mailbox: Mailbox): string {
  if (mailbox.kind === 'person') return `person:${mailbox.personId}`;
  return mailbox.kind === 'queue' ? `queue:${mailbox.queueId}` : 'general';
}
