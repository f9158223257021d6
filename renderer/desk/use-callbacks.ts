import { useEffect, useState } from 'react';
import type { Callback } from '../../shared/bridge/callbacks.ts';
import { useStores } from '../store/react.tsx';

/** Callers who wait to be called back, as the list is now; empty until it is there. */
export function useCallbacks(): readonly Callback[] {
  const { bridge } = useStores();
  const [callbacks, setCallbacks] = useState<readonly Callback[]>([]);
  useEffect(() => {
    let told = false;
    const stop = bridge.on('callbacks.changed', (list) => {
      told = true;
      setCallbacks(list);
    });
    bridge.call('callbacks.list', {}).then(
      // What was told meanwhile is newer.
      (list) => told || setCallbacks(list),
      () => undefined,
    );
    return () => {
      told = true;
      stop();
    };
  }, [bridge]);
  return callbacks;
}
