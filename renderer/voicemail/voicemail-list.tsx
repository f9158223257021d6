import { ActionIcon, Tooltip } from '@mantine/core';
import { Download, Mail, MailOpen, Play, Square, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VoicemailMessage } from '../../shared/bridge/voicemail.ts';
import type { Mailbox } from '../../shared/flow/mailbox.ts';
import { useProject, useStores } from '../store/react.tsx';
import { notifyFailure } from '../ui/notify.ts';
import classes from './voicemail-list.module.css';

/** Messages with what can be done with them. Playing one to its end, or at all, makes it heard. */
export function VoicemailList({ messages }: { messages: readonly VoicemailMessage[] }) {
  const player = usePlayer();
  return (
    <ul className={classes.list}>
      {messages.map((message) => (
        <MessageLine key={message.id} message={message} player={player} />
      ))}
    </ul>
  );
}

function MessageLine({ message, player }: { message: VoicemailMessage; player: Player }) {
  const { t, i18n } = useTranslation();
  const { bridge } = useStores();
  const mailbox = useMailboxName(message.mailbox);
  const { id, heard } = message;
  const who = message.caller.name || message.caller.number || t('live.withheld');
  const when = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  const what = { who, when: when.format(message.startedAtMs) };
  const playing = player.id === id;
  const run = (work: () => Promise<unknown>) =>
    void work().catch((error: unknown) => notifyFailure(error, t('voicemail.failed')));
  const actions = [
    {
      label: t(playing ? 'voicemail.stop' : 'voicemail.play', what),
      icon: playing ? Square : Play,
      run: async () => {
        if (playing) return player.stop();
        await player.play(id);
        if (!heard) await bridge.call('voicemail.markHeard', { id, heard: true });
      },
    },
    {
      label: t(heard ? 'voicemail.markNew' : 'voicemail.markHeard', what),
      icon: heard ? Mail : MailOpen,
      run: () => bridge.call('voicemail.markHeard', { id, heard: !heard }),
    },
    {
      label: t('voicemail.download', what),
      icon: Download,
      run: async () => {
        const { wavBase64 } = await bridge.call('voicemail.audio', { id });
        const link = document.createElement('a');
        link.href = `data:audio/wav;base64,${wavBase64}`;
        link.download = `${new Date(message.startedAtMs).toISOString().slice(0, 16).replace(/[:T]/g, '-')} ${who}.wav`;
        link.click();
      },
    },
    {
      label: t('voicemail.remove', what),
      icon: Trash2,
      run: async () => {
        if (playing) player.stop();
        await bridge.call('voicemail.remove', { id });
      },
    },
  ];
  return (
    <li className={classes.message} data-new={heard ? undefined : true}>
      <span className={classes.who}>
        <strong>{who}</strong>
        <small>
          {message.caller.name && message.caller.number ? `${message.caller.number} · ` : ''}
          {mailbox} · {what.when} · {seconds(message.durationMs)}
          {heard ? '' : ` · ${t('voicemail.new')}`}
        </small>
      </span>
      {actions.map(({ label, icon: Icon, run: act }) => (
        <Tooltip key={label} label={label}>
          <ActionIcon aria-label={label} onClick={() => run(async () => act())}>
            <Icon size={16} />
          </ActionIcon>
        </Tooltip>
      ))}
    </li>
  );
}

interface Player {
  /** The message that is heard now. */
  readonly id: string | null;
  play(id: string): Promise<void>;
  stop(): void;
}

/** Plays one message at a time; it stops when the list goes away. */
function usePlayer(): Player {
  const { bridge } = useStores();
  const [id, setId] = useState<string | null>(null);
  const audio = useRef<HTMLAudioElement | null>(null);

  function stop(): void {
    audio.current?.pause();
    audio.current = null;
    setId(null);
  }

  useEffect(() => () => audio.current?.pause(), []);

  return {
    id,
    stop,
    play: async (wanted) => {
      stop();
      const { wavBase64 } = await bridge.call('voicemail.audio', { id: wanted });
      const element = new Audio(`data:audio/wav;base64,${wavBase64}`);
      audio.current = element;
      element.addEventListener('ended', () => audio.current === element && stop());
      setId(wanted);
      try {
        await element.play();
      } catch (error) {
        stop();
        throw error;
      }
    },
  };
}

/** Whose voicemail it is. */
export function useMailboxName(mailbox: Mailbox): string {
  const { t } = useTranslation();
  const people = useProject((project) => project.people);
  const queues = useProject((project) => project.queues);
  if (mailbox.kind === 'person') return people[mailbox.personId]?.name ?? t('summary.unknownPerson');
  if (mailbox.kind === 'queue') return queues[mailbox.queueId]?.name ?? t('summary.unknownQueue');
  return t('voicemail.general');
}

function seconds(durationMs: number): string {
  const whole = Math.max(1, Math.round(durationMs / 1000));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
