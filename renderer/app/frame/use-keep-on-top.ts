import { useEffect } from 'react';
import { useStores, useUi } from '../../store/react.tsx';
import { useHasDesktop } from '../../store/use-has-desktop.ts';
import { notifyFailure } from '../../ui/notify.ts';

/** Keeps this window above others as long as that is wished; the wish outlives the window. */
export function useKeepOnTop(): void {
  const { bridge } = useStores();
  const can = useHasDesktop();
  const onTop = useUi((state) => state.onTop);
  useEffect(() => {
    if (can) void bridge.call('window.keepOnTop', { onTop }).catch(notifyFailure);
  }, [bridge, can, onTop]);
}
