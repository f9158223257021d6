import { useEffect, useRef, useState } from 'react';
import { useStores } from '../../../store/react.tsx';
import { notifyFailure } from '../../../ui/notify.ts';
import { recordingSound } from './recording-sound.ts';

export interface RecordingPlayer {
  readonly isPlaying: boolean;
  readonly isLoading: boolean;
  readonly positionMs: number;
  toggle(): void;
  seek(positionMs: number): void;
  stop(): void;
}

/** Plays one recording; its sound is asked for when it is first wanted, and let go with the page. */
export function useRecordingPlayer(id: string, failed: string): RecordingPlayer {
  const { bridge } = useStores();
  const audio = useRef<HTMLAudioElement | null>(null);
  const url = useRef<string | null>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [isLoading, setLoading] = useState(false);
  const [positionMs, setPosition] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the sound is that of one recording
  useEffect(
    () => () => {
      audio.current?.pause();
      audio.current = null;
      if (url.current !== null) URL.revokeObjectURL(url.current);
      url.current = null;
    },
    [id],
  );

  async function load(): Promise<HTMLAudioElement> {
    if (audio.current) return audio.current;
    const element = new Audio();
    url.current = URL.createObjectURL(await recordingSound(bridge, id));
    element.src = url.current;
    element.addEventListener('timeupdate', () => setPosition(element.currentTime * 1000));
    element.addEventListener('play', () => setPlaying(true));
    element.addEventListener('pause', () => setPlaying(false));
    element.addEventListener('ended', () => setPlaying(false));
    audio.current = element;
    element.currentTime = positionMs / 1000;
    return element;
  }

  async function play(): Promise<void> {
    setLoading(true);
    try {
      const element = await load();
      await element.play();
    } catch (error) {
      notifyFailure(error, failed);
    }
    setLoading(false);
  }

  return {
    isPlaying,
    isLoading,
    positionMs,
    toggle: () => (isPlaying ? audio.current?.pause() : void play()),
    seek: (wanted) => {
      setPosition(wanted);
      if (audio.current) audio.current.currentTime = wanted / 1000;
    },
    stop: () => audio.current?.pause(),
  };
}
