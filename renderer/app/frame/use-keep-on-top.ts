import { useEffect, useState } from 'react';
import { useStores, useUi } from '../../store/react.tsx';
import { notifyFailure } from '../../ui/notify.ts';

/** Whether this window can be kept above others: only where it is a window of ours, not a page of a browser. */
export function useCanKeepOnTop(): boolean {
  const { bridge } = useStores();
  const [can, setCan] = useState(false);
  useEffect(() => {
    let isOver = false;
    void bridge.call('app.info', {}).then(
      ({ host }) => isOver || setCan(host === 'electron'),
      () => {},
    );
    return () => {
      isOver = true;
    };
  }, [bridge]);
  return can;
}

/** Keeps this window above others as long as that is wished; the wish outlives the window. */
export function useKeepOnTop(): void {
  const { bridge } = useStores();
  const can = useCanKeepOnTop();
  const onTop = useUi((state) => state.onTop);
  useEffect(() => {
    if (can) void bridge.call('window.keepOnTop', { onTop }).catch(notifyFailure);
  }, [bridge, can, onTop]);
}
