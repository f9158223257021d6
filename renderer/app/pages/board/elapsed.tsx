import { createContext, type ReactNode, useContext } from 'react';
import { formatDuration, useSeconds } from '../../../phone/use-seconds.ts';

const Now = createContext(0);

/** One clock for every time on the board: a second redraws the times and nothing else. */
export function BoardClock({ children }: { readonly children: ReactNode }) {
  return <Now.Provider value={useSeconds(true)}>{children}</Now.Provider>;
}

interface ElapsedProps {
  readonly sinceMs: number;
  /** From here on it is too long. */
  readonly limitMs?: number;
}

/** How long something has lasted. */
export function Elapsed({ sinceMs, limitMs = Number.POSITIVE_INFINITY }: ElapsedProps) {
  const lastsMs = Math.max(0, useContext(Now) - sinceMs);
  return <time data-late={lastsMs >= limitMs || undefined}>{formatDuration(lastsMs)}</time>;
}
