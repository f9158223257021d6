import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { GripVertical, Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PersonId } from '../../../shared/flow/ids.ts';
import { type Person, PersonSchema } from '../../../shared/flow/project.ts';
import { freeNameAmong } from '../../store/flow-list-edits.ts';
import { useProject, useStores } from '../../store/react.tsx';
import { addPerson, addQueue, removePerson } from '../../store/team-edits.ts';
import { DraftInput } from '../../ui/draft-input.tsx';
import { DeskPhoneButton } from './desk-phone-button.tsx';
import classes from './page.module.css';
import { Page, PageSection } from './page.tsx';
import { startPersonDrag } from './queue/person-drag.ts';
import { QueueItem } from './queue/queue-item.tsx';

/** Queues with their members, and the people who can be called (S15). */
export function TeamPage() {
  const { t } = useTranslation();
  const { project } = useStores();
  const queues = useProject((document) => document.queues);
  const people = useProject((document) => document.people);
  const current = () => project.state.getState().project;
  const queueEntries = Object.entries(queues);
  const personEntries = Object.entries(people);
  return (
    <Page title={t('team.title')} hint={t('team.hint')}>
      <PageSection
        title={t('team.queues', { count: queueEntries.length })}
        action={
          <Button
            leftSection={<Plus size={14} aria-hidden />}
            onClick={() => project.replace(addQueue(current(), freeNameAmong(current().queues, t('team.newQueue'))))}
          >
            {t('team.addQueue')}
          </Button>
        }
      >
        {queueEntries.length === 0 ? <p className={classes.empty}>{t('team.noQueues')}</p> : null}
        <div className={classes.list}>
          {queueEntries.map(([id, queue]) => (
            <QueueItem key={id} id={id} queue={queue} />
          ))}
        </div>
      </PageSection>
      <PageSection
        title={t('team.people', { count: personEntries.length })}
        action={
          <Button
            leftSection={<Plus size={14} aria-hidden />}
            onClick={() => project.replace(addPerson(current(), freeNameAmong(current().people, t('team.newPerson'))))}
          >
            {t('team.addPerson')}
          </Button>
        }
      >
        {personEntries.length === 0 ? <p className={classes.empty}>{t('team.noPeople')}</p> : null}
        <div className={classes.list}>
          {personEntries.map(([id, person]) => (
            <PersonItem key={id} id={id} person={person} />
          ))}
        </div>
      </PageSection>
    </Page>
  );
}

function PersonItem({ id, person }: { id: PersonId; person: Person }) {
  const { t } = useTranslation();
  const { project } = useStores();
  const people = useProject((document) => document.people);

  function change(patch: Partial<Person>, typing: string): void {
    project.edit(
      (document) => {
        document.people[id] = { ...person, ...patch };
      },
      { coalesce: `person:${id}:${typing}` },
    );
  }

  function checkExtension(text: string): string | undefined {
    if (!PersonSchema.shape.extension.safeParse(text).success) return t('team.badExtension');
    const twin = Object.entries(people).some(([other, { extension }]) => other !== id && extension === text);
    return twin ? t('team.extensionTaken') : undefined;
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a <fieldset> would need a visible legend
    <div className={classes.item} role="group" aria-label={person.name}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dragging only; a queue's select does the same by keyboard */}
      <span
        className={classes.grip}
        draggable
        title={t('team.dragPerson')}
        data-testid={`drag-${id}`}
        onDragStart={(event) => startPersonDrag(event, id)}
      >
        <GripVertical size={16} aria-hidden />
      </span>
      <div className={classes.narrow}>
        <DraftInput
          label={t('team.extension')}
          value={person.extension}
          check={checkExtension}
          commit={(extension) => change({ extension }, 'extension')}
        />
      </div>
      <DraftInput
        label={t('team.name')}
        value={person.name}
        maxLength={100}
        check={(text) => (text.trim() === '' ? t('field.required') : undefined)}
        commit={(name) => change({ name }, 'name')}
      />
      <DeskPhoneButton personId={id} name={person.name} />
      <Tooltip label={t('team.remove')}>
        <ActionIcon
          className={classes.end ?? ''}
          aria-label={t('team.removePerson', { name: person.name })}
          onClick={() => project.replace(removePerson(project.state.getState().project, id))}
        >
          <Trash2 size={16} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
