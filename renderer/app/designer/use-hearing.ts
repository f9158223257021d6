import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStores } from '../../store/react.tsx';
import type { SimulatorState } from '../../store/simulator-store.ts';
import { notifyFailure } from '../../ui/notify.ts';

/** Plays what is being said, one prompt after the other; silent as soon as something else is said, or nothing. */
export function useHearing(saying: SimulatorState['saying']): void {
  const { bridge } = useStores();
  const { t } = useTranslation();
  useEffect(() => {
    if (!saying) return;
    let over = false;
    let playing: HTMLAudioElement | null = null;
    const playAll = async () => {
      for (const source of saying.sources) {
        const { wavBase64 } = await bridge.call('speech.render', { source });
        if (over) return;
        const audio = new Audio(`data:audio/wav;base64,${wavBase64}`);
        playing = audio;
        const ended = new Promise((resolve) => audio.addEventListener('ended', resolve, { once: true }));
        await audio.play();
        await ended;
        if (over) return;
      }
    };
    playAll().catch((error: unknown) => over || notifyFailure(error, t('speech.cannotPlay')));
    return () => {
      over = true;
      playing?.pause();
    };
  }, [saying, bridge, t]);
}
