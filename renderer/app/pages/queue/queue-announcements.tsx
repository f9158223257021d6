import { Select, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ANNOUNCE_EVERY_MS, LEAST_ANNOUNCE_MS, type Queue } from '../../../../shared/flow/project.ts';
import type { SpeechUse } from '../../../../shared/flow/speech.ts';
import { namesIn } from '../../../../shared/flow/template.ts';
import { SecondsField } from '../../../inspector/fields.tsx';
import { OptionalSpeech } from '../../../inspector/optional-speech.tsx';
import classes from './queue.module.css';
import type { ChangeQueue } from './queue-item.tsx';

const POSITIONS = ['never', 'always', 'changes'] as const;
const LONGEST_MS = 3_600_000;

interface QueueAnnouncementsProps {
  readonly queue: Queue;
  readonly change: ChangeQueue;
}

/** What callers are told over the music (rules QA*). */
export function QueueAnnouncements({ queue, change }: QueueAnnouncementsProps) {
  const { t } = useTranslation();
  const { announcePosition, announceHoldTime = false, announceEveryMs, waitingPrompt, waitingPromptEveryMs } = queue;
  return (
    <>
      <Select
        label={t('team.announce.position')}
        data={POSITIONS.map((value) => ({ value, label: t(`team.announce.positions.${value}`) }))}
        value={announcePosition ?? 'never'}
        allowDeselect={false}
        onChange={(value) => value && change({ announcePosition: value === 'never' ? undefined : value })}
      />
      {announcePosition !== undefined || announceHoldTime ? (
        <SecondsField
          label={t('team.announce.every')}
          description={t('team.announce.everyHint')}
          valueMs={announceEveryMs ?? ANNOUNCE_EVERY_MS}
          minMs={LEAST_ANNOUNCE_MS}
          maxMs={LONGEST_MS}
          step={5}
          onChangeMs={(everyMs) => everyMs !== undefined && change({ announceEveryMs: everyMs }, 'announce-every')}
        />
      ) : null}
      <div className={classes.wide}>
        <Switch
          label={t('team.announce.holdTime')}
          description={t('team.announce.holdTimeHint')}
          checked={announceHoldTime}
          onChange={(event) => change({ announceHoldTime: event.currentTarget.checked || undefined })}
        />
      </div>
      <div className={classes.wide}>
        <OptionalSpeech
          label={t('team.announce.prompt')}
          placeholder={t('team.announce.promptPlaceholder')}
          use={waitingPrompt}
          error={saysValues(waitingPrompt) ? t('team.noValues') : undefined}
          onChange={(use, part) => change({ waitingPrompt: use }, `waiting-prompt:${part}`)}
        />
      </div>
      {waitingPrompt === undefined ? null : (
        <div className={classes.alone}>
          <SecondsField
            label={t('team.announce.promptEvery')}
            valueMs={waitingPromptEveryMs ?? ANNOUNCE_EVERY_MS}
            minMs={LEAST_ANNOUNCE_MS}
            maxMs={LONGEST_MS}
            step={5}
            onChangeMs={(everyMs) =>
              everyMs !== undefined && change({ waitingPromptEveryMs: everyMs }, 'waiting-prompt-every')
            }
          />
        </div>
      )}
    </>
  );
}

/** Whether a text has places for values of a call: queues say theirs without a call's values. */
export function saysValues(use: SpeechUse | undefined): boolean {
  return use?.kind === 'text' && namesIn(use.text).length > 0;
}
