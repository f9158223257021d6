import { Button, Chip, Textarea } from '@mantine/core';
import { Check, Plus } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { WrapUpChange, WrapUp as WrapUpState } from '../../shared/bridge/desk.ts';
import type { PersonId } from '../../shared/flow/ids.ts';
import { formatDuration, useSeconds } from '../phone/use-seconds.ts';
import { useDesk, useProject, useStores } from '../store/react.tsx';
import { notifyFailure } from '../ui/notify.ts';
import classes from './desk.module.css';
import { useCallNote } from './use-call-note.ts';

const EXTEND_MS = 60_000;

/** What to write down after a conversation, and the time for it; nothing without a wrap-up. */
export function WrapUp({ personId }: { readonly personId: PersonId }) {
  const wrapUp = useDesk((state) => state.operators[personId]?.wrapUp ?? null);
  return wrapUp === null ? null : <WrapUpForm key={wrapUp.callId} personId={personId} wrapUp={wrapUp} />;
}

function WrapUpForm({ personId, wrapUp }: { readonly personId: PersonId; readonly wrapUp: WrapUpState }) {
  const { t } = useTranslation();
  const { bridge } = useStores();
  const nowMs = useSeconds(true);
  const titleId = useId();
  const { queueId, callId, sinceMs, endsAtMs } = wrapUp;
  const codes = useProject((project) => project.queues[queueId]?.wrapUpCodes);
  const queue = useProject((project) => project.queues[queueId]?.name ?? '');
  const { note, isKept, change } = useCallNote(callId);
  const send = (what: WrapUpChange) => void bridge.call('desk.wrapUp', { personId, change: what }).catch(notifyFailure);
  const leftMs = Math.max(0, endsAtMs - nowMs);
  return (
    <section className={classes.wrapUp} aria-labelledby={titleId}>
      <header className={classes.wrapUpHead}>
        <h2 id={titleId}>{queue === '' ? t('desk.wrapUp.title') : `${t('desk.wrapUp.title')} · ${queue}`}</h2>
        <time>{t('desk.wrapUp.left', { time: formatDuration(leftMs) })}</time>
      </header>
      <div className={classes.timeLeft} aria-hidden>
        <span style={{ width: `${(100 * leftMs) / Math.max(1, endsAtMs - sinceMs)}%` }} />
      </div>
      {codes === undefined || codes.length === 0 ? null : (
        <div role="radiogroup" aria-label={t('desk.wrapUp.codes')} className={classes.codes}>
          <Chip.Group value={note.code} onChange={(code) => change({ code: String(code) })}>
            {codes.map((code) => (
              <Chip key={code} value={code} size="xs">
                {code}
              </Chip>
            ))}
          </Chip.Group>
        </div>
      )}
      <Textarea
        label={t('desk.wrapUp.note')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2000}
        value={note.note}
        onChange={(event) => change({ note: event.currentTarget.value })}
      />
      <footer className={classes.wrapUpFoot}>
        <span role="status">{isKept ? t('desk.wrapUp.saved') : ''}</span>
        <Button
          variant="default"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => send({ extendMs: EXTEND_MS })}
        >
          {t('desk.wrapUp.extend')}
        </Button>
        <Button leftSection={<Check size={14} aria-hidden />} onClick={() => send('finish')}>
          {t('desk.wrapUp.finish')}
        </Button>
      </footer>
    </section>
  );
}
