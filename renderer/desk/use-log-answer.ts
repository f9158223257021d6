import { useEffect, useState } from 'react';
import { useStores } from '../store/react.tsx';

/** The log changes twice a second while calls go on; nobody reads figures that fast. */
const REFRESH_MS = 1000;

/** What the log of calls answers, asked again when it has changed; null until then, and while it cannot be read. */
export function useLogAnswer<Answer>(ask: () => Promise<Answer>): Answer | null {
  const { bridge, clock } = useStores();
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => {
    let isWanted = true;
    let cancel: (() => void) | undefined;
    const refresh = () => {
      cancel = undefined;
      ask().then(
        (found) => isWanted && setAnswer(found),
        () => undefined,
      );
    };
    refresh();
    const stop = bridge.on('callLog.changed', () => {
      cancel ??= clock.after(REFRESH_MS, refresh);
    });
    return () => {
      isWanted = false;
      cancel?.();
      stop();
    };
  }, [bridge, clock, ask]);
  return answer;
}

/** The first moment of the day, where the window is. */
export function dayStart(nowMs: number): number {
  return new Date(nowMs).setHours(0, 0, 0, 0);
}
