import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Square, Volume2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SpeechSource } from '../../shared/flow/speech.ts';
import { toErrorDetail } from '../../shared/lib/errors.ts';
import { useStores } from '../store/react.tsx';

/** Renders speech and plays it as a caller will hear it; a second click stops. */
export function ListenButton({ source, disabled }: { source: SpeechSource; disabled: boolean }) {
  const { t } = useTranslation();
  const { bridge } = useStores();
  const [state, setState] = useState<'idle' | 'rendering' | 'playing'>('idle');
  const player = useRef<HTMLAudioElement | null>(null);
  /** Counts clicks: an answer to an earlier one comes too late. */
  const turn = useRef(0);

  function stop(): void {
    turn.current++;
    player.current?.pause();
    player.current = null;
    setState('idle');
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: what plays is stopped once, when the form goes away
  useEffect(() => stop, []);

  async function listen(): Promise<void> {
    const mine = ++turn.current;
    const isLate = () => mine !== turn.current;
    setState('rendering');
    try {
      const { wavBase64 } = await bridge.call('speech.render', { source });
      if (isLate()) return;
      const audio = new Audio(`data:audio/wav;base64,${wavBase64}`);
      player.current = audio;
      audio.addEventListener('ended', () => isLate() || setState('idle'));
      await audio.play();
      if (!isLate()) setState('playing');
    } catch (error) {
      if (isLate()) return;
      setState('idle');
      notifications.show({ color: 'red', title: t('speech.cannotPlay'), message: toErrorDetail(error).message });
    }
  }

  return state === 'playing' ? (
    <Button variant="light" leftSection={<Square size={14} aria-hidden />} onClick={stop}>
      {t('speech.stop')}
    </Button>
  ) : (
    <Button
      variant="default"
      leftSection={<Volume2 size={14} aria-hidden />}
      loading={state === 'rendering'}
      disabled={disabled}
      onClick={() => void listen()}
    >
      {t('speech.listen')}
    </Button>
  );
}
