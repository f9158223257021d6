import { Button, Select } from '@mantine/core';
import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonId, QueueId } from '../../../shared/flow/ids.ts';
import { NumberField, SecondsField, Section } from '../../inspector/fields.tsx';
import { useProject, useSimulator, useStores } from '../../store/react.tsx';
import {
  countExceptions,
  NO_EXCEPTIONS,
  PICK_UP_MS,
  QUEUE_MS,
  type SimulatorExceptions,
} from '../../store/simulator-world.ts';
import { Dialog } from '../../ui/dialog.tsx';
import classes from './designer.module.css';
import { SimulatedServices } from './simulator-services.tsx';

export const PEOPLE = ['answered', 'no-answer', 'busy', 'unavailable'] as const;
export const QUEUES = ['answered', 'timeout', 'full', 'join-empty', 'leave-empty'] as const;

/** Standing of a queue that nobody said anything of, as in the engine's world. */
const STANDING = { free: 1, here: 1, waiting: 0 };

/** Opens what single people, queues and web services do in simulated calls. */
export function SimulatorWorldButton({ disabled }: { readonly disabled: boolean }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const count = useSimulator(({ setup }) => countExceptions(setup.exceptions));
  return (
    <>
      <Button
        className={classes.worldButton ?? ''}
        size="xs"
        variant="default"
        leftSection={<SlidersHorizontal size={14} aria-hidden />}
        disabled={disabled}
        onClick={() => setOpened(true)}
      >
        {count === 0 ? t('simulator.world.open') : t('simulator.world.openWith', { count })}
      </Button>
      <Dialog title={t('simulator.world.title')} size={640} opened={opened} onClose={() => setOpened(false)}>
        <SimulatorWorld />
      </Dialog>
    </>
  );
}

function SimulatorWorld() {
  const { t } = useTranslation();
  const { simulator } = useStores();
  const people = useProject((project) => project.people);
  const queues = useProject((project) => project.queues);
  const exceptions = useSimulator(({ setup }) => setup.exceptions);
  return (
    <div className={classes.world}>
      <Section title={t('simulator.people')} hint={t('simulator.world.peopleHint')}>
        {Object.entries(people).map(([id, { name }]) => (
          <PersonRow key={id} personId={id} name={name} />
        ))}
        {Object.keys(people).length === 0 ? <p className={classes.calm}>{t('simulator.world.noPeople')}</p> : null}
      </Section>
      <Section title={t('simulator.queues')} hint={t('simulator.world.queuesHint')}>
        {Object.entries(queues).map(([id, { name }]) => (
          <QueueRow key={id} queueId={id} name={name} />
        ))}
        {Object.keys(queues).length === 0 ? <p className={classes.calm}>{t('simulator.world.noQueues')}</p> : null}
      </Section>
      <SimulatedServices />
      <Button
        variant="default"
        size="xs"
        disabled={countExceptions(exceptions) === 0}
        onClick={() => simulator.change({ exceptions: NO_EXCEPTIONS })}
      >
        {t('simulator.world.reset')}
      </Button>
    </div>
  );
}

type Exception<Kind extends keyof SimulatorExceptions> =
  SimulatorExceptions[Kind] extends Readonly<Record<string, infer One>> ? One : never;

/** What one thing does, and the way to change it; undefined: as the others. */
export function useException<Kind extends keyof SimulatorExceptions>(kind: Kind, id: string) {
  const { simulator } = useStores();
  const exceptions = useSimulator(({ setup }) => setup.exceptions);
  const ofKind = exceptions[kind] as Readonly<Record<string, Exception<Kind>>>;
  const set = (value: Exception<Kind> | undefined) => {
    const { [id]: _, ...others } = ofKind;
    const changed = value === undefined ? others : { ...others, [id]: value };
    simulator.change({ exceptions: { ...exceptions, [kind]: changed } });
  };
  return [Object.hasOwn(ofKind, id) ? ofKind[id] : undefined, set] as const;
}

function PersonRow({ personId, name }: { readonly personId: PersonId; readonly name: string }) {
  const { t } = useTranslation();
  const [behaviour, set] = useException('people', personId);
  return (
    <div className={classes.worldRow}>
      <Select
        size="xs"
        label={name}
        data={[
          { value: '', label: t('simulator.world.asEveryone') },
          ...PEOPLE.map((value) => ({ value, label: t(`simulator.world.does.${value}`) })),
        ]}
        value={behaviour?.outcome ?? ''}
        allowDeselect={false}
        onChange={(value) => {
          const outcome = PEOPLE.find((one) => one === value);
          set(outcome && { outcome, ...(outcome === 'answered' && { afterMs: PICK_UP_MS }) });
        }}
      />
      {behaviour?.outcome === 'answered' ? (
        <SecondsField
          label={t('simulator.world.after')}
          valueMs={behaviour.afterMs}
          minMs={0}
          maxMs={600_000}
          onChangeMs={(afterMs) => set({ ...behaviour, afterMs })}
        />
      ) : null}
    </div>
  );
}

function QueueRow({ queueId, name }: { readonly queueId: QueueId; readonly name: string }) {
  const { t } = useTranslation();
  const [behaviour, set] = useException('queues', queueId);
  const [standing = STANDING, setStanding] = useException('queueStates', queueId);
  return (
    <div className={classes.worldRow}>
      <Select
        size="xs"
        label={name}
        data={[
          { value: '', label: t('simulator.world.asEveryone') },
          ...QUEUES.map((value) => ({ value, label: t(`simulator.world.ends.${value}`) })),
        ]}
        value={behaviour?.outcome ?? ''}
        allowDeselect={false}
        onChange={(value) => {
          const outcome = QUEUES.find((one) => one === value);
          set(outcome && { outcome, ...(outcome === 'answered' && { afterMs: QUEUE_MS }) });
        }}
      />
      {behaviour?.outcome === 'answered' || behaviour?.outcome === 'leave-empty' ? (
        <SecondsField
          label={t('simulator.world.after')}
          valueMs={behaviour.afterMs}
          minMs={0}
          maxMs={3_600_000}
          onChangeMs={(afterMs) => set({ ...behaviour, afterMs })}
        />
      ) : null}
      {(['free', 'here', 'waiting'] as const).map((what) => (
        <NumberField
          key={what}
          label={t(`simulator.world.${what}`)}
          value={standing[what]}
          min={0}
          max={1000}
          onChange={(value) => setStanding({ ...standing, [what]: value ?? 0 })}
        />
      ))}
    </div>
  );
}
