import { Button, Tooltip } from '@mantine/core';
import { Circle, CircleStop, Pause, Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { RecordingAction, RecordingState } from '../../shared/bridge/recordings.ts';
import type { ErrorDetail } from '../../shared/lib/errors.ts';
import { errorText } from '../i18n/error-text.ts';
import { withoutUndefined } from '../inspector/without-undefined.ts';
import { useLiveCalls, useStores } from '../store/react.tsx';
import { notifyFailure } from '../ui/notify.ts';
import classes from './phone.module.css';
import type { PhoneCall } from './phone-types.ts';
import { formatDuration, useSeconds } from './use-seconds.ts';

interface Choice {
  readonly action: RecordingAction;
  readonly label: 'start' | 'pause' | 'resume' | 'stop' | 'cancel';
  readonly icon: typeof Circle;
  readonly hint?: 'startHint' | 'pauseHint';
}

const START: Choice = { action: 'start', label: 'start', icon: Circle, hint: 'startHint' };
const PAUSE: Choice = { action: 'pause', label: 'pause', icon: Pause, hint: 'pauseHint' };
const RESUME: Choice = { action: 'resume', label: 'resume', icon: Play };
const STOP: Choice = { action: 'stop', label: 'stop', icon: CircleStop };
const CANCEL: Choice = { action: 'stop', label: 'cancel', icon: CircleStop };

/** What can be done with the recording of a call, and how it stands; nothing where the queue does not allow any. */
export function RecordingControl({ call }: { readonly call: PhoneCall }) {
  const { t, i18n } = useTranslation();
  const { bridge } = useStores();
  const callId = call.context?.callId ?? '';
  const recording = useLiveCalls((state) => state.calls[callId]?.summary.recording ?? null);
  if (recording === null) return null;
  const isHeld = call.held || call.heldByOther;
  const act = (action: RecordingAction) => void bridge.call('calls.record', { callId, action }).catch(notifyFailure);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <fieldset> would need a visible legend
    <div className={classes.recording} role="group" aria-label={t('recording.phone.label')}>
      <Indicator recording={recording} />
      {recording.error === null ? null : (
        <p className={classes.warning} role="alert">
          {errorText(withoutUndefined<ErrorDetail>(recording.error), i18n)}
        </p>
      )}
      {choicesOf(recording).map(({ action, label, icon: Icon, hint }) => (
        <Tooltip
          key={label}
          label={hint === undefined ? '' : t(`recording.phone.${hint}`)}
          disabled={hint === undefined}
          multiline
          maw={260}
        >
          <Button
            variant="default"
            px={8}
            className={classes.recordingAction ?? ''}
            disabled={isHeld}
            leftSection={<Icon size={14} aria-hidden className={action === 'start' ? classes.recordIcon : undefined} />}
            onClick={() => act(action)}
          >
            {t(`recording.phone.${label}`)}
          </Button>
        </Tooltip>
      ))}
    </div>
  );
}

/** In words, too: red alone says nothing to who does not see it. The time beside it is not read out each second. */
function Indicator({ recording }: { readonly recording: RecordingState }) {
  const { t } = useTranslation();
  const { state, sinceMs, recordedMs } = recording;
  const nowMs = useSeconds(state === 'recording');
  const time = formatDuration(recordedMs + (state === 'recording' ? Math.max(0, nowMs - sinceMs) : 0));
  const isShown = state === 'recording' || state === 'paused' || recordedMs > 0;
  return (
    <p className={classes.recordingState} data-state={state}>
      <span className={classes.recordingDot} aria-hidden />
      <span role="status">{t(`recording.phone.${state}`)}</span>
      {isShown ? <time>{time}</time> : null}
    </p>
  );
}

/** RE8: what is always recorded is paused, not stopped; one that failed may be begun again. */
function choicesOf({ mode, state, error }: RecordingState): readonly Choice[] {
  const isAsked = mode === 'on-request';
  if (error?.code === 'recording/refused') return [];
  if (state === 'off') return isAsked || error !== null ? [START] : [];
  if (state === 'notice') return isAsked ? [CANCEL] : [];
  return [state === 'paused' ? RESUME : PAUSE, ...(isAsked ? [STOP] : [])];
}
