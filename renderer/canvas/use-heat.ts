import { useEffect, useState } from 'react';
import type { FlowId } from '../../shared/flow/ids.ts';
import { useStores, useUi } from '../store/react.tsx';
import { notifyFailure } from '../ui/notify.ts';
import { type Heat, heatOf, NO_HEAT } from './heat.ts';

const DAYS_MS = 30 * 86_400_000;
/** A busy hour must not draw the canvas anew with every call. */
const REFRESH_MS = 2000;

/** The calls of the last 30 days in a flow, while they are wanted; kept up to date. */
export function useHeat(flowId: FlowId): Heat {
  const { bridge, clock } = useStores();
  const isWanted = useUi((state) => state.heat);
  const [heat, setHeat] = useState<Heat>(NO_HEAT);

  useEffect(() => {
    if (!isWanted) return;
    let isOver = false;
    let cancel: (() => void) | undefined;
    const ask = () => {
      cancel = undefined;
      bridge.call('callLog.counts', { flowId, sinceMs: clock.wallMs() - DAYS_MS }).then(
        (counts) => isOver || setHeat(heatOf(counts)),
        (error: unknown) => isOver || notifyFailure(error),
      );
    };
    ask();
    const unsubscribe = bridge.on('callLog.changed', () => {
      cancel ??= clock.after(REFRESH_MS, ask);
    });
    return () => {
      isOver = true;
      unsubscribe();
      cancel?.();
      setHeat(NO_HEAT);
    };
  }, [bridge, clock, flowId, isWanted]);

  return heat;
}
