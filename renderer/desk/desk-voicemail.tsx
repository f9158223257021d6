import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonId } from '../../shared/flow/ids.ts';
import { useProject, useVoicemail } from '../store/react.tsx';
import { VoicemailList } from '../voicemail/voicemail-list.tsx';
import classes from './desk.module.css';

const HEADING_ID = 'desk-voicemail';

/** Goes to the messages on the desk: they are shown, and the keyboard goes on from there. */
export function openVoicemail(): void {
  const heading = document.getElementById(HEADING_ID);
  heading?.scrollIntoView({ block: 'start' });
  heading?.focus({ preventScroll: true });
}

/** Messages for the operator: their own, those of their queues, and those for everyone. Nothing while there are none. */
export function DeskVoicemail({ personId }: { personId: PersonId }) {
  const { t } = useTranslation();
  const queues = useProject((project) => project.queues);
  const all = useVoicemail((state) => state.messages);
  const messages = useMemo(
    () =>
      all.filter(({ mailbox }) => {
        if (mailbox.kind === 'person') return mailbox.personId === personId;
        if (mailbox.kind === 'general') return true;
        return queues[mailbox.queueId]?.members.some((member) => member.personId === personId) === true;
      }),
    [all, queues, personId],
  );
  if (messages.length === 0) return null;
  const fresh = messages.filter(({ heard }) => !heard).length;
  return (
    <section className={classes.history} aria-label={t('voicemail.title')}>
      <h2 id={HEADING_ID} tabIndex={-1}>
        {t('voicemail.title')}
        {fresh > 0 ? <span className={classes.count}> · {t('voicemail.fresh', { count: fresh })}</span> : null}
      </h2>
      <VoicemailList messages={messages} />
    </section>
  );
}
