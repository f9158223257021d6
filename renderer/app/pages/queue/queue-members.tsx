import { ActionIcon, Select } from '@mantine/core';
import { ArrowDown, ArrowUp, GripVertical, X } from 'lucide-react';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonId } from '../../../../shared/flow/ids.ts';
import type { Queue } from '../../../../shared/flow/project.ts';
import { NumberField } from '../../../inspector/fields.tsx';
import { peopleOptions } from '../../../inspector/people-options.ts';
import { useProject } from '../../../store/react.tsx';
import { withMemberAt } from '../../../store/team-edits.ts';
import { draggedPerson, isPersonDrag, startPersonDrag } from './person-drag.ts';
import classes from './queue.module.css';
import type { ChangeQueue } from './queue-item.tsx';

interface QueueMembersProps {
  readonly queue: Queue;
  readonly change: ChangeQueue;
}

/** Who is in a queue, in the order that strategies go by: dragged here from the people below, and up and down. */
export function QueueMembers({ queue, change }: QueueMembersProps) {
  const { t } = useTranslation();
  const people = useProject((document) => document.people);
  const [dropAt, setDropAt] = useState<number | null>(null);
  const { members } = queue;
  const isMember = (personId: string) => members.some((member) => member.personId === personId);
  const put = (personId: PersonId, at: number) => change({ members: withMemberAt(queue, personId, at).members });

  function dragOver(event: DragEvent, at: number): void {
    if (!isPersonDrag(event)) return;
    event.preventDefault();
    event.stopPropagation();
    setDropAt(at);
  }

  function drop(event: DragEvent): void {
    const personId = draggedPerson(event);
    event.preventDefault();
    if (people[personId]) put(personId, dropAt ?? members.length);
    setDropAt(null);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dragging; the select and the arrows do the same by keyboard
    <div
      className={classes.members}
      data-testid="queue-members"
      onDragOver={(event) => dragOver(event, members.length)}
      onDragLeave={(event) => event.currentTarget.contains(event.relatedTarget as Node | null) || setDropAt(null)}
      onDrop={drop}
    >
      <Select
        label={t('team.members')}
        placeholder={t('team.addMembers')}
        data={peopleOptions(people).filter(({ value }) => !isMember(value))}
        value={null}
        searchable
        error={members.length === 0 ? t('team.noMembers') : undefined}
        onChange={(personId) => personId !== null && put(personId, members.length)}
      />
      <ol className={classes.list} aria-label={t('team.membersOf', { name: queue.name })}>
        {members.map(({ personId, penalty }, index) => {
          const name = people[personId]?.name ?? t('summary.unknownPerson');
          return (
            <li
              key={personId}
              className={classes.member}
              draggable
              data-drop={dropAt === index}
              onDragStart={(event) => startPersonDrag(event, personId)}
              onDragOver={(event) => dragOver(event, isUpperHalf(event) ? index : index + 1)}
            >
              <GripVertical size={14} aria-hidden className={classes.grip ?? ''} />
              <span className={classes.name}>
                {name} <span className={classes.extension}>{people[personId]?.extension}</span>
              </span>
              <span className={classes.penalty}>
                <NumberField
                  label={t('team.penaltyOf', { name })}
                  labelHidden
                  suffix={t('team.penalty')}
                  value={penalty}
                  min={0}
                  max={99}
                  onChange={(next) =>
                    next !== undefined &&
                    change(
                      { members: members.map((one) => (one.personId === personId ? { ...one, penalty: next } : one)) },
                      `penalty:${personId}`,
                    )
                  }
                />
              </span>
              <ActionIcon
                size={24}
                bg="transparent"
                aria-label={t('employee.earlier', { name })}
                disabled={index === 0}
                onClick={() => put(personId, index - 1)}
              >
                <ArrowUp size={14} />
              </ActionIcon>
              <ActionIcon
                size={24}
                bg="transparent"
                aria-label={t('employee.later', { name })}
                disabled={index === members.length - 1}
                onClick={() => put(personId, index + 2)}
              >
                <ArrowDown size={14} />
              </ActionIcon>
              <ActionIcon
                size={24}
                aria-label={t('team.removeMember', { name, queue: queue.name })}
                onClick={() => change({ members: members.filter((one) => one.personId !== personId) })}
              >
                <X size={14} />
              </ActionIcon>
            </li>
          );
        })}
        <li className={classes.end} aria-hidden data-drop={dropAt === members.length} />
      </ol>
    </div>
  );
}

function isUpperHalf(event: DragEvent): boolean {
  const { top, height } = event.currentTarget.getBoundingClientRect();
  return event.clientY < top + height / 2;
}
