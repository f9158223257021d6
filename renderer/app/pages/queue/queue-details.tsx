import { Select, Switch, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { KEYS, KeySchema } from '../../../../shared/flow/ids.ts';
import { ANSWER_WITHIN_MS, type Queue } from '../../../../shared/flow/project.ts';
import { RECORDING_MODES } from '../../../../shared/flow/recording.ts';
import { isScriptTemplate } from '../../../../shared/flow/script-link.ts';
import { NumberField, SecondsField } from '../../../inspector/fields.tsx';
import { OptionalSpeech } from '../../../inspector/optional-speech.tsx';
import { DraftInput } from '../../../ui/draft-input.tsx';
import { LinesField } from '../../../ui/lines-field.tsx';
import classes from './queue.module.css';
import { QueueAnnouncements, saysValues } from './queue-announcements.tsx';
import type { ChangeQueue } from './queue-item.tsx';

interface QueueDetailsProps {
  readonly queue: Queue;
  readonly change: ChangeQueue;
}

/** What most queues leave as it is: pauses, limits, who may join, leaving by a key, calling back. */
export function QueueDetails({ queue, change }: QueueDetailsProps) {
  const { t } = useTranslation();
  return (
    <details>
      <summary className={classes.summary}>{t('team.details')}</summary>
      <div className={classes.details}>
        <SecondsField
          label={t('team.retry')}
          description={t('team.retryHint')}
          valueMs={queue.retryMs}
          minMs={0}
          maxMs={60_000}
          onChangeMs={(retryMs) => retryMs !== undefined && change({ retryMs }, 'retry')}
        />
        <SecondsField
          label={t('team.wrapUp')}
          description={t('team.wrapUpHint')}
          valueMs={queue.wrapUpMs}
          minMs={0}
          maxMs={3_600_000}
          step={5}
          onChangeMs={(wrapUpMs) => wrapUpMs !== undefined && change({ wrapUpMs }, 'wrap-up')}
        />
        <NumberField
          label={t('team.maxLength')}
          description={t('team.maxLengthHint')}
          placeholder={t('team.noLimit')}
          value={queue.maxLength}
          min={1}
          max={10_000}
          optional
          onChange={(maxLength) => change({ maxLength }, 'max-length')}
        />
        <Select
          label={t('queue.breakOut')}
          description={t('queue.breakOutHint')}
          placeholder={t('queue.noBreakOut')}
          data={[...KEYS]}
          value={queue.breakOutKey ?? null}
          clearable
          onChange={(key) => change({ breakOutKey: key === null ? undefined : KeySchema.parse(key) })}
        />
        <div className={classes.wide}>
          <Switch
            label={t('team.joinWhenEmpty')}
            checked={queue.joinWhenEmpty}
            onChange={(event) => change({ joinWhenEmpty: event.currentTarget.checked })}
          />
        </div>
        <div className={classes.wide}>
          <Switch
            label={t('team.leaveWhenEmpty')}
            checked={queue.leaveWhenEmpty}
            onChange={(event) => change({ leaveWhenEmpty: event.currentTarget.checked })}
          />
        </div>
        <div className={classes.wide}>
          <OptionalSpeech
            label={t('team.music')}
            placeholder={t('team.musicPlaceholder')}
            use={queue.musicOnHold}
            error={saysValues(queue.musicOnHold) ? t('team.noValues') : undefined}
            onChange={(musicOnHold, part) => change({ musicOnHold }, `music:${part}`)}
          />
        </div>
        <QueueAnnouncements queue={queue} change={change} />
        <Select
          label={t('recording.queue.label')}
          description={t('recording.queue.hint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={RECORDING_MODES.map((value) => ({ value, label: t(`recording.queue.modes.${value}`) }))}
          value={queue.recording ?? 'never'}
          allowDeselect={false}
          onChange={(mode) => mode && change({ recording: mode === 'never' ? undefined : mode })}
        />
        <NumberField
          label={t('desk.settings.autoPause')}
          description={t('desk.settings.autoPauseHint')}
          placeholder={t('desk.settings.autoPauseNever')}
          value={queue.autoPauseAfter}
          min={1}
          max={20}
          optional
          onChange={(autoPauseAfter) => change({ autoPauseAfter }, 'auto-pause')}
        />
        <SecondsField
          label={t('desk.settings.answerWithin')}
          description={t('desk.settings.answerWithinHint')}
          valueMs={queue.answerWithinMs ?? ANSWER_WITHIN_MS}
          minMs={1000}
          maxMs={3_600_000}
          step={5}
          onChangeMs={(answerWithinMs) => answerWithinMs !== undefined && change({ answerWithinMs }, 'answer-within')}
        />
        <LinesField
          label={t('desk.settings.codes')}
          description={t('desk.settings.codesHint')}
          lines={queue.wrapUpCodes ?? []}
          maxLines={50}
          maxLength={60}
          onChange={(lines) => change({ wrapUpCodes: lines.length === 0 ? undefined : lines }, 'codes')}
        />
        <Textarea
          label={t('desk.settings.script')}
          description={t('desk.settings.scriptHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autosize
          minRows={2}
          maxRows={10}
          maxLength={4000}
          value={queue.script ?? ''}
          onChange={(event) => change({ script: event.currentTarget.value || undefined }, 'script')}
        />
        <div className={classes.wide}>
          <DraftInput
            label={t('desk.settings.scriptUrl')}
            description={t('desk.settings.scriptUrlHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            placeholder="https://crm.example.com/?phone={number}"
            maxLength={1000}
            value={queue.scriptUrl ?? ''}
            check={(text) => (text === '' || isScriptTemplate(text) ? undefined : t('desk.settings.scriptUrlBad'))}
            commit={(text) => change({ scriptUrl: text === '' ? undefined : text }, 'script-url')}
          />
        </div>
        <NumberField
          label={t('team.callbackRings')}
          value={queue.callbackRings}
          min={1}
          max={24}
          onChange={(callbackRings) => callbackRings !== undefined && change({ callbackRings }, 'callback-rings')}
        />
        <NumberField
          label={t('team.callbackAttempts')}
          value={queue.callbackAttempts}
          min={1}
          max={20}
          onChange={(callbackAttempts) =>
            callbackAttempts !== undefined && change({ callbackAttempts }, 'callback-attempts')
          }
        />
        <SecondsField
          label={t('team.callbackRetry')}
          valueMs={queue.callbackRetryMs}
          minMs={1000}
          maxMs={86_400_000}
          step={30}
          onChangeMs={(callbackRetryMs) =>
            callbackRetryMs !== undefined && change({ callbackRetryMs }, 'callback-retry')
          }
        />
      </div>
    </details>
  );
}
