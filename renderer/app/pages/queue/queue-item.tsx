import { ActionIcon, Select, Tooltip } from '@mantine/core';
import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { QueueId } from '../../../../shared/flow/ids.ts';
import { QUEUE_STRATEGIES, type Queue } from '../../../../shared/flow/project.ts';
import { NumberField, SecondsField } from '../../../inspector/fields.tsx';
import { withoutUndefined } from '../../../inspector/without-undefined.ts';
import { useProject, useStores } from '../../../store/react.tsx';
import { removeQueue } from '../../../store/team-edits.ts';
import { DraftInput } from '../../../ui/draft-input.tsx';
import classes from '../page.module.css';
import { QueueDetails } from './queue-details.tsx';
import { QueueMembers } from './queue-members.tsx';
import { QueuePreview } from './queue-preview.tsx';

/** Undefined takes a setting out. */
export type ChangeQueue = (patch: { [Key in keyof Queue]?: Queue[Key] | undefined }, typing?: string) => void;

/** One queue: who is in it, whom it rings next, and for how long (S15). */
export function QueueItem({ id, queue }: { id: QueueId; queue: Queue }) {
  const { t } = useTranslation();
  const { project } = useStores();
  const ringMs = useProject((document) => document.settings.ringMs);

  const change: ChangeQueue = (patch, typing) =>
    project.edit(
      (document) => {
        document.queues[id] = withoutUndefined<Queue>({ ...queue, ...patch });
      },
      typing === undefined ? {} : { coalesce: `queue:${id}:${typing}` },
    );

  return (
    // biome-ignore lint/a11y/useSemanticElements: a <fieldset> would need a visible legend
    <div className={classes.item} role="group" aria-label={queue.name}>
      <DraftInput
        label={t('team.name')}
        value={queue.name}
        maxLength={100}
        check={(text) => (text.trim() === '' ? t('field.required') : undefined)}
        commit={(name) => change({ name }, 'name')}
      />
      <Select
        label={t('team.strategy')}
        description={t(`team.strategyHints.${queue.strategy}`)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={QUEUE_STRATEGIES.map((value) => ({ value, label: t(`team.strategies.${value}`) }))}
        value={queue.strategy}
        allowDeselect={false}
        onChange={(strategy) => strategy && change({ strategy })}
      />
      <div className={classes.narrow}>
        <NumberField
          label={t('team.rings')}
          value={queue.rings}
          min={1}
          max={24}
          suffix={`× ${ringMs / 1000} s`}
          onChange={(rings) => rings !== undefined && change({ rings }, 'rings')}
        />
      </div>
      <div className={classes.narrow}>
        <SecondsField
          label={t('team.maxWait')}
          valueMs={queue.maxWaitMs}
          minMs={1000}
          maxMs={7_200_000}
          step={10}
          onChangeMs={(maxWaitMs) => maxWaitMs !== undefined && change({ maxWaitMs }, 'max-wait')}
        />
      </div>
      <Tooltip label={t('team.remove')}>
        <ActionIcon
          className={classes.end ?? ''}
          aria-label={t('team.removeQueue', { name: queue.name })}
          onClick={() => project.replace(removeQueue(project.state.getState().project, id))}
        >
          <Trash2 size={16} />
        </ActionIcon>
      </Tooltip>
      <div className={classes.full}>
        <QueueMembers queue={queue} change={change} />
      </div>
      <div className={classes.full}>
        <QueuePreview queue={queue} />
      </div>
      <div className={classes.full}>
        <QueueDetails queue={queue} change={change} />
      </div>
    </div>
  );
}
