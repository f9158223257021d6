import { useEffect, useState } from 'react';
import { useStores } from '../store/react.tsx';

/** Wall-clock ms, renewed every second while `running`. */
export function useSeconds(running: boolean): number {
  const { clock } = useStores();
  const [nowMs, setNowMs] = useState(() => clock.wallMs());
  useEffect(() => {
    if (!running) return;
    let cancel = () => {};
    const tick = () => {
      setNowMs(clock.wallMs());
      cancel = clock.after(1000, tick);
    };
    tick();
    return () => cancel();
  }, [clock, running]);
  return nowMs;
}

/** `3:07`, or `1:02:09` from an hour on. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  const part = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${part(minutes)}:${part(seconds % 60)}` : `${minutes}:${part(seconds % 60)}`;
}
