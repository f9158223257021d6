import { ActionIcon, Button, Tooltip } from '@mantine/core';
import type { TFunction } from 'i18next';
import { Merge, Mic, MicOff, Pause, PhoneForwarded, PhoneCall as PhoneIcon, PhoneOff, Play, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { supervisedCallId } from '../../shared/bridge/supervision.ts';
import { CallerPath } from './caller-path.tsx';
import { LevelMeter } from './level-meter.tsx';
import classes from './phone.module.css';
import { useCalls, usePhone } from './phone-context.tsx';
import { currentCall } from './phone-stores.ts';
import type { PhoneCall } from './phone-types.ts';
import { QualityLine } from './quality-line.tsx';
import { RecordingControl } from './recording-control.tsx';
import { SupervisionModes } from './supervision-modes.tsx';
import { TransferField } from './transfer-field.tsx';
import { formatDuration, useSeconds } from './use-seconds.ts';

/** One call in its slot: who, where from, for how long, and what can be done with it. */
export function CallCard({ call }: { readonly call: PhoneCall }) {
  const { t } = useTranslation();
  const ringsHere = call.direction === 'incoming' && call.status === 'ringing';
  const title = call.remote.name || call.remote.number || t('phone.unknownCaller');
  return (
    <section
      className={classes.card}
      data-status={call.status}
      data-ringing={ringsHere || undefined}
      aria-label={`${title}, ${statusText(call, t)}`}
      // An incoming call is announced without the focus moving to it. No landmark: several calls may be named alike.
      role={ringsHere ? 'alert' : 'group'}
    >
      {ringsHere ? <p className={classes.incomingLabel}>{t('phone.incoming')}</p> : null}
      <header className={classes.cardHead}>
        <div className={classes.who}>
          <h2>{title}</h2>
          {call.remote.name && /^[+*#0-9]/.test(call.remote.number) ? <p>{call.remote.number}</p> : null}
        </div>
        <CallTime call={call} />
      </header>
      {call.context ? <CallerPath context={call.context} /> : null}
      {call.status === 'active' ? <Talking call={call} /> : null}
      {call.status === 'active' ? <RecordingControl call={call} /> : null}
      <Actions call={call} />
    </section>
  );
}

function statusText(call: PhoneCall, t: TFunction): string {
  if (call.status === 'ended') return t(`phone.end.${call.end ?? 'failed'}`);
  return t(`phone.status.${call.status === 'active' && call.held ? 'held' : call.status}`);
}

function CallTime({ call }: { readonly call: PhoneCall }) {
  const { t } = useTranslation();
  const nowMs = useSeconds(call.status === 'active');
  const durationMs = call.answeredAtMs === null ? null : (call.endedAtMs ?? nowMs) - call.answeredAtMs;
  return (
    <div className={classes.time}>
      <span data-testid="call-status">{statusText(call, t)}</span>
      {durationMs === null ? null : <time>{formatDuration(durationMs)}</time>}
    </div>
  );
}

function Talking({ call }: { readonly call: PhoneCall }) {
  const { t } = useTranslation();
  const silent = useCalls((state) => state.microphoneError !== null);
  return (
    <div className={classes.talking}>
      {call.audioFlows ? null : <p className={classes.note}>{t('phone.connectingAudio')}</p>}
      {call.heldByOther ? <p className={classes.note}>{t('phone.heldByOther')}</p> : null}
      {silent ? <p className={classes.warning}>{t('phone.silentMicrophone')}</p> : null}
      <LevelMeter stream={call.remoteStream} label={t('phone.theirLevel')} />
      <LevelMeter stream={call.muted || call.held ? null : call.localStream} label={t('phone.yourLevel')} />
      <QualityLine call={call} />
      <TransferNote call={call} />
      <SupervisionModes call={call} />
      {call.digits === '' || supervisedCallId(call.remote.number) !== undefined ? null : (
        <p className={classes.sent} data-testid="keys-sent">
          {call.digits}
        </p>
      )}
    </div>
  );
}

/** How the last transfer goes; a failed one is announced, for the call is still here to be answered for. */
function TransferNote({ call }: { readonly call: PhoneCall }) {
  const { t } = useTranslation();
  const { transfer } = call;
  if (transfer === null || transfer.status === 'done') return null;
  const { to } = transfer;
  if (transfer.failure === null) return <p className={classes.note}>{t('phone.transfer.asked', { to })}</p>;
  return (
    <p className={classes.warning} role="alert">
      {t(`phone.transfer.failure.${transfer.failure}`, { to })}
    </p>
  );
}

/** On the call that is talked in: connects it with the one on hold, or with either of several. */
function ConnectButtons({ call }: { readonly call: PhoneCall }) {
  const { t } = useTranslation();
  const { phone } = usePhone();
  const calls = useCalls((state) => state.calls);
  const isCurrent = currentCall({ calls, microphoneError: null })?.id === call.id;
  const others = calls.filter(({ id, status }) => status === 'active' && id !== call.id);
  if (!isCurrent || call.transfer?.status === 'asked') return null;
  return others.map(({ id, remote }) => (
    <Button
      key={id}
      variant="default"
      leftSection={<Merge size={14} aria-hidden />}
      onClick={() => phone.connectBoth(call.id, id)}
    >
      {others.length === 1
        ? t('phone.transfer.both')
        : t('phone.transfer.with', { name: remote.name || remote.number || t('phone.unknownCaller') })}
    </Button>
  ));
}

function Actions({ call }: { readonly call: PhoneCall }) {
  const { t } = useTranslation();
  const { phone } = usePhone();
  const [transferring, setTransferring] = useState(false);
  if (call.status === 'ended') {
    return (
      <Tooltip label={t('phone.dismiss')}>
        <ActionIcon
          className={classes.dismiss ?? ''}
          aria-label={t('phone.dismiss')}
          onClick={() => phone.forget(call.id)}
        >
          <X size={14} />
        </ActionIcon>
      </Tooltip>
    );
  }
  const ringsHere = call.direction === 'incoming' && call.status === 'ringing';
  if (transferring && call.status === 'active') {
    return <TransferField callId={call.id} onDone={() => setTransferring(false)} />;
  }
  return (
    <div className={classes.actions}>
      {ringsHere ? (
        <Button
          color="teal"
          leftSection={<PhoneIcon size={14} aria-hidden />}
          onClick={() => void phone.answer(call.id)}
        >
          {t('phone.answer')}
        </Button>
      ) : null}
      {call.status === 'active' ? (
        <>
          <Button
            variant="default"
            aria-pressed={call.muted}
            leftSection={call.muted ? <MicOff size={14} aria-hidden /> : <Mic size={14} aria-hidden />}
            onClick={() => phone.setMuted(call.id, !call.muted)}
          >
            {t(call.muted ? 'phone.unmute' : 'phone.mute')}
          </Button>
          <Button
            variant="default"
            aria-pressed={call.held}
            leftSection={call.held ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
            onClick={() => phone.setHeld(call.id, !call.held)}
          >
            {t(call.held ? 'phone.resume' : 'phone.hold')}
          </Button>
          <Button
            variant="default"
            disabled={call.transfer?.status === 'asked'}
            leftSection={<PhoneForwarded size={14} aria-hidden />}
            onClick={() => setTransferring(true)}
          >
            {t('phone.transfer.open')}
          </Button>
          <ConnectButtons call={call} />
        </>
      ) : null}
      <Button color="red" leftSection={<PhoneOff size={14} aria-hidden />} onClick={() => phone.hangUp(call.id)}>
        {t(ringsHere ? 'phone.reject' : 'phone.hangUp')}
      </Button>
    </div>
  );
}
