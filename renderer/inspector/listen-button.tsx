import { Button } from '@mantine/core';
import { Square, Volume2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PromptTable } from '../../shared/engine/lower/prompts.ts';
import type { SpeechUse } from '../../shared/flow/speech.ts';
import { useStores } from '../store/react.tsx';
import { notifyFailure } from '../ui/notify.ts';

/** Renders speech and plays it as a caller will hear it (LW3); a second click stops. `name`: which, where there are many. */
export function ListenButton({ use, name }: { use: SpeechUse; name?: string }) {
  const { t } = useTranslation();
  const { bridge, project } = useStores();
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
    const prompts = new PromptTable(project.state.getState().project);
    const source = prompts.prompts[prompts.keyOf(use, () => {})];
    if (!source) return;
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
      notifyFailure(error, t('speech.cannotPlay'));
    }
  }

  const label = (what: 'listen' | 'stop') => (name === undefined ? undefined : `${t(`speech.${what}`)}: ${name}`);
  return state === 'playing' ? (
    <Button variant="light" leftSection={<Square size={14} aria-hidden />} aria-label={label('stop')} onClick={stop}>
      {t('speech.stop')}
    </Button>
  ) : (
    <Button
      variant="default"
      aria-label={label('listen')}
      leftSection={<Volume2 size={14} aria-hidden />}
      loading={state === 'rendering'}
      disabled={use.kind === 'text' && use.text.trim() === ''}
      onClick={() => void listen()}
    >
      {t('speech.listen')}
    </Button>
  );
}
