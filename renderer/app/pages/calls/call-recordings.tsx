import { ActionIcon, Button, Slider, Tooltip } from '@mantine/core';
import type { TFunction } from 'i18next';
import { Download, Pause, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallRecord } from '../../../../shared/bridge/calls.ts';
import type { Recording } from '../../../../shared/bridge/recordings.ts';
import { useProject, useStores, useUi } from '../../../store/react.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { notifyFailure } from '../../../ui/notify.ts';
import { downloadBlob } from '../../files/download.ts';
import { callerText } from './call-texts.ts';
import classes from './calls.module.css';
import { recordingSound } from './recording-sound.ts';
import { useRecordingPlayer } from './use-recording-player.ts';
import { useRecordings } from './use-recordings.ts';

/** The recordings of a call: to be listened to, saved, and by a supervisor deleted. Nothing where there is none. */
export function CallRecordings({ call }: { readonly call: CallRecord }) {
  const { t } = useTranslation();
  const recordings = useRecordings(call.callId);
  if (recordings.length === 0) return null;
  return (
    <section className={classes.recordings} aria-label={t('recording.call.title', { count: recordings.length })}>
      <h3>{t('recording.call.title', { count: recordings.length })}</h3>
      <ul>
        {recordings.map((recording, index) => (
          <RecordingLine
            key={recording.id}
            recording={recording}
            call={call}
            name={t('recording.call.number', { number: index + 1 })}
          />
        ))}
      </ul>
    </section>
  );
}

interface RecordingLineProps {
  readonly recording: Recording;
  readonly call: CallRecord;
  readonly name: string;
}

function RecordingLine({ recording, call, name }: RecordingLineProps) {
  const { t } = useTranslation();
  const { bridge } = useStores();
  const isSupervisor = useUi((state) => state.role === 'supervisor');
  const person = useProject(({ people }) => people[recording.personId ?? '']?.name ?? t('recording.call.person'));
  const player = useRecordingPlayer(recording.id, t('recording.call.failed'));
  const [isSaving, setSaving] = useState(false);
  const { durationMs, pauses } = recording;

  async function save(): Promise<void> {
    setSaving(true);
    try {
      downloadBlob(`${recording.id}.wav`, await recordingSound(bridge, recording.id));
    } catch (error) {
      notifyFailure(error, t('recording.call.failed'));
    }
    setSaving(false);
  }

  const play = t(player.isPlaying ? 'recording.call.pause' : 'recording.call.play', { name });
  return (
    <li className={classes.recording}>
      <div className={classes.player}>
        <Tooltip label={play}>
          <ActionIcon aria-label={play} loading={player.isLoading} onClick={player.toggle}>
            {player.isPlaying ? <Pause size={16} /> : <Play size={16} />}
          </ActionIcon>
        </Tooltip>
        <Slider
          className={classes.position ?? ''}
          size="sm"
          min={0}
          max={Math.max(1, durationMs)}
          step={100}
          value={Math.min(player.positionMs, durationMs)}
          label={null}
          marks={pauses.map(({ atMs }) => ({ value: atMs }))}
          thumbLabel={t('recording.call.position', { name })}
          thumbValueText={timeText}
          onChange={player.seek}
        />
        <span className={classes.clock}>
          {timeText(player.positionMs)} / {timeText(durationMs)}
        </span>
        <Tooltip label={t('recording.call.download', { name })}>
          <ActionIcon
            aria-label={t('recording.call.download', { name })}
            loading={isSaving}
            onClick={() => void save()}
          >
            <Download size={16} />
          </ActionIcon>
        </Tooltip>
        {isSupervisor ? <RemoveRecording id={recording.id} name={name} onRemove={player.stop} /> : null}
      </div>
      <p>
        {name}, {endText(recording, call, t)}. {t('recording.call.sides', { caller: callerText(call, t), person })}.
      </p>
      {pauses.length === 0 ? null : (
        <ul aria-label={t('recording.call.pauses')}>
          {pauses.map((pause) => (
            <li key={pause.atMs}>
              <Button variant="subtle" size="compact-xs" onClick={() => player.seek(pause.atMs)}>
                {pauseText(pause, t)}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

interface RemoveRecordingProps {
  readonly id: string;
  readonly name: string;
  readonly onRemove: () => void;
}

/** Deletes a recording, after it was asked whether that is meant. */
function RemoveRecording({ id, name, onRemove }: RemoveRecordingProps) {
  const { t } = useTranslation();
  const { bridge } = useStores();
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  async function remove(): Promise<void> {
    close();
    onRemove();
    try {
      await bridge.call('recordings.remove', { id });
    } catch (error) {
      notifyFailure(error, t('recording.call.failed'));
    }
  }
  return (
    <>
      <Tooltip label={t('recording.call.remove', { name })}>
        <ActionIcon aria-label={t('recording.call.remove', { name })} onClick={() => setAsking(true)}>
          <Trash2 size={16} />
        </ActionIcon>
      </Tooltip>
      <Dialog title={t('recording.call.removeAsk')} opened={asking} onClose={close}>
        <p className={classes.question}>{t('recording.call.removeHint')}</p>
        <div className={classes.dialogActions}>
          <Button variant="default" onClick={close} data-autofocus>
            {t('files.cancel')}
          </Button>
          <Button color="red" onClick={() => void remove()}>
            {t('recording.call.removeNow')}
          </Button>
        </div>
      </Dialog>
    </>
  );
}

function endText({ endedBy }: Recording, { endedMs }: CallRecord, t: TFunction): string {
  if (endedBy !== null) return t(`recording.call.endedBy.${endedBy}`);
  return t(endedMs === null ? 'recording.call.live' : 'recording.call.cutOff');
}

function pauseText({ atMs, durationMs }: Recording['pauses'][number], t: TFunction): string {
  const at = timeText(atMs);
  if (durationMs === null) return t('recording.call.leftOutToEnd', { at });
  return t('recording.call.leftOut', { at, duration: timeText(Math.max(1000, durationMs)) });
}

function timeText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, '0')}`;
}
