import { Button } from '@mantine/core';
import { Square, Volume2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStores } from '../../../store/react.tsx';
import { notifyFailure } from '../../../ui/notify.ts';

interface PartPlayerProps {
  readonly sha256: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Plays a part of a recording; another click stops it. */
export function PartPlayer({ sha256, fromMs, toMs }: PartPlayerProps) {
  const { t } = useTranslation();
  const { bridge } = useStores();
  const [isPlaying, setIsPlaying] = useState(false);
  const player = useRef<HTMLAudioElement | null>(null);

  function stop(): void {
    player.current?.pause();
    player.current = null;
    setIsPlaying(false);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: what plays is stopped once, when the dialog goes away
  useEffect(() => stop, []);

  async function play(): Promise<void> {
    try {
      const { base64, type } = await bridge.call('media.audio', { sha256 });
      const audio = new Audio(`data:${type};base64,${base64}`);
      player.current = audio;
      audio.currentTime = fromMs / 1000;
      audio.addEventListener('timeupdate', () => {
        if (audio.currentTime * 1000 >= toMs && player.current === audio) stop();
      });
      audio.addEventListener('ended', () => player.current === audio && stop());
      setIsPlaying(true);
      await audio.play();
    } catch (error) {
      stop();
      notifyFailure(error, t('speech.cannotPlay'));
    }
  }

  return (
    <Button
      variant="default"
      leftSection={isPlaying ? <Square size={14} aria-hidden /> : <Volume2 size={14} aria-hidden />}
      onClick={() => (isPlaying ? stop() : void play())}
    >
      {t(isPlaying ? 'speech.stop' : 'prompts.trimListen')}
    </Button>
  );
}
