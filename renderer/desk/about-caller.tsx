import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallRecord } from '../../shared/bridge/calls.ts';
import type { PhoneCall } from '../phone/phone-types.ts';
import { useLiveCalls, useProject, useStores } from '../store/react.tsx';
import classes from './desk.module.css';
import { ScriptLink } from './script-link.tsx';

const HOW_MANY = 3;

/** What is known of who calls: earlier calls with what was noted, and what the queue has operators say. */
export function AboutCaller({ call }: { readonly call: PhoneCall }) {
  const { t } = useTranslation();
  const { number } = call.remote;
  const earlier = useEarlier(number, call.id, call.context?.callId);
  const queue = useQueueOf(call);
  const link = queue?.scriptUrl;
  const callId = call.context?.callId ?? '';
  if (call.direction === 'outgoing' && earlier.length === 0) return null;
  return (
    <section className={classes.about} aria-label={t('desk.caller.title')}>
      {number === '' ? null : (
        <>
          <h2>{t('desk.caller.earlier')}</h2>
          {earlier.length === 0 ? <p className={classes.none}>{t('desk.caller.first')}</p> : null}
          <ul className={classes.earlier}>
            {earlier.map((record) => (
              <EarlierLine key={record.callId} record={record} />
            ))}
          </ul>
        </>
      )}
      {queue?.script ? (
        <>
          <h2>{t('desk.caller.script')}</h2>
          <p className={classes.script}>{queue.script}</p>
        </>
      ) : null}
      {link === undefined ? null : <ScriptLink template={link} values={{ ...call.remote, callId }} />}
    </section>
  );
}

function EarlierLine({ record }: { readonly record: CallRecord }) {
  const { t, i18n } = useTranslation();
  const { startedMs, personId, outcome, note } = record;
  const person = useProject((project) => (personId === null ? undefined : project.people[personId]?.name));
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'short', timeStyle: 'short' }).format(startedMs);
  return (
    <li data-outcome={outcome ?? undefined}>
      <span>
        <time dateTime={new Date(startedMs).toISOString()}>{time}</time>
        {outcome === null ? null : <strong>{t(`calls.outcomes.${outcome}`)}</strong>}
        {person === undefined ? null : <small>{person}</small>}
      </span>
      {note === null ? null : (
        <span className={classes.earlierNote}>
          {note.code === null ? null : <em>{note.code}</em>}
          {note.note}
        </span>
      )}
    </li>
  );
}

/** The last calls of a number; asked once for each call of this phone. */
function useEarlier(number: string, phoneCallId: string, callId: string | undefined): readonly CallRecord[] {
  const { bridge } = useStores();
  const [earlier, setEarlier] = useState<readonly CallRecord[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another call of the same number asks anew
  useEffect(() => {
    setEarlier([]);
    if (number === '') return;
    let isWanted = true;
    bridge.call('callLog.ofCaller', { number, limit: HOW_MANY }).then(
      ({ calls }) => isWanted && setEarlier(calls.filter((record) => record.callId !== callId)),
      // A log that cannot be read is told on its own page; the call matters more.
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [bridge, number, phoneCallId, callId]);
  return earlier;
}

/** The queue that a call comes from: as the PBX says, else by the name that the phone was given. */
function useQueueOf(call: PhoneCall) {
  const { callId = '', queue: name = null } = call.context ?? {};
  const told = useLiveCalls((state) => state.calls[callId]?.summary.queueId ?? null);
  return useProject(({ queues }) => {
    if (name === null) return undefined;
    return (told === null ? undefined : queues[told]) ?? Object.values(queues).find((queue) => queue.name === name);
  });
}
